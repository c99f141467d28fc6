package io.github.cameldaraja.simulator.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;

/**
 * Faults that wait for the calls they are to meet.
 */
public final class FaultQueue<T> {

    private final Deque<T> faults = new ArrayDeque<>();

    /** Queues one. */
    public synchronized void add(T fault) {
        faults.add(Objects.requireNonNull(fault));
    }

    /** The next one, or null. */
    public synchronized T take() {
        return faults.poll();
    }

    /** Forgets all. */
    public synchronized void reset() {
        faults.clear();
    }
}
