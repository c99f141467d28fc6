package io.github.cameldaraja.api;

import java.time.Duration;
import java.util.Optional;

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

    /** Who gets what is paid out: a phone number, 254…, or a short code; null if the request does not say. */
    default String receiver(Fields fields) {
        return customer(fields);
    }

    /** The phone that shows a prompt as soon as the request is accepted, 254…: it shows one at a time. Null if there is none. */
    default String prompted(Fields fields) {
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

    /**
     * Whether the identical request may be sent again when nobody knows whether the first one has arrived: Safaricom then refuses the
     * second one. Of any other request an unknown fate is asked about, and no more.
     */
    default boolean isRepeatable(Fields fields) {
        return false;
    }

    /**
     * What is asked before such a request is sent again, which then happens once: the answer must be that the payment which this one
     * is about is done. Empty if nothing need be asked, and it may be sent again and again.
     */
    default Optional<Inquiry> beforeRepeat(Fields fields) {
        return Optional.empty();
    }

    /** What a message says of a payment whose request was sent twice; not final if it may speak of the second one alone. */
    default Outcome afterRepeat(Outcome told) {
        return told;
    }

    /** Whether it is money that moves, for which there is a receipt. */
    default boolean hasReceipt() {
        return true;
    }

    /** How long after a request whose fate is unknown something may still come in by itself; then a person decides. */
    Duration patience();
}
