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
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * M-Pesa Express (STK push): a prompt on the customer's phone, paid by PIN; pay bill and till (Daraja: "M-Pesa Express
 * Simulate").
 *
 * <p>Not idempotent, and without a client reference: a push whose fate is unknown is never sent again. The callback names
 * neither short code nor account reference, so it is recognised by its own URL.
 */
public final class StkPush implements PaymentApi {

    /** The operation's name in URIs. */
    public static final String NAME = "stkPush";

    /**
     * What the caller asks for.
     *
     * @param phoneNumber      who gets the prompt
     * @param amount           how much, in whole shillings
     * @param accountReference what is paid for, shown to the customer; null: a short form of our reference
     * @param transactionDesc  one more remark; null: left out
     * @param transactionType  what is paid, pay bill or till; null: the account's
     * @param partyA           the number that pays; null: the one that gets the prompt
     */
    public record Request(String phoneNumber, BigDecimal amount, String accountReference, String transactionDesc,
                          String transactionType, String partyA) {

        public Request(String phoneNumber, long amount, String accountReference) {
            this(phoneNumber, BigDecimal.valueOf(amount), accountReference, null, null, null);
        }

        @Override
        public String toString() {
            return "StkPush.Request[" + amount + " from " + PhoneNumbers.mask(phoneNumber) + " for " + accountReference + "]";
        }
    }

    static final String PAY_BILL = "CustomerPayBillOnline";
    static final String BUY_GOODS = "CustomerBuyGoodsOnline";

    private static final List<Field> FIELDS = List.of(
            Field.oneOf("TransactionType", PAY_BILL, BUY_GOODS).asRequired(),
            Field.shillings("Amount", 1, 250_000).asRequired(),
            Field.phone("PartyA"),
            Field.phone("PhoneNumber").asRequired(),
            Field.text("AccountReference", 12),
            Field.text("TransactionDesc", 13).asDescriptive());

    private static final ResultCodes CODES = ResultCodes.of(
            new ResultCode("0", COMPLETED, ResultCategory.SUCCESS, false, "paid"),
            new ResultCode("1", FAILED, ResultCategory.CUSTOMER, true, "the customer has not enough money"),
            new ResultCode("2", FAILED, ResultCategory.MERCHANT, false, "below the smallest amount"),
            new ResultCode("3", FAILED, ResultCategory.MERCHANT, false, "above the largest amount"),
            new ResultCode("4", FAILED, ResultCategory.CUSTOMER, true, "above the customer's limit for the day"),
            new ResultCode("8", FAILED, ResultCategory.MERCHANT, true, "the receiving account would be too full"),
            new ResultCode("15", FAILED, ResultCategory.MERCHANT, false, "the request id was used before"),
            new ResultCode("17", FAILED, ResultCategory.MERCHANT, true, "same amount from the same customer within two minutes"),
            new ResultCode("26", FAILED, ResultCategory.SYSTEM, true, "M-Pesa is overloaded"),
            new ResultCode("1001", FAILED, ResultCategory.CUSTOMER, true, "the customer has another M-Pesa session open")
                    .from(CodeSource.THIRD_PARTY),
            new ResultCode("1019", EXPIRED, ResultCategory.CUSTOMER, true, "the prompt arrived, and time ran out"),
            new ResultCode("1025", FAILED, ResultCategory.SYSTEM, true, "the prompt could not be sent, or is too long"),
            new ResultCode("1031", CANCELLED, ResultCategory.CUSTOMER, true, "the customer said no (older code)")
                    .from(CodeSource.FORMERLY_DOCUMENTED),
            new ResultCode("1032", CANCELLED, ResultCategory.CUSTOMER, true, "the customer said no"),
            new ResultCode("1036", FAILED, ResultCategory.SYSTEM, true, "the prompt was not delivered")
                    .from(CodeSource.FORMERLY_DOCUMENTED),
            new ResultCode("1037", EXPIRED, ResultCategory.CUSTOMER, true, "the phone is off, or nobody answered"),
            new ResultCode("2001", FAILED, ResultCategory.CUSTOMER, true, "the customer typed a wrong PIN"),
            new ResultCode("2028", FAILED, ResultCategory.CONFIGURATION, false, "transaction type and receiver do not fit"),
            new ResultCode("4999", PENDING, ResultCategory.PENDING, false, "still being processed"),
            new ResultCode("8006", FAILED, ResultCategory.CUSTOMER, false, "the customer's PIN is locked"),
            new ResultCode("9999", FAILED, ResultCategory.SYSTEM, true, "the prompt could not be sent")
                    .from(CodeSource.THIRD_PARTY),
            new ResultCode("SFC_IC0003", FAILED, ResultCategory.MERCHANT, false, "no such receiver"));

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String path(Fields fields) {
        return "/mpesa/stkpush/v1/processrequest";
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    @Override
    public Set<String> owned() {
        return Set.of("BusinessShortCode", "Password", "Timestamp", "PartyB", "CallBackURL");
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.SHORT_CODE, Need.PASSKEY, Need.CALLBACKS);
    }

