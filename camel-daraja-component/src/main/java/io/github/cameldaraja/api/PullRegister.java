package io.github.cameldaraja.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Opens the Pull API for a short code, once (Daraja: "Pull Transaction", register; samples: pull-register.request,
 * pull-register.response, pull-register.response.already-registered.spaced-keys).
 */
public final class PullRegister implements AnswerApi<PullRegister.Answer> {

    /** The operation's name in URIs. */
    public static final String NAME = "pullRegister";

    /**
     * What the caller asks for.
     *
     * @param nominatedNumber the phone number in the papers of the short code, any Kenyan form
     */
    public record Request(String nominatedNumber) {

        @Override
        public String toString() {
            return "PullRegister.Request[" + PhoneNumbers.mask(nominatedNumber) + "]";
        }
    }

    /**
     * The answer.
     *
     * @param requestId         the gateway's id, or null
     * @param code              verbatim: {@code 1000}, or {@code 1001} if it was open before
     * @param description       verbatim, or null
     * @param shortCode         as sent, or null
     * @param alreadyRegistered it was open before; nothing changed
     * @param details           the whole answer
     */
    public record Answer(String requestId, String code, String description, String shortCode, boolean alreadyRegistered,
                         Map<String, Object> details) implements DarajaAnswer {

        /** For logs: without details, in which anything may be. */
        @Override
        public String toString() {
            return "PullRegister.Answer[" + code + ", " + description + "]";
        }
    }

    private static final String NUMBER = "NominatedNumber";

    private static final List<Field> FIELDS = List.of(Field.localPhone(NUMBER).called("phoneNumber").asRequired());

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String path(Fields fields) {
        return "/pulltransactions/v1/register";
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    @Override
    public Set<String> owned() {
        return Set.of("ShortCode", "RequestType", "CallBackURL");
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.SHORT_CODE, Need.CALLBACKS, Need.REGISTERED_URLS);
    }

    /** Yes: a second one changes nothing. */
    @Override
    public boolean isRepeatable(Fields fields) {
        return true;
    }

    @Override
    public SuccessRule success() {
        return new PullAnswerRule();
    }

    @Override
    public ObjectNode request(Fields fields, Owned owned) {
        return JsonNodeFactory.instance.objectNode()
                .put("ShortCode", owned.merchant().shortCode())
                .put("RequestType", "Pull")
                .put(NUMBER, fields.get(NUMBER))
                .put("CallBackURL", owned.registeredUrl(RegisteredUrl.PULL));
    }

    @Override
    public Answer answer(Fields asked, JsonObject answer) {
        String code = PullAnswerRule.code(answer);
        return new Answer(PullAnswerRule.requestId(answer), code, PullAnswerRule.text(answer), answer.text("ShortCode"),
                PullAnswerRule.NOTHING.equals(code), answer.toMap());
    }
}
