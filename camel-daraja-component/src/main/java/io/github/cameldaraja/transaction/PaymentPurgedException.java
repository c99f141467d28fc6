package io.github.cameldaraja.transaction;

import io.github.cameldaraja.api.PaymentStatus;
import java.time.Instant;

/**
 * An idempotency key pins a payment that is kept no longer: nothing was stored, and nothing may be sent. Whether what is asked for
 * now is the same payment cannot be told any more, so it is not answered as a repetition either.
 */
public final class PaymentPurgedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reference;
    private final PaymentStatus status;
    private final transient Instant endedAt;

    /**
     * @param reference of the payment that has gone
     * @param status    what became of it; null if nobody knows
     * @param endedAt   when it was last changed, or null
     */
    public PaymentPurgedException(String reference, PaymentStatus status, Instant endedAt) {
        super("the idempotency key was used before, for the payment " + reference + (status == null
                ? ", whose row is missing: nobody knows whether it was paid"
                : ", which is kept no longer: it ended " + status + " at " + endedAt));
        this.reference = reference;
        this.status = status;
        this.endedAt = endedAt;
    }

    public String reference() {
        return reference;
    }

    /** What became of it, or null. */
    public PaymentStatus status() {
        return status;
    }

    /** When it was last changed, or null. */
    public Instant endedAt() {
        return endedAt;
    }
}
