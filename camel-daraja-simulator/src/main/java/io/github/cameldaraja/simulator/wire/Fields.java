package io.github.cameldaraja.simulator.wire;

import java.util.Locale;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Reads the fields of a request body and refuses the first bad one by its name.
 */
public final class Fields {

    /** JSON type of a field in the portal's samples. */
    public enum Type {
        TEXT, NUMBER
    }

    private final ObjectNode body;
    private final boolean strict;
    private final FieldRefusal refusal;

    private Fields(ObjectNode body, boolean strict, FieldRefusal refusal) {
        this.body = body;
        this.strict = strict;
        this.refusal = refusal;
    }

    /** The body of a request; another content type looks like a missing first field, as at Safaricom. */
    public static Fields of(Exchange exchange, String firstField, boolean strict, Json json, FieldRefusal refusal) {
        String type = exchange.header("Content-Type");
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw new Refused(refusal.invalid(firstField));
        }
        ObjectNode body = json.readObject(exchange.body());
        if (body == null) {
            throw new Refused(refusal.unreadable());
        }
        return new Fields(body, strict, refusal);
    }

    /** The text of a field that must be there. */
    public String required(String name, Type type, Predicate<String> valid) {
        String text = text(name, type);
        if (text == null || text.isBlank() || !valid.test(text)) {
            throw new Refused(refusal.invalid(name));
        }
        return text;
    }

    /** An empty text if the field is missing. */
    public String optional(String name, Predicate<String> valid) {
        String text = text(name, Type.TEXT);
        if (text != null && !valid.test(text)) {
            throw new Refused(refusal.invalid(name));
        }
        return text == null ? "" : text;
    }

    /** The whole body, for what is not a plain field. */
    public ObjectNode body() {
        return body;
    }

    private String text(String name, Type type) {
        JsonNode node = body.get(name);
        if (node == null || node.isNull()) {
            return null;
        }
        boolean typeFits = type == Type.TEXT ? node.isTextual() : node.isNumber();
        if (!node.isTextual() && !node.isNumber() || strict && !typeFits) {
            throw new Refused(refusal.invalid(name));
        }
        return node.isTextual() ? node.textValue() : node.asText();
    }
}
