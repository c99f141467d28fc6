package io.github.cameldaraja.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;

/**
 * Safaricom asks for the name behind a bill account, to show it to the payer before he pays (Daraja: "C2B Hakikisha", known from
 * transcripts only). It asks at a path of its own choice, after fetching a token of ours.
 */
public final class C2bName implements ConsultationApi {

    /** The operation's name in URIs. */
    public static final String NAME = "c2bName";

    /**
     * The question.
     *
     * @param requestId     Safaricom's, or null; the reply repeats it
     * @param timestamp     as sent, or null; the reply repeats it
     * @param accountNumber what the customer typed, trimmed
     * @param shortCode     which he wants to pay, or null
     * @param details       the whole message
     */
    public record Question(String requestId, String timestamp, String accountNumber, String shortCode,
                           Map<String, Object> details) implements DarajaAnswer {

        /** For logs: no account number, people type their phone number there. */
        @Override
        public String toString() {
            return "C2bName.Question[" + requestId + " of " + shortCode + "]";
        }
    }

    /**
     * A route's answer.
     *
     * @param accountName whose account it is; null or blank: unknown
     */
    public record Reply(String accountName) {

        /** For logs: the name is hidden. */
        @Override
        public String toString() {
            return "C2bName.Reply[" + (accountName == null ? "nobody" : "…") + "]";
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public RegisteredUrl url() {
        return null;
    }

    @Override
    public Question question(JsonObject message) {
        String account = message.text("accountNumber");
        return account == null ? null : new Question(message.text("requestId"), message.text("timestamp"), account.trim(),
                message.text("shortcode"), message.toMap());
    }

    @Override
    public Outcome about(DarajaAnswer question) {
        return Outcome.builder().operation(NAME)
                .accountReference(question instanceof Question asked ? asked.accountNumber() : null).build();
    }

    /** {@inheritDoc} A text is the name; a map, or JSON as text, has it as {@code accountName} or {@code name}. */
    @Override
    public JsonNode reply(DarajaAnswer question, Object answer) {
        String name = accountName(answer);
        if (!(question instanceof Question asked) || name == null || name.isBlank()) {
            return null;
        }
        return JsonNodeFactory.instance.objectNode()
                .put("requestId", asked.requestId())
                .put("timestamp", asked.timestamp())
                .put("accountName", name.trim())
                .put("accountNumber", asked.accountNumber())
                .put("shortcode", asked.shortCode());
    }

    /** Nothing: a name cannot be made up. */
    @Override
    public JsonNode defaultReply(DarajaAnswer question, String word) {
        return null;
    }

    private static String accountName(Object answer) {
        if (answer instanceof Reply reply) {
            return reply.accountName();
        }
        JsonObject object = Json.objectIn(answer);
        if (object != null) {
            String name = object.text("accountName");
            return name == null ? object.text("name") : name;
        }
        return answer instanceof CharSequence text && !text.toString().trim().startsWith("{") ? text.toString() : null;
    }
}
