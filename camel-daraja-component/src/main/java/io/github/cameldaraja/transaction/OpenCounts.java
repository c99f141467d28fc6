package io.github.cameldaraja.transaction;

import io.github.cameldaraja.api.PaymentStatus;
import java.time.Instant;

/**
 * How it stands with payments that are not over.
 *
 * @param unsettled of which the outcome may still come by itself
 * @param undecided that only a person can decide about: {@code UNRESOLVED}, or disputed
 * @param held      that a second person must approve
 * @param oldest    when the oldest unsettled one was stored, or null
 */
public record OpenCounts(int unsettled, int undecided, int held, Instant oldest) {

    public static final OpenCounts NONE = new OpenCounts(0, 0, 0, null);

    /** The same with so many more of that state, none of which is over. */
    public OpenCounts with(PaymentStatus status, boolean disputed, int more, Instant since) {
        if (disputed || status == PaymentStatus.UNRESOLVED) {
            return new OpenCounts(unsettled, undecided + more, held, oldest);
        }
        return status == PaymentStatus.HELD ? new OpenCounts(unsettled, undecided, held + more, oldest)
                : new OpenCounts(unsettled + more, undecided, held, oldest == null || since.isBefore(oldest) ? since : oldest);
    }
}
