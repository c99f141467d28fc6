package io.github.cameldaraja.simulator.ratiba;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;

import io.github.cameldaraja.simulator.wire.Times;

/**
 * When a standing order is due: the n-th time counted from its first day, at six in the morning.
 */
final class Schedule {

    private static final LocalTime HOUR = LocalTime.of(6, 0);

    private final LocalDate start;
    private final LocalDate end;
    private final int frequency;

    Schedule(LocalDate start, LocalDate end, int frequency) {
        this.start = start;
        this.end = end;
        this.frequency = frequency;
    }

    /** The n-th due time, counted from 0; empty after the last one. */
    Optional<Instant> due(int n) {
        if (n > 0 && frequency == 1) {
            return Optional.empty();
        }
        LocalDate day = switch (frequency) {
            case 2 -> start.plusDays(n);
            case 3 -> start.plusWeeks(n);
            case 4 -> start.plusMonths(n);
            case 5 -> start.plusMonths(2L * n);
            case 6 -> start.plusMonths(3L * n);
            case 7 -> start.plusMonths(6L * n);
            case 8 -> start.plusYears(n);
            default -> start;
        };
        return day.isAfter(end) ? Optional.empty() : Optional.of(day.atTime(HOUR).atZone(Times.NAIROBI).toInstant());
    }
}
