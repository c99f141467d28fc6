package io.github.cameldaraja.transaction;

import io.github.cameldaraja.api.PaymentStatus;

/**
 * What a person has found out about a payment of which Safaricom says nothing, or contradictory things.
 *
 * @param reference     of the payment
 * @param status        {@code COMPLETED}, {@code FAILED} or {@code CANCELLED}
 * @param receiptNumber M-Pesa's, of a completed one; else null
 * @param who           decides
 * @param why           in a sentence
 * @param evidence      where it can be seen: a line of a statement, the number of a support case
 */
public record Decision(String reference, PaymentStatus status, String receiptNumber, String who, String why, String evidence) {

    /** Without the evidence, which may name people. */
    @Override
    public String toString() {
        return "Decision[" + reference + " is " + status + ", says " + who + "]";
    }
}
