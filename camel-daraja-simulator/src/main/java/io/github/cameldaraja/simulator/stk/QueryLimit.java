package io.github.cameldaraja.simulator.stk;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Five calls a minute, evenly spread.
 */
final class QueryLimit {

    private static final Duration GAP = Duration.ofSeconds(12);

    private final boolean on;
    private final Clock clock;
    private Instant last;

    QueryLimit(boolean on, Clock clock) {
        this.on = on;
        this.clock = clock;
    }

    synchronized boolean allows() {
        Instant now = clock.instant();
        if (on && last != null && now.isBefore(last.plus(GAP))) {
            return false;
        }
        last = now;
        return true;
    }

    synchronized void reset() {
        last = null;
    }
}
