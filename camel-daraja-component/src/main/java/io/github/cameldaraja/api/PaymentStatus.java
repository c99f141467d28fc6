package io.github.cameldaraja.api;

/**
 * Where one payment stands.
 *
 * <p>An acknowledgement ({@code ResponseCode 0}) is {@link #PENDING} and nothing more: only an outcome makes it one of the
 * final states.
 */
public enum PaymentStatus {
    /** Stored, not known to be sent. */
    INITIATED(false),
    /** Stored and not sent: a second person must approve it. Not a payment. */
    HELD(false),
    /** Acknowledged: Safaricom queued it. Not a payment. */
    PENDING(false),
    /** Sent, or perhaps sent; whether Safaricom took it is not known. Never send it again, ask. */
    UNKNOWN(false),
    /** Nothing is left to ask; a person decides. */
    UNRESOLVED(false),
    /** Paid. */
    COMPLETED(true),
    /** Not paid: refused or failed. */
    FAILED(true),
    /** Not paid: the customer said no. */
    CANCELLED(true),
    /** Not paid: Safaricom says that time ran out (1019, 1037). Our own clock never ends a payment. */
    EXPIRED(true);

    private final boolean isFinal;

    PaymentStatus(boolean isFinal) {
        this.isFinal = isFinal;
    }

    /** Whether Safaricom has spoken its last word on the payment. */
    public boolean isFinal() {
        return isFinal;
    }
}
