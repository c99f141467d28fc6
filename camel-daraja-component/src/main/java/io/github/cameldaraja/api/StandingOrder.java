package io.github.cameldaraja.api;

import static io.github.cameldaraja.api.PaymentStatus.CANCELLED;
import static io.github.cameldaraja.api.PaymentStatus.COMPLETED;
import static io.github.cameldaraja.api.PaymentStatus.EXPIRED;
import static io.github.cameldaraja.api.PaymentStatus.FAILED;
import static io.github.cameldaraja.api.PaymentStatus.PENDING;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * M-Pesa Ratiba: a customer agrees by PIN that an amount leaves his account again and again (Daraja: "M-Pesa Ratiba"; samples:
 * ratiba.request, ratiba.response, ratiba-callback.success, ratiba-callback.failure).
 *
 * <p>{@link PaymentStatus#COMPLETED} says that the order exists, <strong>not that anything was paid</strong>: the payments come
 * one by one as C2B confirmations. The order's {@code TransactionID} is therefore no receipt and stays in the details.
 */
public final class StandingOrder implements PaymentApi {

    /** The operation's name in URIs. */
    public static final String NAME = "standingOrder";

    /**
     * What the caller asks for.
     *
     * @param standingOrderName the name of the order, new for this customer
     * @param startDate         the first day
     * @param endDate           the last day, after the first; of a one-off order it may be the same
     * @param phoneNumber       who pays and is asked; any Kenyan form
     * @param amount            how much each time, in whole shillings
     * @param frequency         how often it is paid
     * @param accountReference  what is paid for, as the confirmations will name it; null: a short form of our reference
     * @param transactionDesc   one more remark; null: left out
     * @param transactionType   what is paid; null: the account's
     */
    public record Request(String standingOrderName, String startDate, String endDate, String phoneNumber, BigDecimal amount,
                          String frequency, String accountReference, String transactionDesc, String transactionType) {

        public Request(String standingOrderName, String startDate, String endDate, String phoneNumber, long amount,
                       String frequency, String accountReference) {
            this(standingOrderName, startDate, endDate, phoneNumber, BigDecimal.valueOf(amount), frequency, accountReference,
                    null, null);
        }

        @Override
        public String toString() {
            return "StandingOrder.Request[" + amount + " from " + PhoneNumbers.mask(phoneNumber) + ", " + frequency + ", for "
                    + accountReference + "]";
        }
    }

    static final String PAY_BILL = "Standing Order Customer Pay Bill";
    /** Spelt as the wire spells it. */
    static final String BUY_GOODS = "Standing Order Customer Pay Marchant";

    // letters only; the code is the place in the list
    private static final List<String> FREQUENCIES =
            List.of("oneoff", "daily", "weekly", "monthly", "bimonthly", "quarterly", "halfyearly", "yearly");
    private static final String FREQUENCY =
            "one-off, daily, weekly, monthly, bi-monthly, quarterly, half-yearly, yearly or their numbers, 1 to 8";
    private static final String ONE_OFF = "1";
    private static final String ACCEPTED = "200";

    private static final List<Field> FIELDS = List.of(
            Field.freeText("StandingOrderName", 1, 100).asRequired(),
            Field.date("StartDate", "yyyyMMdd").asRequired(),
            Field.date("EndDate", "yyyyMMdd").asRequired(),
            Field.of("TransactionType", "paybill or till", StandingOrder::transactionType).asRequired(),
            Field.shillings("Amount", 1, 250_000).asRequired(),
            Field.phone("PartyA").called("phoneNumber").asRequired(),
            Field.text("AccountReference", 12),
            Field.text("TransactionDesc", 13).asDescriptive(),
            Field.of("Frequency", FREQUENCY, StandingOrder::frequency).asRequired());

    private static final ResultCodes CODES = ResultCodes.of(
            new ResultCode("0", COMPLETED, ResultCategory.SUCCESS, false,
                    "the customer agreed: the order exists; nothing is paid yet"),
            new ResultCode("1001", FAILED, ResultCategory.CUSTOMER, true, "the customer has another M-Pesa session open",
                    CodeSource.TRANSCRIBED),
            new ResultCode("1025", FAILED, ResultCategory.SYSTEM, true, "the prompt could not be sent, or is too long"),
            new ResultCode("1032", CANCELLED, ResultCategory.CUSTOMER, true, "the customer said no"),
            new ResultCode("1037", EXPIRED, ResultCategory.CUSTOMER, true, "the phone is off, or nobody answered"),
            new ResultCode("1050", FAILED, ResultCategory.MERCHANT, false, "the customer has an order of this name"),
            new ResultCode("1051", FAILED, ResultCategory.MERCHANT, false, "bad request"),
            new ResultCode("2001", FAILED, ResultCategory.CUSTOMER, true, "the customer typed a wrong PIN"));

    private static final SuccessRule SUCCESS =
            SuccessRule.code("ResponseHeader.responseCode", "ResponseHeader.responseDescription", ACCEPTED);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String path(Fields fields) {
        return "/standingorder/v1/createStandingOrderExternal";
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    @Override
    public Set<String> owned() {
        return Set.of("BusinessShortCode", "ReceiverPartyIdentifierType", "CallBackURL");
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.SHORT_CODE, Need.CALLBACKS);
    }

    @Override
    public String customer(Fields fields) {
        return fields.get("PartyA");
    }

    @Override
    public String accountReferenceField() {
        return "AccountReference";
    }

    @Override
    public ResultCodes resultCodes() {
        return CODES;
    }

    @Override
    public SuccessRule success() {
        return SUCCESS;
    }

    @Override
    public Duration patience() {
        // a prompt lives for minutes, and only its callback can tell
        return Duration.ofHours(1);
    }

    @Override
    public Map<String, String> defaults(Merchant merchant) {
        return Map.of("TransactionType", merchant.tillNumber() != null ? BUY_GOODS : PAY_BILL);
    }

    @Override
    public void check(Fields fields) {
        // both are yyyyMMdd, so their order is that of the texts
        int order = fields.get("EndDate").compareTo(fields.get("StartDate"));
        boolean oneDayIsEnough = ONE_OFF.equals(fields.get("Frequency"));
        if (order < 0 || order == 0 && !oneDayIsEnough) {
            throw new InvalidFieldException("EndDate", "must be after StartDate", "correct one of them");
        }
    }

    @Override
    public ObjectNode request(Fields fields, Owned owned) {
        boolean till = BUY_GOODS.equals(fields.get("TransactionType"));
        ObjectNode body = JsonNodeFactory.instance.objectNode()
                .put("StandingOrderName", fields.get("StandingOrderName"))
                .put("StartDate", fields.get("StartDate"))
                .put("EndDate", fields.get("EndDate"))
                .put("BusinessShortCode", till ? owned.merchant().receiver() : owned.merchant().shortCode())
                .put("TransactionType", fields.get("TransactionType"))
                .put("ReceiverPartyIdentifierType", till ? "2" : "4")
                .put("Amount", fields.get("Amount"))
                .put("PartyA", fields.get("PartyA"))
                .put("CallBackURL", owned.resultUrl())
                .put("AccountReference", fields.get("AccountReference"));
        String description = fields.get("TransactionDesc");
        if (description != null) {
            body.put("TransactionDesc", description);
        }
        return body.put("Frequency", fields.get("Frequency"));
    }

    @Override
    public Acknowledgement acknowledgement(JsonObject answer) {
        JsonObject header = answer.object("ResponseHeader");
        return new Acknowledgement(NAME, null, null, PENDING, header.text("responseCode"), header.text("responseDescription"),
                null, null, header.text("responseRefID"), null, null);
    }

    // an order that exists is no money
    @Override
    public boolean hasReceipt() {
        return false;
    }

    @Override
    public Outcome.Builder callback(JsonObject message) {
        JsonObject header = message.object("ResponseHeader");
        Map<String, Object> items = message.object("ResponseBody").pairs("ResponseData", "Name");
        JsonObject data = Json.toObject(items);
        String code = code(header.text("responseCode"), data.text("responseCode"));
        if (code == null) {
            return null;
        }
        return Outcome.builder()
                .operation(NAME)
                .code(CODES.ofCallback(code))
                .resultDescription(header.text("responseDescription"))
                .phoneNumber(PhoneNumbers.told(data.text("Msisdn")))
                // no ids: which of the two in the header is the acknowledgement's is not known, and the URL has told already
                .details(details(message, header, items))
                .source(Source.CALLBACK);
    }

    // two that contradict each other say nothing, and neither does a repeated acknowledgement
    private static String code(String outer, String inner) {
        String code = outer == null ? inner : outer;
        return inner != null && !inner.equals(code) || ACCEPTED.equals(code) ? null : code;
    }

    private static Map<String, Object> details(JsonObject message, JsonObject header, Map<String, Object> items) {
        Map<String, Object> details = new LinkedHashMap<>(header.toMap());
        Details.add(details, items);
        Map<String, Object> others = message.without("ResponseHeader");
        if (message.object("ResponseBody").hasOnlyPairs("ResponseData", "Name")) {
            others.keySet().retainAll(message.without("ResponseBody").keySet());
        }
        Details.add(details, others);
        return details;
    }

    private static String transactionType(String field, String text) {
        return switch (letters(text)) {
            case "paybill", "standingordercustomerpaybill" -> PAY_BILL;
            case "till", "standingordercustomerpaymarchant", "standingordercustomerpaymerchant" -> BUY_GOODS;
            default -> throw new InvalidFieldException(field, "must be paybill or till", "choose one of them");
        };
    }

    private static String frequency(String field, String text) {
        int named = FREQUENCIES.indexOf(letters(text));
        if (named >= 0) {
            return Integer.toString(named + 1);
        }
        if (!text.trim().matches("[1-8]")) {
            throw new InvalidFieldException(field, "must be " + FREQUENCY, "choose one of them");
        }
        return text.trim();
    }

    private static String letters(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    }
}
