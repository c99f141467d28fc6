package io.github.cameldaraja.examples.subscription;

import java.math.BigDecimal;
import java.time.OffsetDateTime;

/**
 * Money that has come to our short code.
 *
 * @param receipt M-Pesa's, which customers call the code
 * @param amount  shillings
 * @param paidAt  when M-Pesa booked it
 * @param account whose plan it pays; null as long as nobody knows
 */
public record Payment(String receipt, BigDecimal amount, OffsetDateTime paidAt, String account) {
}
