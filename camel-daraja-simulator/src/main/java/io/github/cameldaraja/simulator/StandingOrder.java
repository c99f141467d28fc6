package io.github.cameldaraja.simulator;

import java.time.LocalDate;
import java.util.List;

/**
 * A standing order as it stands at the moment of asking.
 *
 * @param id        the responseRefID of the acknowledgement
 * @param shortCode the receiver as it was asked for
 * @param amount    whole shillings, each time
 * @param frequency 1 once, 2 daily, 3 weekly, 4 monthly, 5 two-monthly, 6 quarterly, 7 half-yearly, 8 yearly
 * @param code      result code; null while the customer thinks
 * @param receipts  the payments made so far
 * @param missed    how often the customer could not pay
 */
public record StandingOrder(
        String id,
        String name,
        String phone,
        String shortCode,
        long amount,
        String reference,
        int frequency,
        LocalDate start,
        LocalDate end,
        Status status,
        String code,
        List<String> receipts,
        int missed) {

    /** The stages of its life. */
    public enum Status {
        /** The customer has not decided yet. */
        PENDING,
        /** Agreed; pays when due. */
        ACTIVE,
        /** Never came about. */
        FAILED,
        /** Its last day is over. */
        ENDED,
        /** The customer has cancelled it. */
        CANCELLED
    }
}
