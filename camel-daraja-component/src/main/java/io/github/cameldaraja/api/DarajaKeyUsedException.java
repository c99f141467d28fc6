package io.github.cameldaraja.api;

import java.time.Instant;

/**
 * The idempotency key was used for a payment that is kept no longer: nothing was sent, and with this key nothing ever will be. Whether
 * what is asked for now is the same payment cannot be told any more, so it is not answered as a repetition either.
 */
public class DarajaKeyUsedException extends DarajaRequestException {

    private static final long serialVersionUID = 1L;

    private final String reference;
    private final PaymentStatus status;
    private final Instant endedAt;

    /**
     * @param operation as in the URI
     * @param account   the account's name
     * @param reference of the payment that has gone
     * @param status    what became of it, or null
     * @param endedAt   when it was last changed, or null
     */
    public DarajaKeyUsedException(String operation, String account, String reference, PaymentStatus status, Instant endedAt) {
        super("the idempotency key was used before, for the payment " + reference + ", which is kept no longer: "
                + (status == null ? "what became of it is not known" : "it ended " + status + " at " + endedAt)
                + "; nothing was sent, and another payment needs another key", ErrorDetails.local(operation, account));
        this.reference = reference;
        this.status = status;
        this.endedAt = endedAt;
    }

    /** Of the payment that the key was used for. */
    public String getReference() {
        return reference;
    }

    /** What became of it, or null. */
    public PaymentStatus getStatus() {
        return status;
    }

    /** When it was last changed, or null. */
    public Instant getEndedAt() {
        return endedAt;
    }
}
