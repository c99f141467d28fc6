package io.github.cameldaraja.api;

import static io.github.cameldaraja.api.PaymentStatus.CANCELLED;
import static io.github.cameldaraja.api.PaymentStatus.COMPLETED;
import static io.github.cameldaraja.api.PaymentStatus.EXPIRED;
import static io.github.cameldaraja.api.PaymentStatus.FAILED;
import static io.github.cameldaraja.api.PaymentStatus.PENDING;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Transaction status: asks what became of a C2B, B2C, B2B or reversal transaction; the answer comes by callback (Daraja:
 * "Transaction Status").
 *
 * <p>The answer's own code only says whether the question worked. Of the money only the {@code TransactionStatus} inside speaks:
 * ids, receipt and amount of the outcome are those of the transaction that was asked about, and the question's own are details.
 */
public final class TransactionStatus implements QuestionApi {

    /** The operation's name in URIs. */
    public static final String NAME = "transactionStatus";

    /**
     * What the caller asks for; one of the first two is needed (samples: transaction-status.request,
     * transaction-status.request.by-conversation-id).
     *
     * @param transactionId          the receipt, or null
     * @param originalConversationId the {@code OriginatorConversationID} of the transaction's acknowledgement, or null
     * @param shortCode              who took part: short code, till or phone; null: our own short code
     * @param identifierType         what that number is: 1 phone, 2 till, 4 short code; null: 4
     * @param remarks                kept with the question in the portal; null: "Status"
     * @param occasion               one more remark; null: left out
     */
    public record Request(String transactionId, String originalConversationId, String shortCode, String identifierType,
                          String remarks, String occasion) {

        /** By the receipt. */
        public static Request ofReceipt(String transactionId) {
            return new Request(transactionId, null, null, null, null, null);
        }

        /** By the id in the acknowledgement. */
        public static Request ofConversation(String originalConversationId) {
            return new Request(null, originalConversationId, null, null, null, null);
        }

        @Override
        public String toString() {
            return "TransactionStatus.Request[" + transactionId + ", " + originalConversationId + "]";
        }
    }

    private static final String PHONE = "1";
    private static final String SHORT_CODE = "4";

    // none is required of the caller: what is not said has a default
    private static final List<Field> FIELDS = List.of(
            Field.receipt("TransactionID"),
            Field.id("OriginalConversationID", 4, 100),
            Field.of("PartyA", "5 to 9 digits, or a Kenyan mobile number", TransactionStatus::party).called("shortCode"),
            Field.oneOf("IdentifierType", PHONE, "2", SHORT_CODE),
            Field.freeText("Remarks", 1, 100).asDescriptive(),
            Field.freeText("Occasion", 1, 100).asDescriptive());

    // Completed alone is documented. The others count only if written exactly so. "Reversed" is not here on purpose: money went
    // there and back, which is neither paid nor not paid, so a person must look
    private static final Map<String, PaymentStatus> STATES = Map.of(
            "completed", COMPLETED,
            "cancelled", CANCELLED,
            "declined", FAILED,
            "failed", FAILED,
            "expired", EXPIRED);

    // of the question, not of the payment
    private static final ResultCodes CODES = ResultCodes.of(ResultFamilyCodes.PAYMENTS.all().stream()
            .map(code -> new ResultCode(code.code(), PENDING, code.category(), code.retriable(),
                    "0".equals(code.code()) ? "the question was answered" : code.meaning(), code.source()))
            .toArray(ResultCode[]::new));

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String path(Fields fields) {
        return "/mpesa/transactionstatus/v1/query";
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    @Override
    public Set<String> owned() {
        return Set.of("Initiator", "SecurityCredential", "CommandID", "ResultURL", "QueueTimeOutURL");
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.SHORT_CODE, Need.INITIATOR, Need.CALLBACKS);
    }

    @Override
    public Map<String, String> defaults(Merchant merchant) {
        Map<String, String> defaults = new LinkedHashMap<>();
        if (merchant.shortCode() != null) {
            defaults.put("PartyA", merchant.shortCode());
        }
        defaults.put("IdentifierType", SHORT_CODE);
        defaults.put("Remarks", "Status");
        return defaults;
    }

    @Override
    public void check(Fields fields) {
        if (!fields.has("TransactionID") && !fields.has("OriginalConversationID")) {
            throw new InvalidFieldException("TransactionID", "is missing, and so is OriginalConversationID",
                    "set one of the two");
        }
        boolean asPhone = PHONE.equals(fields.get("IdentifierType"));
        if (asPhone != PhoneNumbers.isWhole(fields.get("PartyA"))) {
            throw new InvalidFieldException("PartyA", asPhone ? "must be a phone number with identifier type 1"
                    : "is a phone number, which needs identifier type 1", "correct one of the two");
        }
    }

