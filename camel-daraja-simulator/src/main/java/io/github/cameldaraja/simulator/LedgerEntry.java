package io.github.cameldaraja.simulator;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * One movement of money from a customer to an organisation.
 *
 * @param receipt           the M-Pesa receipt number
 * @param at                when the money moved, on the simulator's clock
 * @param payerPhone        who paid, 254…
 * @param shortCode         the organisation as it was asked for; of a push its BusinessShortCode
 * @param partyB            who was credited: pay bill or till
 * @param amount            shillings
 * @param accountReference  what the payment is for
 * @param checkoutRequestId the push that asked for it; null if none did
 * @param merchantRequestId the other id of that push; null if there is none
 */
public record LedgerEntry(
        String receipt,
        Instant at,
        String payerPhone,
        String shortCode,
        String partyB,
        BigDecimal amount,
        String accountReference,
        String checkoutRequestId,
        String merchantRequestId) {
}
