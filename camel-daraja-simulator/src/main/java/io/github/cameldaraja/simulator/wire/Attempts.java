package io.github.cameldaraja.simulator.wire;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Counts attempts, and asks a plan what is to become of each.
 *
 * @param <W> who makes them, or whom they are about
 * @param <F> what becomes of them
 */
public final class Attempts<W, F> {

    private final BiFunction<W, Integer, F> plan;
    private final Map<W, Integer> counts = new HashMap<>();

    /** Asks this plan, which answers null for nothing special. */
    public Attempts(BiFunction<W, Integer, F> plan) {
        this.plan = plan;
    }

    /** The fate that the next attempt would have; null for nothing special. */
    public F peek(W who) {
        int attempt;
        synchronized (this) {
            attempt = counts.getOrDefault(who, 0);
        }
        return plan.apply(who, attempt);
    }

    /** Counts an attempt. */
    public synchronized void take(W who) {
        counts.merge(who, 1, Integer::sum);
    }

    /** Counts an attempt, and tells its fate; null for nothing special. */
    public F next(W who) {
        int attempt;
        synchronized (this) {
            attempt = counts.merge(who, 1, Integer::sum) - 1;
        }
        return plan.apply(who, attempt);
    }

    /** Begins to count anew. */
    public synchronized void reset() {
        counts.clear();
    }
}
