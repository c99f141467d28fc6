package io.github.cameldaraja.transaction;

import io.github.cameldaraja.api.PaymentStatus;
import java.time.Instant;

/**
 * Which payment an idempotency key is pinned to. A key outlives its payment.
 *
 * @param operation of the payment; a key is one of an operation and an account
 * @param account   the account's name
 * @param reference of the payment
 * @param status    what became of the payment if it is kept no longer, otherwise null
 * @param endedAt   and when
 */
public record KeyHolder(String operation, String account, String reference, PaymentStatus status, Instant endedAt) {
}
