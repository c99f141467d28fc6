package io.github.cameldaraja.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

/**
 * Looks up when the SIM of a customer's number was swapped, before trusting it with money (Daraja: "Swap"; samples: imsi.request,
 * swap.response).
 */
public final class SimSwap implements AnswerApi<SimSwap.Answer> {

    /** The operation's name in URIs. */
    public static final String NAME = "simSwap";

    /**
     * What the caller asks for.
     *
     * @param phoneNumber whose number it is
     */
    public record Request(String phoneNumber) {

        @Override
        public String toString() {
            return "SimSwap.Request[" + PhoneNumbers.mask(phoneNumber) + "]";
        }
    }

    /**
     * What Daraja answered.
     *
     * @param code         {@code 200}
     * @param description  verbatim, or null
     * @param requestId    Daraja's, or null
     * @param lastSwap     when the SIM was swapped, midnight where only the day is said; null if none is named or its date
     *                     cannot be read
     * @param noRecentSwap whether Daraja says that there was no swap within three months; false also if it says nothing, so
     *                     only true is a reason to trust
     * @param details      the whole answer, verbatim
     */
    public record Answer(String code, String description, String requestId, OffsetDateTime lastSwap, boolean noRecentSwap,
                         Map<String, Object> details) implements DarajaAnswer {

        @Override
        public String toString() {
            return "SimSwap.Answer[" + code + ", last swap " + lastSwap + (noRecentSwap ? ", none recently]" : "]");
        }
    }

    private static final List<Field> FIELDS = List.of(Field.phone("customerNumber").called("phoneNumber").asRequired());

    private static final SuccessRule SUCCESS = SuccessRule.code("responseCode", "responseDesc", "200");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String path(Fields fields) {
        return "/imsi/v2/checkATI";
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    @Override
    public ObjectNode request(Fields fields, Owned owned) {
        return JsonNodeFactory.instance.objectNode().put("customerNumber", fields.get("customerNumber"));
    }

    @Override
    public boolean isRepeatable(Fields fields) {
        return true;
    }

    @Override
    public SuccessRule success() {
        return SUCCESS;
    }

    @Override
    public Answer answer(Fields asked, JsonObject answer) {
        SwapDate swap = SwapDate.of(answer.text("lastSwapDate"));
        return new Answer(answer.text("responseCode"), answer.text("responseDesc"), answer.text("requestRefID"), swap.at(),
                swap.noneRecently(), answer.toMap());
    }
}
