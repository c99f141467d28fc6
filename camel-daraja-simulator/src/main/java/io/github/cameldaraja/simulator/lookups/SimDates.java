package io.github.cameldaraja.simulator.lookups;

import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import io.github.cameldaraja.simulator.wire.Times;

/**
 * Tells when SIMs were changed and numbers registered.
 */
final class SimDates {

    private static final int MONTHS = 3;
    private static final LocalDateTime NEVER = LocalDateTime.of(1900, 1, 1, 0, 0);

    private final Clock clock;

    SimDates(Clock clock) {
        this.clock = clock;
    }

    /** The last change, or 1900 if it is more than three months ago. */
    String swapped(Subscriber subscriber, String pattern) {
        ZonedDateTime when = subscriber.swapped() == null ? null : subscriber.swapped().atZone(Times.NAIROBI);
        LocalDateTime told = when == null || when.isBefore(now().minusMonths(MONTHS)) ? NEVER : when.toLocalDateTime();
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(told);
    }

    /** The registration, or a text if it is more than a year ago. */
    String registered(Subscriber subscriber, String pattern) {
        ZonedDateTime when = subscriber.registered() == null ? null : subscriber.registered().atZone(Times.NAIROBI);
        return when == null || when.isBefore(now().minusYears(1))
                ? "more than one year"
                : DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(when);
    }

    private ZonedDateTime now() {
        return clock.instant().atZone(Times.NAIROBI);
    }
}
