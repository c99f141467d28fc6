package io.github.cameldaraja.api;

/**
 * One row of an API's result codes.
 *
 * @param code      as on the wire, always text
 * @param status    what it says about the payment
 * @param category  whose matter it is
 * @param retriable whether a new payment for the same purpose makes sense
 * @param meaning   in our own words
 * @param source    how sure it is
 */
public record ResultCode(String code, PaymentStatus status, ResultCategory category, boolean retriable, String meaning,
                         CodeSource source) {

    /** A row of Safaricom's documentation. */
    public ResultCode(String code, PaymentStatus status, ResultCategory category, boolean retriable, String meaning) {
        this(code, status, category, retriable, meaning, CodeSource.DOCUMENTED);
    }

    /** The same row, by another source. */
    public ResultCode from(CodeSource other) {
        return new ResultCode(code, status, category, retriable, meaning, other);
    }

    /** Whether nothing can change any more. */
    public boolean isFinal() {
        return status.isFinal();
    }
}
