package io.github.cameldaraja.api;

import static io.github.cameldaraja.api.PaymentStatus.CANCELLED;
import static io.github.cameldaraja.api.PaymentStatus.COMPLETED;
import static io.github.cameldaraja.api.PaymentStatus.FAILED;
import static io.github.cameldaraja.api.PaymentStatus.PENDING;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A prompt to the owner of a till, who pays our pay bill with operator id and PIN (Daraja: "B2B Express Checkout"; samples:
 * b2b-express.request, b2b-express-callback.success, b2b-express-callback.cancelled).
 *
 * <p>The acknowledgement has no id and no query exists: the payment is recognised by the URL of its callback, which also names
 * our reference as {@code requestId}. A prompt whose fate is unknown is never sent again.
 */
public final class B2bExpress implements PaymentApi {

    /** The operation's name in URIs. */
    public static final String NAME = "b2bExpress";

    /**
     * What the caller asks for.
     *
     * @param payer            the till that pays; its nominated number gets the prompt
     * @param amount           how much, in whole shillings
     * @param accountReference what is paid for, shown in the prompt; null: a short form of our reference
     * @param partnerName      who asks, shown in the prompt
     */
    public record Request(String payer, BigDecimal amount, String accountReference, String partnerName) {

        public Request(String payer, long amount, String accountReference, String partnerName) {
            this(payer, BigDecimal.valueOf(amount), accountReference, partnerName);
        }
    }

    // no limit is documented for organisations; M-Pesa knows its own
    private static final long MAX_AMOUNT = 999_999_999;

    private static final List<Field> FIELDS = List.of(
            Field.digits("primaryShortCode", 5, 9).called("payer").asRequired(),
            Field.shillings("amount", 1, MAX_AMOUNT).asRequired(),
            Field.text("paymentRef", 100).called("accountReference"),
            Field.freeText("partnerName", 1, 100).asRequired().asDescriptive());

    private static final ResultCodes CODES = ResultCodes.of(
            new ResultCode("0", COMPLETED, ResultCategory.SUCCESS, false, "paid"),
            new ResultCode("4001", CANCELLED, ResultCategory.CUSTOMER, true, "the till's owner said no"),
            new ResultCode("4102", FAILED, ResultCategory.CONFIGURATION, false, "the till's owner is not identified (KYC)"),
            new ResultCode("4104", FAILED, ResultCategory.CONFIGURATION, false, "the till has no nominated number"),
            new ResultCode("4201", FAILED, ResultCategory.SYSTEM, true, "the prompt failed in the network"),
            new ResultCode("4203", FAILED, ResultCategory.SYSTEM, true, "the prompt failed inside"));

    private static final SuccessRule SUCCESS = SuccessRule.code("code", "status", "0");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String path(Fields fields) {
        return "/v1/ussdpush/get-msisdn";
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    @Override
    public Set<String> owned() {
        return Set.of("receiverShortCode", "callbackUrl", "RequestRefID");
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.SHORT_CODE, Need.CALLBACKS);
    }

    @Override
    public String amountField() {
        return "amount";
    }

    @Override
    public String accountReferenceField() {
        return "paymentRef";
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
    public ObjectNode request(Fields fields, Owned owned) {
        return JsonNodeFactory.instance.objectNode()
                .put("primaryShortCode", fields.get("primaryShortCode"))
                .put("receiverShortCode", owned.merchant().shortCode())
                .put("amount", fields.get("amount"))
                .put("paymentRef", fields.get("paymentRef"))
                .put("callbackUrl", owned.resultUrl())
                .put("partnerName", fields.get("partnerName"))
                .put("RequestRefID", owned.reference());
    }

    @Override
    public Acknowledgement acknowledgement(JsonObject answer) {
        return new Acknowledgement(NAME, null, null, PENDING, answer.text("code"), answer.text("status"), null, null, null, null,
                null);
    }

    @Override
    public Outcome.Builder callback(JsonObject message) {
        String code = message.text("resultCode");
        if (code == null) {
            return null;
        }
        ResultCode row = CODES.ofCallback(code);
        String receipt = Receipts.real(message.text("transactionId"));
        Outcome.Builder outcome = Outcome.builder()
                .operation(NAME)
                .code(row)
                .resultDescription(message.text("resultDesc"))
                .receiptNumber(row.status() == COMPLETED ? receipt : null)
                .amount(message.decimal("amount"))
                .accountReference(message.text("paymentReference"))
                .conversationId(message.text("conversationID"))
                .details(message.toMap())
                .source(Source.CALLBACK);
        // a failure has no receipt: a message that names one contradicts itself
        return receipt != null && row.status() != COMPLETED ? outcome.status(PaymentStatus.UNKNOWN) : outcome;
    }
}
