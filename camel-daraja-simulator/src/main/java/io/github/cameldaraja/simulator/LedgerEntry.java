package io.github.cameldaraja.simulator;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * One movement of money from a customer to the merchant.
 *
 * @param receipt           the M-Pesa receipt number
 * @param at                when the money moved, on the simulator's clock
 * @param payerPhone        who paid, 254…
 * @param shortCode         BusinessShortCode of the push
 * @param partyB            who was credited: pay bill or till
 * @param amount            shillings
 * @param accountReference  AccountReference of the push
 * @param checkoutRequestId the push that asked for it
 * @param merchantRequestId the other id of that push
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
