package io.github.cameldaraja.examples.reconciliation;

import io.github.cameldaraja.api.NairobiTime;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * What is compared: a day in Nairobi, or as much of it as is over.
 *
 * @param from  midnight
 * @param until the midnight after it or, of today, a moment ago; not included
 * @param hours of the statement: those of the day, and some around it, in which the same payments may stand by another clock
 */
public record Period(LocalDate day, Instant from, Instant until, List<StatementPage> hours) {

    /** How far two clocks may be apart: as far as Nairobi's and a UTC that somebody took for it. */
    static final Duration MARGIN = Duration.ofHours(3);
    private static final Duration PAGE = Duration.ofHours(1);
    private static final Duration WINDOW = Duration.ofHours(48);
    // while it is being read, time goes on
    private static final Duration READING = Duration.ofMinutes(5);

    /**
     * The day that somebody means.
     *
     * @param text {@code yesterday}, {@code today} or a date
     * @param lag  how long M-Pesa and callbacks may need
     * @throws IllegalArgumentException if it is none, has not begun, or if M-Pesa's statement does not reach back to it
     */
    static Period of(String text, Instant now, Duration lag) {
        LocalDate today = now.atZone(NairobiTime.ZONE).toLocalDate();
        LocalDate day = switch (text.trim()) {
            case "yesterday" -> today.minusDays(1);
            case "today" -> today;
            default -> date(text.trim());
        };
        Instant from = midnight(day);
        Instant end = midnight(day.plusDays(1));
        Instant over = now.minus(lag).truncatedTo(ChronoUnit.SECONDS);
        Instant until = over.isBefore(end) ? over : end;
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException("day: " + day + " must have begun more than " + lag.toMinutes() + " minutes ago;"
                    + " name an earlier one");
        }
        Instant oldest = now.minus(WINDOW).plus(READING);
        if (from.isBefore(oldest)) {
            throw new IllegalArgumentException("day: " + day + " must not have begun more than 48 hours ago, for M-Pesa's Pull API"
                    + " does not look further back; compare the statement of its portal");
        }
        return new Period(day, from, until, hours(from, end, now, oldest));
    }

    /** Whether it is a whole day. */
    boolean isWhole() {
        return until.equals(midnight(day.plusDays(1)));
    }

    boolean contains(Instant moment) {
        return !moment.isBefore(from) && moment.isBefore(until);
    }

    private static List<StatementPage> hours(Instant from, Instant end, Instant now, Instant oldest) {
        List<StatementPage> hours = new ArrayList<>();
        for (Instant hour = from.minus(MARGIN); hour.isBefore(end.plus(MARGIN)) && hour.isBefore(now); hour = hour.plus(PAGE)) {
            if (!hour.isBefore(oldest)) {
                hours.add(StatementPage.first(hour, hour.plus(PAGE)));
            }
        }
        return List.copyOf(hours);
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("day: '" + text + "' must be a date; write it as 2026-11-20, today or yesterday", e);
        }
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(NairobiTime.ZONE).toInstant();
    }
}
