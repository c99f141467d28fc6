package io.github.cameldaraja.examples.subscription;

import io.github.cameldaraja.api.NairobiTime;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * The days that payments pay for: each a month from its date, or from the end of the month before while that still runs.
 * It follows from the payments alone, so that no message can prolong a plan twice.
 *
 * @param start  the first day of the months without a gap; they are counted from here, or the 31st would become the 28th for ever
 * @param months how many are paid
 */
public record PaidDays(LocalDate start, int months) {

    /** Null if nothing was ever paid. */
    public static PaidDays of(List<OffsetDateTime> payments) {
        PaidDays days = null;
        for (OffsetDateTime payment : payments) {
            LocalDate day = payment.atZoneSameInstant(NairobiTime.ZONE).toLocalDate();
            days = days == null || day.isAfter(days.last()) ? new PaidDays(day, 1) : new PaidDays(days.start, days.months + 1);
        }
        return days;
    }

    /** The last day: 20 December for what was paid on 20 November. */
    public LocalDate last() {
        return start.plusMonths(months);
    }

    public boolean include(LocalDate day) {
        return !day.isAfter(last());
    }
}
