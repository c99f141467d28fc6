package io.github.cameldaraja.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A tolerant view of one JSON object: names match whatever their case and blanks, numbers and strings are both text, and a
 * missing, null or empty value is null. Meaning is left to the API that reads.
 */
public final class JsonObject {

    /** The name of what has none. */
    static final String NAMELESS = "value";

    private final JsonNode node;

    JsonObject(JsonNode node) {
        this.node = node;
    }

    /** The names as they stand in the message. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    public boolean has(String name) {
        JsonNode found = find(name);
        return found != null && !found.isNull();
    }

    /** The scalar as text, numbers without exponent; null if missing, null, empty, an object or a list. */
    public String text(String name) {
        return text(find(name));
    }

    /** The scalar at the end of a path of names, separated by dots. */
    public String textAt(String path) {
        int dot = path.indexOf('.');
        return dot < 0 ? text(path) : object(path.substring(0, dot)).textAt(path.substring(dot + 1));
    }

    /** The scalar as an exact number; null if missing or not a number. */
    public BigDecimal decimal(String name) {
        return toDecimal(text(name));
    }

    /** The object of that name; an empty one if it is missing or no object, so that reading can go on. */
    public JsonObject object(String name) {
        JsonNode found = find(name);
        return new JsonObject(found != null && found.isObject() ? found : MissingNode.getInstance());
    }

    /** The objects of that name: a list of them, a single one, or none. */
    public List<JsonObject> objects(String name) {
        JsonNode found = find(name);
        List<JsonObject> objects = new ArrayList<>();
        if (found != null && found.isObject()) {
            objects.add(new JsonObject(found));
        } else if (found != null && found.isArray()) {
            for (JsonNode item : found) {
                if (item.isObject()) {
                    objects.add(new JsonObject(item));
                }
            }
        }
        return objects;
    }

    /**
     * The objects of that name however deep in lists, also where the lists are written as a text. What is no object stands in one of
     * its own, under {@link #NAMELESS}: it is not to be lost.
     *
     * @return null if it is no list or object, written as text or not; empty for {@code [[]]}
     */
    public List<JsonObject> nestedObjects(String name) {
        JsonNode found = find(name);
        JsonNode root = found != null && found.isTextual() ? Json.readTree(found.asText()) : found;
        if (root == null || !root.isContainerNode()) {
            return null;
        }
        List<JsonObject> objects = new ArrayList<>();
        collect(root, objects);
        return objects;
    }

    // the reader bounds the depth
    private static void collect(JsonNode node, List<JsonObject> objects) {
        if (node.isObject()) {
            objects.add(new JsonObject(node));
        } else if (node.isContainerNode()) {
            node.forEach(item -> collect(item, objects));
        } else if (!node.asText().isBlank() && !node.isNull()) {
            objects.add(new JsonObject(JsonNodeFactory.instance.objectNode().set(NAMELESS, node)));
        }
    }

    /** The whole object as a plain map, nothing renamed or dropped. */
    public Map<String, Object> toMap() {
        return node.isObject() ? Json.toMap(node) : Map.of();
    }

    /** All members but the one that is found under this name. */
    Map<String, Object> without(String name) {
        Map<String, Object> others = new LinkedHashMap<>(toMap());
        JsonNode found = find(name);
        names().stream().filter(member -> found != null && node.get(member) == found).forEach(others::remove);
        return others;
    }

    /**
     * Reads {@code [{Name, Value}]} lists into a map of text; a name without a value is kept with null, a repeated name becomes a
     * list, and a value that is a structure stays one.
     *
     * @param list the list's name
     * @param key  {@code Name} or {@code Key}
     */
    public Map<String, Object> pairs(String list, String key) {
        Map<String, Object> pairs = new LinkedHashMap<>();
        for (JsonObject item : objects(list)) {
            String name = item.text(key);
            if (name == null) {
                continue;
            }
            JsonNode found = item.find("Value");
            Object value = found != null && found.isContainerNode() ? Json.toPlain(found) : text(found);
            if (!pairs.containsKey(name)) {
                pairs.put(name, value);
            } else {
                List<Object> all = new ArrayList<>();
                Object earlier = pairs.get(name);
                if (earlier instanceof List<?> earlierList) {
                    all.addAll(earlierList);
                } else {
                    all.add(earlier);
                }
                all.add(value);
                pairs.put(name, all);
            }
        }
        return pairs;
    }

    /** Whether {@link #pairs} tells all that this object holds: it has no other member, and the list nothing but pairs. */
    boolean hasOnlyPairs(String list, String key) {
        JsonNode found = node.size() == 1 ? find(list) : null;
        if (found == null || !found.isContainerNode()) {
            return false;
        }
        for (JsonNode item : found.isArray() ? found : List.of(found)) {
            JsonObject pair = new JsonObject(item);
            int members = (pair.text(key) == null ? 0 : 1) + (pair.find("Value") == null ? 0 : 1);
            if (pair.text(key) == null || members != item.size()) {
                return false;
            }
        }
        return true;
    }

    static BigDecimal toDecimal(String text) {
        if (text == null || text.length() > 32) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(text.trim());
            return isReasonable(number) ? number : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    // 1E999999999 is a valid number, and a gigabyte when written out
    private static boolean isReasonable(BigDecimal number) {
        return Math.abs(number.scale()) <= 40;
    }

    private JsonNode find(String name) {
        JsonNode exact = node.get(name);
        if (exact != null) {
            return exact;
        }
        String wanted = fold(name);
        for (var fields = node.fields(); fields.hasNext();) {
            var field = fields.next();
            if (fold(field.getKey()).equals(wanted)) {
                return field.getValue();
            }
        }
        return null;
    }

    private static String fold(String name) {
        return name.replace(" ", "").toLowerCase(Locale.ROOT);
    }

    private static String text(JsonNode value) {
        if (value == null || value.isNull() || value.isContainerNode() || value.isMissingNode()) {
            return null;
        }
        if (value.isNumber()) {
            BigDecimal number = value.decimalValue();
            return isReasonable(number) ? number.toPlainString() : null;
        }
        String text = value.asText();
        return text.isBlank() ? null : text;
    }

    @Override
    public String toString() {
        // messages hold names and numbers of people
        return "JsonObject" + names();
    }
}
