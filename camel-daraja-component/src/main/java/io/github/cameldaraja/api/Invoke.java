package io.github.cameldaraja.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Any other path of Daraja's: the body goes out as it is, with token and error handling as for the rest, and the answer comes
 * back as it is.
 *
 * <p>The component does not know what it says, so it may move money: it is never repeated when its fate is unknown, and whether
 * an answer with HTTP 200 is a success is the caller's to judge. Of the body's members only those without a value are left out.
 */
public final class Invoke implements AnswerApi<Invoke.Answer> {

    /** The operation's name in URIs. */
    public static final String NAME = "invoke";

    /**
     * What Daraja answered.
     *
     * @param details the whole answer, verbatim
     */
    public record Answer(Map<String, Object> details) implements DarajaAnswer {

        @Override
        public String toString() {
            // names and numbers of people may be in it
            return "Invoke.Answer" + details.keySet();
        }
    }

    private static final String PATH = "path";
    // no escapes, so that nothing can hide behind them
    private static final Pattern PLAIN = Pattern.compile("(/[A-Za-z0-9_~.-]+)+/?([?][A-Za-z0-9_~.=&%+:,-]*)?");
    private static final Pattern DOTS = Pattern.compile("/[.]{1,2}(/|[?]|$)");
    private static final Pattern TOKEN_CALL = Pattern.compile("/oauth(/|[?]|$)");

    private static final Field PATH_FIELD = Field.of(PATH, "a path below baseUrl that begins with a slash", Invoke::path).asRequired();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String path(Fields fields) {
        return fields.get(PATH);
    }

    @Override
    public List<Field> fields() {
        return List.of(PATH_FIELD);
    }

    /** Every name is a field: the body is the caller's. */
    @Override
    public Field field(String name) {
        return PATH_FIELD.isCalled(name) ? PATH_FIELD : Field.json(name);
    }

    @Override
    public ObjectNode request(Fields fields, Owned owned) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        fields.toMap().forEach((name, value) -> {
            if (!name.equals(PATH)) {
                body.set(name, (JsonNode) value);
            }
        });
        return body;
    }

    @Override
    public SuccessRule success() {
        return SuccessRule.ANY_OBJECT;
    }

    @Override
    public Answer answer(Fields asked, JsonObject answer) {
        return new Answer(answer.toMap());
    }

    private static String path(String field, String text) {
        String path = text.trim();
        if (!PLAIN.matcher(path).matches() || DOTS.matcher(path).find()) {
            throw new InvalidFieldException(field, "must be a path below baseUrl, without dots that lead elsewhere",
                    "write it as /mpesa/…");
        }
        if (TOKEN_CALL.matcher(path.toLowerCase(Locale.ROOT)).lookingAt()) {
            throw new InvalidFieldException(field, "must not be the token call", "the component fetches tokens by itself");
        }
        return path;
    }
}
