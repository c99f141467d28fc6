package io.github.cameldaraja.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lets the sandbox play a customer who pays (Daraja: "Customer To Business", simulate; samples: c2b-simulate.request.paybill,
 * c2b-simulate.request.buygoods, c2b-simulate.response). What comes of it comes to the registered URLs, or not: the sandbox is
 * known to forget.
 */
public final class C2bSimulate implements AnswerApi<C2bSimulate.Answer> {

    /** The operation's name in URIs. */
    public static final String NAME = "c2bSimulate";

    /**
     * What the caller asks for.
     *
     * @param phoneNumber      who pays
     * @param amount           how much, in whole shillings
     * @param accountReference what the customer types as account number; for a till there must be none
     * @param commandId        what is paid, pay bill or till; null: the account's
     * @param version          of the API; null: {@code v2}
     */
    public record Request(String phoneNumber, BigDecimal amount, String accountReference, String commandId, String version) {

        @Override
        public String toString() {
            return "C2bSimulate.Request[" + amount + " from " + PhoneNumbers.mask(phoneNumber) + "]";
        }
    }

    /**
     * The answer: the sandbox has heard. Not a payment.
     *
     * @param originatorConversationId the gateway's id, or null
     * @param conversationId           M-Pesa's id in old answers, or null
     * @param code                     verbatim, or null from old answers
     * @param description              verbatim, or null
     * @param details                  the whole answer
     */
    public record Answer(String originatorConversationId, String conversationId, String code, String description,
                         Map<String, Object> details) implements DarajaAnswer {

        /** For logs: without details, in which anything may be. */
        @Override
        public String toString() {
            return "C2bSimulate.Answer[" + code + ", " + description + "]";
        }
    }

    private static final String VERSION = "version";
    private static final String COMMAND = "CommandID";
    private static final String REFERENCE = "BillRefNumber";

    private static final List<Field> FIELDS = List.of(
            Field.oneOf(VERSION, "v2", "v1"),
            Field.oneOf(COMMAND, StkPush.PAY_BILL, StkPush.BUY_GOODS).asRequired(),
            Field.shillings("Amount", 1, 250_000).asRequired(),
            Field.phone("Msisdn").called("phoneNumber").asRequired(),
            Field.freeText(REFERENCE, 1, 20).called("accountReference"));

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String path(Fields fields) {
        return "/mpesa/c2b/" + fields.get(VERSION, "v2") + "/simulate";
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    @Override
    public Set<String> owned() {
        return Set.of("ShortCode");
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.SHORT_CODE, Need.SANDBOX);
    }

    @Override
    public Map<String, String> defaults(Merchant merchant) {
        return Map.of(COMMAND, merchant.tillNumber() != null ? StkPush.BUY_GOODS : StkPush.PAY_BILL);
    }

    @Override
    public void check(Fields fields) {
        boolean till = StkPush.BUY_GOODS.equals(fields.get(COMMAND));
        if (till && fields.has(REFERENCE)) {
            throw new InvalidFieldException(REFERENCE, "must not be there for a till", "leave it out");
        }
        if (!till && !fields.has(REFERENCE)) {
            throw new InvalidFieldException(REFERENCE, "is missing", "write what the customer types as account number");
        }
    }

    @Override
    public SuccessRule success() {
        return new C2bAnswerRule();
    }

    @Override
    public ObjectNode request(Fields fields, Owned owned) {
        // types as in the portal's sample: numbers, and null where a till has no reference
        return JsonNodeFactory.instance.objectNode()
                .put("ShortCode", Long.parseLong(owned.merchant().shortCode()))
                .put(COMMAND, fields.get(COMMAND))
                .put("Amount", Long.parseLong(fields.get("Amount")))
                .put("Msisdn", Long.parseLong(fields.get("Msisdn")))
                .put(REFERENCE, fields.get(REFERENCE));
    }

    @Override
    public Answer answer(Fields asked, JsonObject answer) {
        return new Answer(answer.text("OriginatorCoversationID"), answer.text("ConversationID"), answer.text("ResponseCode"),
                answer.text("ResponseDescription"), answer.toMap());
    }
}
