package io.github.cameldaraja.simulator.stk;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which push is to have which fate.
 */
public final class Fates {

    private final Fate usual;
    private final Function<String, Optional<Fate>> testNumbers;
    private final Deque<Fate> next = new ArrayDeque<>();
    private final Map<String, Deque<Fate>> once = new HashMap<>();
    private final Map<String, Fate> lasting = new HashMap<>();

    public Fates(Fate usual, Function<String, Optional<Fate>> testNumbers) {
        this.usual = usual;
        this.testNumbers = testNumbers;
    }

    /** For the next push that comes in. */
    public synchronized void next(Fate fate) {
        next.add(Objects.requireNonNull(fate));
    }

    /** For all pushes to this phone. */
    public synchronized void forPhone(String phone, Fate fate) {
        lasting.put(phone, Objects.requireNonNull(fate));
    }

    /** For the next push to this phone. */
    public synchronized void forPhoneOnce(String phone, Fate fate) {
        once.computeIfAbsent(phone, any -> new ArrayDeque<>()).add(Objects.requireNonNull(fate));
    }

    /** The fate that a push to this phone would have now. */
    synchronized Fate peek(String phone) {
        Deque<Fate> queued = once.get(phone);
        if (queued != null && !queued.isEmpty()) {
            return queued.peek();
        }
        if (!next.isEmpty()) {
            return next.peek();
        }
        Fate fate = lasting.get(phone);
        return fate == null ? testNumbers.apply(phone).orElse(usual) : fate;
    }

    /** Uses up the fate that {@link #peek} showed. */
    synchronized void take(String phone) {
        Deque<Fate> queued = once.get(phone);
        if (queued != null && !queued.isEmpty()) {
            queued.poll();
        } else {
            next.poll();
        }
    }

    /** Puts a fate before all others of that phone. */
    synchronized void putBack(String phone, Fate fate) {
        once.computeIfAbsent(phone, any -> new ArrayDeque<>()).addFirst(fate);
    }

    synchronized void reset() {
        next.clear();
        once.clear();
        lasting.clear();
    }
}
