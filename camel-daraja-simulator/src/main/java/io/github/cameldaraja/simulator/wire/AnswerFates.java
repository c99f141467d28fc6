package io.github.cameldaraja.simulator.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Which call is to meet which fate, by path.
 */
public final class AnswerFates {

    private final Map<String, Deque<AnswerFate>> queues = new HashMap<>();

    /** For the next call of that path. */
    public synchronized void next(String path, AnswerFate fate) {
        queue(path).add(Objects.requireNonNull(fate));
    }

    /** The fate of a call that is being made now. */
    public synchronized AnswerFate take(String path) {
        AnswerFate fate = queue(path).poll();
        return fate == null ? AnswerFate.USUAL : fate;
    }

    /** Puts a fate before all others of its path. */
    public synchronized void putBack(String path, AnswerFate fate) {
        if (fate != AnswerFate.USUAL) {
            queue(path).addFirst(fate);
        }
    }

    /** Forgets all. */
    public synchronized void reset() {
        queues.clear();
    }

    private Deque<AnswerFate> queue(String path) {
        return queues.computeIfAbsent(path, any -> new ArrayDeque<>());
    }
}
