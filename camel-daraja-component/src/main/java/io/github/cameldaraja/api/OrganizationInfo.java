package io.github.cameldaraja.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks up the name behind a pay bill or till, before paying it (Daraja: "Query Org Info"; samples: org-info.request,
 * org-info.response).
 */
public final class OrganizationInfo implements AnswerApi<OrganizationInfo.Answer> {

    /** The operation's name in URIs. */
    public static final String NAME = "organizationInfo";

    /**
     * What the caller asks for.
     *
     * @param receiver     the pay bill or till
     * @param receiverType what it is
     */
    public record Request(String receiver, String receiverType) {
    }

    /**
     * What Daraja answered.
     *
     * @param code            verbatim; 4000 was seen for success where the tables say 0
     * @param description     verbatim
     * @param conversationId  M-Pesa's, or null
     * @param shortCode       as asked for, or null
     * @param name            the organisation's
     * @param chargeProfileId which tariff it has, or null
     * @param details         the whole answer, verbatim
     */
    public record Answer(String code, String description, String conversationId, String shortCode, String name,
                         String chargeProfileId, Map<String, Object> details) implements DarajaAnswer {

        @Override
        public String toString() {
            return "OrganizationInfo.Answer[" + shortCode + ", " + description + "]";
        }
    }

    private static final String PAY_BILL = "4";
    private static final String TILL = "2";
    private static final String SUCCESS = "Success";

    private static final List<Field> FIELDS = List.of(
            Field.of("IdentifierType", "paybill (4) or till (2)", OrganizationInfo::identifierType).called("receiverType").asRequired(),
            Field.digits("Identifier", 5, 9).called("receiver").asRequired());

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String path(Fields fields) {
        return "/sfcverify/v1/query/info";
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    @Override
    public ObjectNode request(Fields fields, Owned owned) {
        return JsonNodeFactory.instance.objectNode()
                .put("IdentifierType", fields.get("IdentifierType"))
                .put("Identifier", fields.get("Identifier"));
    }

    @Override
    public boolean isRepeatable(Fields fields) {
        return true;
    }

    @Override
    public SuccessRule success() {
        return OrganizationInfo::refusal;
    }

    @Override
    public Answer answer(Fields asked, JsonObject answer) {
        return new Answer(answer.text("ResponseCode"), answer.text("ResponseMessage"), answer.text("ConversationID"),
                answer.text("OrganizationShortCode"), answer.text("OrganizationName"), answer.text("ChargeProfileID"),
                answer.toMap());
    }

    // the code of success is 4000 in the sample and 0 in the tables; word and name together are what both have
    private static Optional<SuccessRule.Refusal> refusal(JsonObject answer, boolean movesMoney) {
        String word = answer.text("ResponseMessage");
        if (SUCCESS.equalsIgnoreCase(word) && answer.text("OrganizationName") != null) {
            return Optional.empty();
        }
        String text = answer.text("DetailedMessage");
        return Optional.of(new SuccessRule.Refusal(word == null ? ErrorKind.UNKNOWN : ErrorKind.REQUEST,
                answer.text("ResponseCode"), text == null ? word : text, "the answer names no organisation"));
    }

    private static String identifierType(String field, String text) {
        String word = text.trim();
        if (word.equalsIgnoreCase("paybill") || word.equals(PAY_BILL)) {
            return PAY_BILL;
        }
        if (word.equalsIgnoreCase("till") || word.equals(TILL)) {
            return TILL;
        }
        throw new InvalidFieldException(field, "must be paybill (4) or till (2)", "choose one of them");
    }
}
