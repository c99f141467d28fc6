package io.github.cameldaraja.simulator.wire;

import java.util.Map;
import java.util.TreeMap;

/**
 * Counts by name since the start or the last reset.
 */
public final class Tally {

    private final Map<String, Integer> counts = new TreeMap<>();

    /** One more. */
    public synchronized void increment(String name) {
        counts.merge(name, 1, Integer::sum);
    }

    /** 0 for names never seen. */
    public synchronized int count(String name) {
        return counts.getOrDefault(name, 0);
    }

    /** All counts, by name. */
    public synchronized Map<String, Integer> all() {
        return new TreeMap<>(counts);
    }

    /** Back to zero. */
    public synchronized void reset() {
        counts.clear();
    }
}
