package io.github.cameldaraja.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Registers where C2B validations and confirmations of a short code go (Daraja: "Customer To Business Register URL"; samples:
 * c2b-register.request, c2b-register.response, c2b-register.v1.response).
 *
 * <p>In production once for all: a second registration changes nothing and is answered with {@link Answer#alreadyRegistered()}.
 * The version matters later: confirmations of v2 mask the customer's number, those of v1 hash it.
 */
public final class C2bRegister implements AnswerApi<C2bRegister.Answer> {

    /** The operation's name in URIs. */
    public static final String NAME = "c2bRegister";

    /**
     * What the caller asks for.
     *
     * @param responseType what M-Pesa does when nobody answers a validation; null: {@code Completed}
     * @param version      of the API, whichever product the app has; null: {@code v2}
     */
    public record Request(String responseType, String version) {
    }

    /**
     * The answer.
     *
     * @param originatorConversationId the gateway's id, or null
     * @param code                     verbatim: {@code 0}, the error's if URLs were registered before; null in old answers
     * @param description              verbatim, or null
     * @param alreadyRegistered        nothing changed, because URLs are registered; Safaricom does not say which
     * @param details                  the whole answer
     */
    public record Answer(String originatorConversationId, String code, String description, boolean alreadyRegistered,
                         Map<String, Object> details) implements DarajaAnswer {

        /** For logs: without details, in which anything may be. */
        @Override
        public String toString() {
            return "C2bRegister.Answer[" + code + ", " + description + "]";
        }
    }

    private static final String VERSION = "version";
    private static final String RESPONSE_TYPE = "ResponseType";
    private static final String ERROR_CODE = "500.003.1001";
    private static final String ALREADY_REGISTERED = "urls are already registered";

    private static final List<Field> FIELDS = List.of(
            Field.oneOf(VERSION, "v2", "v1"),
            Field.oneOf(RESPONSE_TYPE, "Completed", "Cancelled"));

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String path(Fields fields) {
        return "/mpesa/c2b/" + fields.get(VERSION, "v2") + "/registerurl";
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    @Override
    public Set<String> owned() {
        return Set.of("ShortCode", "ConfirmationURL", "ValidationURL");
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
        return new C2bAnswerRule();
    }

    @Override
    public ObjectNode request(Fields fields, Owned owned) {
        // Completed: a validation that we miss must not turn a customer's payment away
        return JsonNodeFactory.instance.objectNode()
                .put("ShortCode", owned.merchant().shortCode())
                .put(RESPONSE_TYPE, fields.get(RESPONSE_TYPE, "Completed"))
                .put("ConfirmationURL", owned.registeredUrl(RegisteredUrl.C2B_CONFIRMATION))
                .put("ValidationURL", owned.registeredUrl(RegisteredUrl.C2B_VALIDATION));
    }

    @Override
    public Answer answer(Fields asked, JsonObject answer) {
        return new Answer(answer.text("OriginatorCoversationID"), answer.text("ResponseCode"), answer.text("ResponseDescription"),
                false, answer.toMap());
    }

    @Override
    public Optional<Answer> answer(ErrorDetails error) {
        String text = error.errorMessage() == null ? "" : error.errorMessage().trim().toLowerCase(Locale.ROOT);
        if (!ERROR_CODE.equals(error.errorCode()) || !text.startsWith(ALREADY_REGISTERED)) {
            return Optional.empty();
        }
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("requestId", error.requestId());
        details.put("errorCode", error.errorCode());
        details.put("errorMessage", error.errorMessage());
        return Optional.of(new Answer(null, error.errorCode(), error.errorMessage(), true, details));
    }
}
