package io.github.cameldaraja.crash;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that several processes share without talking to each other: from a moment on it runs so many times as fast. */
final class FastClock extends Clock {

    private final Instant from;
    private final int speed;

    FastClock(Instant from, int speed) {
        this.from = from;
        this.speed = speed;
    }

    @Override
    public Instant instant() {
        return from.plus(Duration.between(from, Instant.now()).multipliedBy(speed));
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
