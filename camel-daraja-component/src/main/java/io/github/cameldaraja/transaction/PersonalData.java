package io.github.cameldaraja.transaction;

import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.PhoneNumbers;
import io.github.cameldaraja.api.PhoneTraces;
import io.github.cameldaraja.api.Verdict;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything that is stored about the person with a phone number, ready for JSON. It is in clear: for that person's eyes.
 *
 * @param phoneNumber 254…
 * @param payments    in whose personal fields the number stands, the oldest first
 * @param messages    kept raw, in which it stands, or about one of these payments
 * @param undelivered outcomes of these payments that a route has not taken yet
 */
public record PersonalData(String phoneNumber, List<Payment> payments, List<Message> messages, List<Undelivered> undelivered) {

    /** A payment, as it is known. */
    public record Payment(String reference, String application, String operation, String account, String shortCode,
                          PaymentStatus status, BigDecimal amount, String idempotencyKey, String phoneNumber,
                          String accountReference, Map<String, String> metadata, Instant createdAt, Instant updatedAt,
                          Acknowledgement acknowledgement, Outcome outcome, Outcome held, Repetition repetition) {

        @Override
        public String toString() {
            return "Payment[" + reference + "]";
        }
    }

    /** A message that could not be settled, as text. */
    public record Message(Instant receivedAt, String reference, String account, Verdict verdict, String sender, String body) {

        @Override
        public String toString() {
            return "Message[" + verdict + " of " + receivedAt + "]";
        }
    }

    /** An outcome on its way. */
    public record Undelivered(String reference, int number, String group, DeliveryState state, int attempt, Instant since,
                              Outcome outcome) {

        @Override
        public String toString() {
            return "Undelivered[" + reference + '/' + number + "]";
        }
    }

    /** Puts together what was found. */
    public static PersonalData of(String phoneNumber, List<Transaction> payments, List<RawCallback> messages,
                                  List<Delivery> undelivered) {
        return new PersonalData(phoneNumber, payments.stream().map(PersonalData::of).toList(),
                messages.stream().map(PersonalData::of).toList(), undelivered.stream().map(PersonalData::of).toList());
    }

    private static Payment of(Transaction payment) {
        return new Payment(payment.reference(), payment.application(), payment.operation(), payment.account(), payment.shortCode(),
                payment.status(), payment.amount(), payment.idempotencyKey(), payment.phoneNumber(), payment.accountReference(),
                payment.metadata(), payment.createdAt(), payment.updatedAt(), payment.acknowledgement(), payment.outcome(),
                payment.held(), payment.repetition());
    }

    private static Message of(RawCallback callback) {
        return new Message(callback.receivedAt(), callback.reference(), callback.account(), callback.verdict(), callback.sender(),
                new String(callback.body(), StandardCharsets.UTF_8));
    }

    private static Undelivered of(Delivery delivery) {
        return new Undelivered(delivery.reference(), delivery.number(), delivery.group(), delivery.state(), delivery.attempt(),
                delivery.since(), delivery.outcome());
    }

    /** By what a person can be found in a payment: see {@link PhoneTraces}. */
    public static Set<String> traces(Transaction payment) {
        Set<String> found = new TreeSet<>();
        PhoneTraces.find(Arrays.asList(payment.idempotencyKey(), payment.phoneNumber(), payment.accountReference(),
                payment.metadata()), found);
        if (payment.acknowledgement() != null) {
            PhoneTraces.find(payment.acknowledgement().checkoutRequestId(), found);
        }
        if (payment.repetition() != null) {
            PhoneTraces.find(payment.repetition().fields(), found);
        }
        find(payment.outcome(), found);
        find(payment.held(), found);
        return found;
    }

    /** The same in a message. */
    public static Set<String> traces(RawCallback callback) {
        // digits are the same in every encoding that Safaricom could use
        return PhoneTraces.in(new String(callback.body(), StandardCharsets.ISO_8859_1));
    }

    private static void find(Outcome outcome, Set<String> found) {
        if (outcome != null) {
            PhoneTraces.find(Arrays.asList(outcome.idempotencyKey(), outcome.phoneNumber(), outcome.accountReference(),
                    outcome.resultDescription(), outcome.checkoutRequestId(), outcome.metadata(), outcome.details()), found);
        }
    }

    @Override
    public String toString() {
        return "PersonalData[" + PhoneNumbers.mask(phoneNumber) + ": " + payments.size() + " payments, " + messages.size()
                + " messages, " + undelivered.size() + " undelivered]";
    }
}
