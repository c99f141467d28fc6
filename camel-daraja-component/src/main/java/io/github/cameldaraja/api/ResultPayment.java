package io.github.cameldaraja.api;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What payments of the family "Result" have in common: own money leaves, an operator signs, a {@code Result} tells the end. */
abstract class ResultPayment implements PaymentApi {

    /** Well above any amount; the limits of payments between organisations are not documented. */
    static final long NO_LIMIT = 999_999_999;

    private static final Duration PATIENCE = Duration.ofHours(48);

    private final String name;
    private final ResultCodes codes;
    private final String customer;

    /**
     * @param customer name of the result parameter with the customer's line; null if the other party is an organisation
     */
    ResultPayment(String name, ResultCodes codes, String customer) {
        this.name = name;
        this.codes = codes;
        this.customer = customer;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final ResultCodes resultCodes() {
        return codes;
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.SHORT_CODE, Need.INITIATOR, Need.CALLBACKS);
    }

    @Override
    public String accountReferenceField() {
        return null;
    }

    @Override
    public boolean paysOut() {
        return true;
    }

    @Override
    public Duration patience() {
        return PATIENCE;
    }

    @Override
    public Optional<Inquiry> inquiry(PaymentIds ids) {
        return Inquiry.about(new TransactionStatus(), ids);
    }

    @Override
    public Acknowledgement acknowledgement(JsonObject answer) {
        return acknowledgement(name, answer);
    }

    @Override
    public Outcome.Builder callback(JsonObject message) {
        ResultEnvelope result = ResultEnvelope.of(message);
        return result == null ? null : result.payment(name, codes, customer);
    }

    /** The acknowledgement of the whole family, questions included. */
    static Acknowledgement acknowledgement(String operation, JsonObject answer) {
        return new Acknowledgement(operation, null, null, PaymentStatus.PENDING, answer.text("ResponseCode"),
                answer.text("ResponseDescription"), null, null, answer.text("ConversationID"),
                answer.text("OriginatorConversationID"), null);
    }

    /** Whether Safaricom refuses a second request with the same {@code OriginatorConversationID}: the first one has arrived. */
    static boolean isDuplicateId(ErrorDetails error) {
        // the code alone also stands for "System internal error" and for maintenance
        return "500.002.1001".equals(error.errorCode()) && error.errorMessage() != null
                && error.errorMessage().trim().regionMatches(true, 0, "Duplicate", 0, "Duplicate".length());
    }
}
