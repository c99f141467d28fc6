package io.github.cameldaraja.simulator;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * One movement of money that an organisation has asked for: to a customer, to another organisation or back.
 *
 * @param receipt                  the M-Pesa receipt number
 * @param at                       when the money moved, on the simulator's clock
 * @param operation                what it was, e.g. {@code BusinessPayment} or {@code TransactionReversal}
 * @param from                     short code or, of a customer, 254…
 * @param fromAccount              name of the account, e.g. {@code Utility Account}; null for a customer
 * @param to                       short code or, of a customer, 254…
 * @param toAccount                name of the account; null for a customer
 * @param amount                   whole shillings
 * @param reference                account reference; null if there is none
 * @param originatorConversationId id that the organisation has given, or was told
 * @param conversationId           id that M-Pesa has given
 * @param reverses                 receipt of the payment that was undone; null if none
 */
public record Transfer(
        String receipt,
        Instant at,
        String operation,
        String from,
        String fromAccount,
        String to,
        String toAccount,
        BigDecimal amount,
        String reference,
        String originatorConversationId,
        String conversationId,
        String reverses) {
}
