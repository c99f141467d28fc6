package io.github.cameldaraja.api;

import java.time.Duration;

/** An API that moves money, asks a customer to, or lets him agree to: its intent is stored, and what became of it is pursued. */
public non-sealed interface PaymentApi extends OutcomeApi {

    /** The name of the field with the amount. */
    default String amountField() {
        return "Amount";
    }

    /** The customer's phone number in the request, 254…; null if the other party has none. */
    default String customer(Fields fields) {
        return null;
    }

    /**
     * The name of the field with the account reference, which the component fills with a short form of its own reference when it
     * is left out; null if there is none, or the caller alone can know it.
     */
    String accountReferenceField();

    /**
     * Whether our own money leaves: then an idempotency key is mandatory and headers never fill fields.
     */
    default boolean paysOut() {
        return false;
    }

    /** Whether the request carries an {@code OriginatorConversationID} of ours, under which Safaricom refuses a second one. */
    default boolean sendsOwnId(Fields fields) {
        return false;
    }

    /** Whether this error says that a request with our id has arrived before: then the payment is under way, not refused. */
    default boolean isDuplicate(ErrorDetails error) {
        return false;
    }

    /** How long after a request whose fate is unknown something may still come in by itself; then a person decides. */
    Duration patience();
}