    @Override
    public String customer(Fields fields) {
        // who pays, for that is whom other messages about the payment name
        return fields.get("PartyA", fields.get("PhoneNumber"));
    }

    @Override
    public String prompted(Fields fields) {
        return fields.get("PhoneNumber");
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
    public Duration patience() {
        // the life of a prompt, and then the window of the Pull API
        return Duration.ofMinutes(2).plusHours(48);
    }

    @Override
    public Map<String, String> defaults(Merchant merchant) {
        return Map.of("TransactionType", merchant.tillNumber() != null ? BUY_GOODS : PAY_BILL);
    }

    @Override
    public ObjectNode request(Fields fields, Owned owned) {
        // types as in the portal's sample: the short code is a number, everything else text
        ObjectNode body = JsonNodeFactory.instance.objectNode()
                .put("BusinessShortCode", Long.parseLong(owned.merchant().shortCode()))
                .put("Password", owned.password())
                .put("Timestamp", owned.timestamp())
                .put("TransactionType", fields.get("TransactionType"))
                .put("Amount", fields.get("Amount"))
                .put("PartyA", fields.get("PartyA", fields.get("PhoneNumber")))
                .put("PartyB", owned.merchant().receiver())
                .put("PhoneNumber", fields.get("PhoneNumber"))
                .put("CallBackURL", owned.resultUrl())
                .put("AccountReference", fields.get("AccountReference"));
        String description = fields.get("TransactionDesc");
        return description == null ? body : body.put("TransactionDesc", description);
    }

    @Override
    public Optional<Inquiry> inquiry(PaymentIds ids) {
        return Inquiry.about(new StkQuery(), ids);
    }

    @Override
    public Acknowledgement acknowledgement(JsonObject answer) {
        return new Acknowledgement(NAME, null, null, PENDING, answer.text("ResponseCode"), answer.text("ResponseDescription"),
                answer.text("MerchantRequestID"), answer.text("CheckoutRequestID"), null, null, answer.text("CustomerMessage"));
    }

    @Override
    public Outcome.Builder callback(JsonObject message) {
        JsonObject callback = message.object("Body").object("stkCallback");
        String code = callback.text("ResultCode");
        if (code == null) {
            return null;
        }
        Map<String, Object> items = callback.object("CallbackMetadata").pairs("Item", "Name");
        JsonObject known = Json.toObject(items);
        ResultCode row = CODES.ofCallback(code);
        String receipt = Receipts.real(known.text("MpesaReceiptNumber"));
        Outcome.Builder outcome = Outcome.builder()
                .operation(NAME)
                .code(row)
                .resultDescription(callback.text("ResultDesc"))
                .merchantRequestId(callback.text("MerchantRequestID"))
                .checkoutRequestId(callback.text("CheckoutRequestID"))
                .receiptNumber(row.status() == COMPLETED ? receipt : null)
                .amount(known.decimal("Amount"))
                .phoneNumber(PhoneNumbers.told(known.text("PhoneNumber")))
                .transactionDate(NairobiTime.parse(known.text("TransactionDate")))
                .details(details(message))
                .source(Source.CALLBACK);
        // a failure has no receipt: a message that names one contradicts itself
        return receipt != null && row.status() != COMPLETED ? outcome.status(PaymentStatus.UNKNOWN) : outcome;
    }

    private static Map<String, Object> details(JsonObject message) {
        JsonObject callback = message.object("Body").object("stkCallback");
        Map<String, Object> details = new LinkedHashMap<>(callback.toMap());
        Details.addPairs(details, callback, "CallbackMetadata", "Item", "Name");
        Details.add(details, message.object("Body").without("stkCallback"));
        Details.add(details, message.without("Body"));
        return details;
    }
}
