package io.github.cameldaraja.simulator.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
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

    /** The fields of an object inside a body. */
    public static Fields of(ObjectNode body, boolean strict, FieldRefusal refusal) {
        return new Fields(body, strict, refusal);
    }

    /** The body of a request; another content type looks like a missing first field, as at Safaricom. */
    public static Fields of(Exchange exchange, String firstField, boolean strict, Json json, FieldRefusal refusal) {
        checkContentType(exchange, firstField, refusal);
        ObjectNode body = json.readObject(exchange.body());
        if (body == null) {
            throw new Refused(refusal.unreadable());
        }
        return new Fields(body, strict, refusal);
    }

    /** The objects of a body that is an array; an empty one is refused. */
    public static List<Fields> listOf(Exchange exchange, String firstField, boolean strict, Json json,
            FieldRefusal refusal) {
        checkContentType(exchange, firstField, refusal);
        if (!(json.read(exchange.body()) instanceof ArrayNode array) || array.isEmpty()) {
            throw new Refused(refusal.unreadable());
        }
        List<Fields> list = new ArrayList<>();
        for (JsonNode element : array) {
            if (!(element instanceof ObjectNode object)) {
                throw new Refused(refusal.unreadable());
            }
            list.add(new Fields(object, strict, refusal));
        }
        return list;
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

    private static void checkContentType(Exchange exchange, String firstField, FieldRefusal refusal) {
        String type = exchange.header("Content-Type");
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw new Refused(refusal.invalid(firstField));
        }
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
