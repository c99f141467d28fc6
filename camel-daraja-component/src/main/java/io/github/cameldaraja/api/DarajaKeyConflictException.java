package io.github.cameldaraja.api;

/**
 * The idempotency key belongs to a payment of another amount, party, command or reference: nothing was sent. What became of the payment
 * that has the key says its status; what is asked for now was neither sent nor refused, it needs a key of its own.
 */
public class DarajaKeyConflictException extends DarajaRequestException {

    private static final long serialVersionUID = 1L;

    private final String reference;
    private final PaymentStatus status;

    /**
     * @param operation as in the URI
     * @param account   the account's name
     * @param reference of the payment that has the key
     * @param status    where that one stands
     */
    public DarajaKeyConflictException(String operation, String account, String reference, PaymentStatus status) {
        super("the idempotency key was used before for another amount, party, command or reference, by the payment " + reference
                + ", which is " + status + "; nothing was sent: use one key for one payment", ErrorDetails.local(operation, account));
        this.reference = reference;
        this.status = status;
    }

    /** Of the payment that has the key. */
    public String getReference() {
        return reference;
    }

    /** Where that one stands. */
    public PaymentStatus getStatus() {
        return status;
    }
}
