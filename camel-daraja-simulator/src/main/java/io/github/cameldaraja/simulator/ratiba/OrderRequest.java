package io.github.cameldaraja.simulator.ratiba;

import java.time.LocalDate;

/**
 * A well-formed request for a standing order.
 *
 * @param till      whether the wording is that of tills
 * @param receiver  identifier type of the receiver: 2 till, 4 pay bill
 * @param reference empty for a till
 * @param frequency 1 to 8
 */
record OrderRequest(
        String name,
        LocalDate start,
        LocalDate end,
        String shortCode,
        boolean till,
        String receiver,
        long amount,
        String phone,
        String callbackUrl,
        String reference,
        int frequency) {
}