    @Override
    public ObjectNode request(Fields fields, Owned owned) {
        ObjectNode body = JsonNodeFactory.instance.objectNode()
                .put("Initiator", owned.initiatorName())
                .put("SecurityCredential", owned.securityCredential())
                .put("CommandID", "TransactionStatusQuery")
                // never left out: without it the gateway was seen to miss it
                .put("TransactionID", fields.get("TransactionID", ""));
        if (fields.has("OriginalConversationID")) {
            body.put("OriginalConversationID", fields.get("OriginalConversationID"));
        }
        body.put("PartyA", fields.get("PartyA", owned.merchant().shortCode()))
                .put("IdentifierType", fields.get("IdentifierType", SHORT_CODE))
                .put("ResultURL", owned.resultUrl())
                .put("QueueTimeOutURL", owned.timeoutUrl())
                .put("Remarks", fields.get("Remarks", "Status"));
        String occasion = fields.get("Occasion");
        return occasion == null ? body : body.put("Occasion", occasion);
    }

    @Override
    public ResultCodes resultCodes() {
        return CODES;
    }

    @Override
    public Acknowledgement acknowledgement(JsonObject answer) {
        return ResultPayment.acknowledgement(NAME, answer);
    }

    @Override
    public Outcome.Builder callback(JsonObject message) {
        ResultEnvelope result = ResultEnvelope.of(message);
        if (result == null) {
            return null;
        }
        JsonObject payment = result.parameters();
        Outcome.Builder outcome = result.outcome(NAME, CODES)
                .source(Source.QUERY)
                .retriable(null)
                .conversationId(payment.text("ConversationID"))
                .originatorConversationId(payment.text("OriginatorConversationID"))
                .amount(payment.decimal("Amount"))
                .phoneNumber(customer(result));
        boolean answered = "0".equals(result.tableCode()) && !result.isWaiting();
        return answered ? spoken(outcome, payment) : outcome.status(PENDING);
    }

    @Override
    public boolean asksAboutPayments() {
        return true;
    }

    /** By the id of the acknowledgement or of ours, else by the receipt. */
    @Override
    public Map<String, String> about(PaymentIds ids) {
        if (ids.originatorConversationId() != null) {
            return Map.of("OriginalConversationID", ids.originatorConversationId());
        }
        return ids.receiptNumber() == null ? Map.of() : Map.of("TransactionID", ids.receiptNumber());
    }

    /** The short code or till that was credited, as an answer tells it; null if it does not. */
    public static String receiver(Outcome answer) {
        JsonObject told = Json.toObject(answer.details());
        String line = told.text("CreditPartyName");
        if (line == null && answer.details().get("DebitPartyName") instanceof List<?> both && both.size() == 2) {
            // the credit party stands under a second DebitPartyName, too
            line = Objects.toString(both.get(1), null);
        }
        return Parties.read(line).number();
    }

    private static Outcome.Builder spoken(Outcome.Builder outcome, JsonObject payment) {
        String word = payment.text("TransactionStatus");
        PaymentStatus status = word == null ? PENDING : STATES.getOrDefault(word.trim().toLowerCase(Locale.ROOT), PENDING);
        outcome.status(status);
        if (status == COMPLETED) {
            return outcome.resultCategory(ResultCategory.SUCCESS).retriable(false)
                    .receiptNumber(Receipts.real(payment.text("ReceiptNo")))
                    .transactionDate(finalisedAt(payment));
        }
        if (word != null) {
            outcome.resultDescription(word);
        }
        // code 0 is the question's; it must not stand beside a payment that failed
        return status == PENDING ? outcome.resultCategory(ResultCategory.PENDING)
                : outcome.resultCode(null).resultCategory(ResultCategory.UNKNOWN);
    }

    private static OffsetDateTime finalisedAt(JsonObject payment) {
        OffsetDateTime time = NairobiTime.parse(payment.text("FinalisedTime"));
        return time != null ? time : NairobiTime.parse(payment.text("FinalizedTime"));
    }

    // the name of the credit party stands under a second DebitPartyName, too
    private static String customer(ResultEnvelope result) {
        List<String> lines = new ArrayList<>(result.parameters("DebitPartyName"));
        Collections.reverse(lines);
        lines.addAll(0, result.parameters("CreditPartyName"));
        return lines.stream().map(line -> Parties.read(line).phoneNumber()).filter(Objects::nonNull).findFirst().orElse(null);
    }

    private static String party(String field, String text) {
        String digits = text.trim();
        return digits.matches("[0-9]{5,9}") ? digits : PhoneNumbers.normalise(field, text);
    }
}
