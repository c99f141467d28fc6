package io.github.cameldaraja.simulator.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which call is to meet which fate, by path.
 */
public final class AnswerFates {

    private final Set<String> paths = new TreeSet<>();
    private final Map<String, Deque<AnswerFate>> queues = new HashMap<>();

    /** Says that calls of this path follow the fates. */
    public synchronized void know(String path) {
        paths.add(path);
    }

    /** For the next call of that path; throws {@link IllegalArgumentException} for a path that nobody knows. */
    public synchronized void next(String path, AnswerFate fate) {
        if (!paths.contains(path)) {
            throw new IllegalArgumentException("no scripts for " + path + "; known are " + String.join(", ", paths));
        }
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

    /** Forgets all but the paths. */
    public synchronized void reset() {
        queues.clear();
    }

    private Deque<AnswerFate> queue(String path) {
        return queues.computeIfAbsent(path, any -> new ArrayDeque<>());
    }
}
