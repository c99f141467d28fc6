package io.github.cameldaraja.simulator.pull;

import java.util.EnumSet;
import java.util.Set;

import io.github.cameldaraja.simulator.PullOddity;

/**
 * Which oddities are switched on.
 */
public final class Oddities {

    private final Set<PullOddity> on = EnumSet.noneOf(PullOddity.class);

    public synchronized void set(PullOddity oddity, boolean active) {
        if (active) {
            on.add(oddity);
        } else {
            on.remove(oddity);
        }
    }

    synchronized boolean has(PullOddity oddity) {
        return on.contains(oddity);
    }

    synchronized void reset() {
        on.clear();
    }
}
