package io.github.cameldaraja.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reading and writing of JSON with the limits and number types that Daraja needs. */
public final class Json {

    /** More than any message of Daraja, and little enough to be harmless. */
    public static final int MAX_BYTES = 64 * 1024;

    /** A thousand invoices, which is the most that one request may have (Daraja: "Bill Manager"). */
    public static final int MAX_LIST_BYTES = 4 * 1024 * 1024;

    // decimals stay decimals: an amount must never pass through floating point
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(32).maxNumberLength(100).maxStringLength(MAX_BYTES).build())
                    .build())
            .addModule(new JavaTimeModule())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .defaultPropertyInclusion(JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();
    private static final ObjectReader READER = MAPPER.readerFor(JsonNode.class);
    private static final ObjectWriter WRITER = MAPPER.writer();
    private static final ObjectWriter LINES = MAPPER.writerWithDefaultPrettyPrinter();

    private Json() {
    }

    /**
     * The object in the text, or null if it holds no JSON object.
     *
     * @param text UTF-8
     */
    public static JsonObject readObject(byte[] text) {
        try {
            JsonNode node = READER.readTree(text);
            return node != null && node.isObject() ? new JsonObject(node) : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** The tree in the text, or null if it is no JSON. */
    static JsonNode readTree(String text) {
        try {
            return READER.readTree(text);
        } catch (IOException e) {
            return null;
        }
    }

    /** The object of a record, map or node. */
    public static JsonObject toObject(Object value) {
        return new JsonObject(MAPPER.valueToTree(value));
    }

    /** The object that a map, a node or a JSON text holds; null if it holds none. */
    static JsonObject objectIn(Object value) {
        try {
            JsonNode node = value instanceof CharSequence text ? readTree(text.toString())
                    : value instanceof Map || value instanceof JsonNode ? toNode(value) : null;
            return node != null && node.isObject() ? new JsonObject(node) : null;
        } catch (IllegalArgumentException e) {
            // a map of things that are no JSON
            return null;
        }
    }

    /** The value as a tree, a node as it is. */
    static JsonNode toNode(Object value) {
        return value instanceof JsonNode node ? node : MAPPER.valueToTree(value);
    }

    /** The tree as maps, lists and scalars. */
    static Object toPlain(JsonNode node) {
        return MAPPER.convertValue(node, Object.class);
    }

    /** The array in the text as a plain list, or null if it holds none. */
    public static List<?> readList(byte[] text) {
        try {
            JsonNode node = READER.readTree(text);
            return node != null && node.isArray() ? (List<?>) toPlain(node) : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** A list of records, maps or objects, or a single one, as maps; null if it is anything else. */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> toObjects(Object value) {
        JsonNode node = toNode(value);
        List<Map<String, Object>> objects = new ArrayList<>();
        for (JsonNode item : node.isArray() ? node : List.of(node)) {
            if (!item.isObject()) {
                return null;
            }
            objects.add(MAPPER.convertValue(item, Map.class));
        }
        return objects;
    }

    public static byte[] write(Object value) {
        return write(WRITER, value);
    }

    /** For people: a line for each field. */
    public static byte[] writeLines(Object value) {
        return write(LINES, value);
    }

    private static byte[] write(ObjectWriter writer, Object value) {
        try {
            return writer.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + value.getClass().getName(), e);
        }
    }

    /** The value as a plain map of JSON's own types. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> toMap(Object value) {
        return MAPPER.convertValue(value, Map.class);
    }
}
