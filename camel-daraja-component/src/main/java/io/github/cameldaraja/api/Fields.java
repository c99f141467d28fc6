package io.github.cameldaraja.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a caller asks for: valid values in the form of the wire, by the field's wire name. */
public final class Fields {

    private static final String MISSING = "set it in the body, as an option of the URI or, with requestHeaders=true, as a header";

    private final Map<String, Object> values;

    private Fields(Map<String, Object> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /**
     * Checks raw values against the fields of an API.
     *
     * @param raw values by the field's wire or option name in any case; names that are not the API's are refused
     * @throws InvalidFieldException naming field, rule and cure
     */
    public static Fields check(RequestApi api, Map<String, ?> raw) {
        Map<String, Object> given = new LinkedHashMap<>();
        raw.forEach((name, value) -> put("", given, api.field(name), value));
        Fields fields = new Fields(complete("", api.fields(), given, api instanceof PaymentApi payment && payment.paysOut()
                ? "set it in the body, or as an option of the URI" : MISSING));
        api.check(fields);
        return fields;
    }

    /**
     * The same for one object within a request.
     *
     * @param owner what it belongs to, for errors
     */
    static Fields check(String owner, List<Field> fields, Map<String, ?> raw) {
        Map<String, Object> given = new LinkedHashMap<>();
        raw.forEach((name, value) -> put(owner + ".", given, fields.stream().filter(field -> field.isCalled(name)).findFirst()
                .orElseThrow(() -> new InvalidFieldException(owner + "." + name, "is no field",
                        "its fields are " + String.join(", ", fields.stream().map(Field::name).toList()))), value));
        return new Fields(complete(owner + ".", fields, given, "set it"));
    }

    private static void put(String prefix, Map<String, Object> given, Field field, Object value) {
        if (value == null || value instanceof CharSequence text && text.toString().isBlank()) {
            return;
        }
        if (given.put(field.name(), field.rule().apply(prefix + field.name(), value)) != null) {
            throw new InvalidFieldException(prefix + field.name(), "is there twice, in two spellings", "leave one of them out");
        }
    }

    private static Map<String, Object> complete(String prefix, List<Field> fields, Map<String, Object> given, String cure) {
        // what an open API takes besides its own fields comes first, as the caller wrote it
        Map<String, Object> values = new LinkedHashMap<>(given);
        for (Field field : fields) {
            Object value = values.remove(field.name());
            if (value != null) {
                values.put(field.name(), value);
            } else if (field.required()) {
                throw new InvalidFieldException(prefix + field.name(), "is missing", cure);
            }
        }
        return values;
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** The text, or null. */
    public String get(String name) {
        Object value = values.get(name);
        return value == null || value instanceof JsonNode ? null : value.toString();
    }

    public String get(String name, String otherwise) {
        String value = get(name);
        return value == null ? otherwise : value;
    }

    /** The structure, or null. */
    public JsonNode json(String name) {
        return values.get(name) instanceof JsonNode node ? node : null;
    }

    /** Everything, in the order of the wire: text, and {@link JsonNode} for structures. */
    public Map<String, Object> toMap() {
        return values;
    }

    /** A copy with the value where none was given. */
    public Fields withDefault(String name, String value) {
        if (value == null || values.containsKey(name)) {
            return this;
        }
        Map<String, Object> copy = new LinkedHashMap<>(values);
        copy.put(name, value);
        return new Fields(copy);
    }

    /**
     * Stands for all that matters of a request, hexadecimal: two requests with the same fingerprint ask for the same.
     *
     * @param api whose descriptive fields do not matter
     */
    public String fingerprint(RequestApi api) {
        Map<String, Object> matters = new TreeMap<>(values);
        for (Field field : api.fields()) {
            if (field.descriptive()) {
                matters.remove(field.name());
            }
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(matters.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * A caller's value as text, numbers without exponent.
     *
     * @throws InvalidFieldException if it is neither text nor a number
     */
    public static String text(String name, Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof Double || value instanceof Float) {
            if (!Double.isFinite(((Number) value).doubleValue())) {
                throw new InvalidFieldException(name, "must be text or a number", "is a number without end");
            }
            return new BigDecimal(value.toString()).toPlainString();
        }
        if (value instanceof CharSequence || value instanceof Number || value instanceof Enum) {
            return value.toString();
        }
        throw new InvalidFieldException(name, "must be text or a number", "is a " + value.getClass().getSimpleName());
    }

    @Override
    public String toString() {
        return "Fields" + values.keySet();
    }
}
