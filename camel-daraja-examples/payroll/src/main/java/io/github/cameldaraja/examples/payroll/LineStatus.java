package io.github.cameldaraja.examples.payroll;

/** Where one line of a payroll stands. */
public enum LineStatus {
    /** Nothing was sent: this line may still be paid. */
    NOT_SENT,
    /** Claimed: from now on it may have been sent, whatever happens to this process. */
    SENDING,
    /** Acknowledged by M-Pesa. Not a payment. */
    PENDING,
    /** Sent, or perhaps sent; what became of it is not known. It is never sent again. */
    UNKNOWN,
    /** M-Pesa has paid it. */
    PAID,
    /** M-Pesa has not paid it, for sure. */
    FAILED;

    /** Whether M-Pesa has spoken its last word. */
    public boolean isFinal() {
        return this == PAID || this == FAILED;
    }
}
