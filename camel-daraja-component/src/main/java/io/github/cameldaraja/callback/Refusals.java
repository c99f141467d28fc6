package io.github.cameldaraja.callback;

import io.github.cameldaraja.api.AlertKind;
import io.github.cameldaraja.transaction.Alarms;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Counts the requests that were turned away: a few are the internet's usual noise, many are somebody's intention or our mistake. */
public final class Refusals {

    static final int MOST = 100;
    static final Duration WINDOW = Duration.ofMinutes(5);

    private final Clock clock;
    private final Alarms alarms;
    // since the epoch
    private long window = -1;
    private int count;

    public Refusals(Clock clock, Alarms alarms) {
        this.clock = clock;
        this.alarms = alarms;
    }

    void count(String why) {
        Instant now = clock.instant();
        long present = now.getEpochSecond() / WINDOW.toSeconds();
        if (isOneTooMany(present)) {
            alarms.raise(AlertKind.REFUSED_CALLBACKS, (String) null, "more than " + MOST + " requests to the callback port were refused within "
                    + WINDOW.toMinutes() + " minutes, the last one because " + why + "; somebody tries URLs, or a secret, an account's name"
                    + " or a proxy has changed", Map.of("refused", MOST + 1, "lastBecause", why), present);
        }
    }

    private synchronized boolean isOneTooMany(long present) {
        if (present != window) {
            window = present;
            count = 0;
        }
        return ++count == MOST + 1;
    }
}
