package io.github.cameldaraja.simulator.express;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Which prompt is to have which fate.
 */
public final class ExpressFates {

    private final Deque<ExpressFate> next = new ArrayDeque<>();
    private final Map<String, ExpressFate> lasting = new HashMap<>();

    /** For the next prompt. */
    public synchronized void next(ExpressFate fate) {
        next.add(Objects.requireNonNull(fate));
    }

    /** For all prompts of this till. */
    public synchronized void forTill(String till, ExpressFate fate) {
        lasting.put(till, Objects.requireNonNull(fate));
    }

    synchronized ExpressFate take(String till) {
        ExpressFate fate = next.poll();
        return fate == null ? lasting.getOrDefault(till, ExpressFate.USUAL) : fate;
    }

    synchronized void reset() {
        next.clear();
        lasting.clear();
    }
}
