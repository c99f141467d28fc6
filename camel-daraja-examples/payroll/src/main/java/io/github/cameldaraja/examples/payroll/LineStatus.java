package io.github.cameldaraja.examples.payroll;

/** Where one line of a payroll stands. */
public enum LineStatus {
    /** Not paid for sure, and to be sent. */
    UNSENT(false),
    /** Claimed: from now on it may have been sent, whatever happens to this process. */
    SENDING(false),
    /** Acknowledged by M-Pesa. Not a payment. */
    PENDING(false),
    /** Sent, or perhaps sent; what became of it is not known, and the component asks. */
    UNKNOWN(false),
    /** M-Pesa has paid it. */
    PAID(true),
    /** M-Pesa has not paid it, for sure. */
    FAILED(true),
    /** Not paid, and the file as it was put in last does not ask for it any more. */
    WITHDRAWN(true);

    private final boolean isFinal;

    LineStatus(boolean isFinal) {
        this.isFinal = isFinal;
    }

    /** Whether nothing more is expected of it. */
    public boolean isFinal() {
        return isFinal;
    }
}
