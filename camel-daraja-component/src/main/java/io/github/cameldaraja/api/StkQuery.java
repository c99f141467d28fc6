package io.github.cameldaraja.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * M-Pesa Express query: asks what became of an STK push (Daraja: "M-Pesa Express Query").
 *
 * <p>The answer never names receipt, amount or phone. Pending has four disguises: code 4999, the errors "is being processed" and
 * "does not Exist" (also said of payments that were concluded), and an error without text; an unknown code is pending too.
 */
public final class StkQuery implements QueryApi {

    /** The operation's name in URIs. */
    public static final String NAME = "stkQuery";

    /**
     * What the caller asks for.
     *
     * @param checkoutRequestId which push, as its acknowledgement named it
     */
    public record Request(String checkoutRequestId) {

        /** For logs: the id ends with the customer's phone number. */
        @Override
        public String toString() {
            return "StkQuery.Request[" + PhoneNumbers.maskEnd(checkoutRequestId) + "]";
        }
    }

    private static final String PENDING_ERROR = "500.001.1001";

    private static final List<Field> FIELDS =
            List.of(Field.of("CheckoutRequestID", "the id of an acknowledged push", StkQuery::checkoutRequestId).asRequired());

    private static final ResultCodes CODES = new StkPush().resultCodes();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String path(Fields fields) {
        return "/mpesa/stkpushquery/v1/query";
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    @Override
    public Set<String> owned() {
        return Set.of("BusinessShortCode", "Password", "Timestamp");
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.SHORT_CODE, Need.PASSKEY);
    }

    @Override
    public ObjectNode request(Fields fields, Owned owned) {
        return JsonNodeFactory.instance.objectNode()
                .put("BusinessShortCode", owned.merchant().shortCode())
                .put("Password", owned.password())
                .put("Timestamp", owned.timestamp())
                .put("CheckoutRequestID", fields.get("CheckoutRequestID"));
    }

    @Override
    public Outcome.Builder answer(JsonObject answer) {
        String code = answer.text("ResultCode");
        Outcome.Builder outcome = Outcome.builder()
                .operation(StkPush.NAME)
                .resultDescription(answer.text("ResultDesc"))
                .merchantRequestId(answer.text("MerchantRequestID"))
                .checkoutRequestId(answer.text("CheckoutRequestID"))
                .details(answer.toMap())
                .source(Source.QUERY);
        // success is two codes: that of the question, and that of the payment
        return code == null || !CODES.isSuccess(answer.text("ResponseCode"))
                ? outcome.status(PaymentStatus.PENDING).resultCategory(ResultCategory.PENDING)
                : outcome.code(CODES.ofQuery(code));
    }

    @Override
    public boolean isAbout(Fields asked, JsonObject answer) {
        String named = answer.text("CheckoutRequestID");
        return named == null || named.equals(asked.get("CheckoutRequestID"));
    }

    @Override
    public boolean asksAboutPayments() {
        return true;
    }

    @Override
    public Map<String, String> about(PaymentIds ids) {
        return ids.checkoutRequestId() == null ? Map.of() : Map.of("CheckoutRequestID", ids.checkoutRequestId());
    }

    @Override
    public PaymentIds asksAbout(Fields asked) {
        return PaymentIds.checkout(asked.get("CheckoutRequestID"));
    }

    @Override
    public boolean isPending(ErrorDetails error) {
        if (!PENDING_ERROR.equals(error.errorCode())) {
            return false;
        }
        String message = error.errorMessage() == null ? "" : error.errorMessage().toLowerCase(Locale.ROOT);
        return message.isBlank() || message.contains("being processed") || message.contains("does not exist")
                && message.contains("transaction");
    }

    private static String checkoutRequestId(String field, String text) {
        String id = text.trim();
        if (!id.matches("[A-Za-z0-9_.-]{4,100}")) {
            throw new InvalidFieldException(field, "must be the id of an acknowledged push", "take it from the acknowledgement");
        }
        return id;
    }
}
