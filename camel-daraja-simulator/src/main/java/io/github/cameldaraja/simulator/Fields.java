package io.github.cameldaraja.simulator;

import java.util.Locale;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Reads the fields of a request body and refuses the first bad one by its name.
 */
final class Fields {

    /** JSON type of a field in the portal's samples. */
    enum Type {
        TEXT, NUMBER
    }

    private final ObjectNode body;
    private final boolean strict;
    private final Answers answers;

    private Fields(ObjectNode body, boolean strict, Answers answers) {
        this.body = body;
        this.strict = strict;
        this.answers = answers;
    }

    /** The body of a request; another content type looks like a missing first field, as at Safaricom. */
    static Fields of(Exchange exchange, String firstField, boolean strict, Json json, Answers answers) {
        String type = exchange.header("Content-Type");
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw new Refused(answers.invalidField(firstField));
        }
        ObjectNode body = json.readObject(exchange.body());
        if (body == null) {
            throw new Refused(answers.error(400, "400.002.05", "Invalid Request Payload"));
        }
        return new Fields(body, strict, answers);
    }

    String required(String name, Type type, Predicate<String> valid) {
        String text = text(name, type);
        if (text == null || text.isBlank() || !valid.test(text)) {
            throw new Refused(answers.invalidField(name));
        }
        return text;
    }

    /** An empty text if the field is missing. */
    String optional(String name, Predicate<String> valid) {
        String text = text(name, Type.TEXT);
        if (text != null && !valid.test(text)) {
            throw new Refused(answers.invalidField(name));
        }
        return text == null ? "" : text;
    }

    private String text(String name, Type type) {
        JsonNode node = body.get(name);
        if (node == null || node.isNull()) {
            return null;
        }
        boolean typeFits = type == Type.TEXT ? node.isTextual() : node.isNumber();
        if (!node.isTextual() && !node.isNumber() || strict && !typeFits) {
            throw new Refused(answers.invalidField(name));
        }
        return node.isTextual() ? node.textValue() : node.asText();
    }
}
