package io.github.cameldaraja.examples.gateway;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import io.github.cameldaraja.api.PhoneNumbers;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads what clients ask for. What Safaricom's rules are the component knows, and says in the same words. */
final class Requests {

    /** What a client asks for: the component's fields, its own metadata, and a hash that stands for all of it. */
    record Request(Map<String, Object> fields, Map<String, String> metadata, String hash) {
    }

    private static final int MOST_BYTES = 16 * 1024;
    private static final String EXAMPLE = "send JSON such as {\"phone\": \"0722000001\", \"amount\": 250}";
    private static final JsonMapper JSON = JsonMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private Requests() {
    }

    /**
     * @param names what a field is called here, and what at the component
     * @throws ProblemException naming field, rule and cure
     */
    static Request read(byte[] body, Map<String, String> names) {
        if (body != null && body.length > MOST_BYTES) {
            throw new ProblemException(Problem.tooLarge(MOST_BYTES));
        }
        JsonNode json = tree(body);
        Map<String, Object> fields = new TreeMap<>();
        Map<String, String> metadata = new TreeMap<>();
        for (Iterator<Map.Entry<String, JsonNode>> all = json.fields(); all.hasNext();) {
            Map.Entry<String, JsonNode> field = all.next();
            if (field.getKey().equals("metadata")) {
                metadata.putAll(metadata(field.getValue()));
            } else if (!names.containsKey(field.getKey())) {
                throw invalid("body", "has a field that this request has not", "use phone, amount and what the OpenAPI document names");
            } else if (!field.getValue().isNull()) {
                fields.put(names.get(field.getKey()), value(field.getKey(), field.getValue()));
            }
        }
        String phone = names.get("phone");
        fields.computeIfPresent(phone, (name, text) -> PhoneNumbers.normalise("phone", text.toString()));
        return new Request(fields, metadata, hash(fields, metadata));
    }

    private static JsonNode tree(byte[] body) {
        try {
            JsonNode json = body == null ? null : JSON.readTree(body);
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            // no more is said of it, for it may quote what was sent
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        throw invalid("body", "is no JSON object", EXAMPLE);
    }

    private static Object value(String name, JsonNode value) {
        if (!List.of(JsonNodeType.STRING, JsonNodeType.NUMBER).contains(value.getNodeType())) {
            throw invalid(name, "is neither text nor a number", EXAMPLE);
        }
        return value.isNumber() ? value.decimalValue() : value.asText();
    }

    private static Map<String, String> metadata(JsonNode given) {
        if (!given.isObject()) {
            throw invalid("metadata", "is no JSON object", "send texts by name, such as {\"order\": \"A1\"}");
        }
        Map<String, String> metadata = new TreeMap<>();
        given.fields().forEachRemaining(entry -> {
            if (!entry.getValue().isTextual()) {
                throw invalid("metadata", "has a value that is no text", "send texts by name, such as {\"order\": \"A1\"}");
            }
            metadata.put(entry.getKey(), entry.getValue().asText());
        });
        return metadata;
    }

    // maps in order, numbers as they are meant: 250 and 250.0 are one
    private static String hash(Map<String, Object> fields, Map<String, String> metadata) {
        Map<String, String> plain = new TreeMap<>();
        fields.forEach((name, value) -> plain.put(name, value instanceof BigDecimal number
                ? number.stripTrailingZeros().toPlainString() : value.toString()));
        try {
            return HexFormat.of().formatHex(Tokens.hash(JSON.writeValueAsString(List.of(plain, metadata))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ProblemException invalid(String field, String rule, String cure) {
        return new ProblemException(Problem.invalid(field, rule, cure));
    }
}
