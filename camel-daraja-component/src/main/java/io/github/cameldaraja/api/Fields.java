package io.github.cameldaraja.api;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a caller asks for: valid values in the form of the wire, by the field's wire name. */
public final class Fields {

    private final Map<String, String> values;

    private Fields(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Checks raw values against the fields of an API.
     *
     * @param raw values by the field's wire name in any case; names that are not the API's are refused
     * @throws InvalidFieldException naming field, rule and cure
     */
    public static Fields check(DarajaApi api, Map<String, ?> raw) {
        Map<String, String> given = new LinkedHashMap<>();
        raw.forEach((name, value) -> {
            String text = value == null ? null : text(name, value);
            if (text != null && !text.isBlank()) {
                Field field = api.field(name);
                given.put(field.name(), field.rule().apply(field.name(), text));
            }
        });
        Map<String, String> values = new LinkedHashMap<>();
        for (Field field : api.fields()) {
            String value = given.get(field.name());
            if (value != null) {
                values.put(field.name(), value);
            } else if (field.required()) {
                throw new InvalidFieldException(field.name(), "is missing",
                        "set it in the body, as an option of the URI or, with requestHeaders=true, as a header");
            }
        }
        return new Fields(values);
    }

    /** The value, or null. */
    public String get(String name) {
        return values.get(name);
    }

    public String get(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    /** A copy with the value where none was given. */
    public Fields withDefault(String name, String value) {
        if (value == null || values.containsKey(name)) {
            return this;
        }
        Map<String, String> copy = new LinkedHashMap<>(values);
        copy.put(name, value);
        return new Fields(copy);
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
