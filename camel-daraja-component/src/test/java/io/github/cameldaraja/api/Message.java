package io.github.cameldaraja.api;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A sample as a person reads it, without any of the code under test: what stands where.
 *
 * <p>A number is its value, whether it is written 1 or 1.00.
 *
 * <p>A place is a path of names as they are written, with dots between; {@code Item[Amount]} is the value of the pair of that
 * name, {@code Item[Name#2]} of its second one, a number an element of a list. Behind a bar stands the form: {@code trim},
 * {@code phone} (local or whole), {@code party} (number before a dash), or a pattern of a date. {@code =text} is the text
 * itself.
 */
final class Message {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    private static final ZoneOffset NAIROBI = ZoneOffset.ofHours(3);

    private final String name;
    private final byte[] bytes;
    private final JsonNode root;

    Message(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
        try {
            this.root = MAPPER.readTree(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    String name() {
        return name;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    JsonNode root() {
        return root;
    }

    /** The text at a place; null if there is none, or a blank one. */
    String text(String place) {
        if (place.startsWith("=")) {
            return place.substring(1);
        }
        int bar = place.indexOf('|');
        JsonNode node = node(bar < 0 ? place : place.substring(0, bar));
        String text = node == null || node.isNull() || node.isMissingNode() ? null : scalar(node);
        if (text == null || text.isBlank()) {
            return null;
        }
        return switch (bar < 0 ? "" : place.substring(bar + 1)) {
            case "trim" -> text.trim();
            case "phone" -> whole(text);
            case "party" -> whole(text.substring(0, text.indexOf('-')).trim());
            default -> text;
        };
    }

    private static String whole(String phone) {
        return phone.startsWith("0") ? "254" + phone.substring(1) : phone;
    }

    /** The time at a place, in the form behind its bar. */
    OffsetDateTime time(String place) {
        String text = text(place.substring(0, place.indexOf('|')));
        String form = place.substring(place.indexOf('|') + 1);
        if (form.equals("iso")) {
            return OffsetDateTime.parse(text).withOffsetSameInstant(NAIROBI);
        }
        DateTimeFormatter format = DateTimeFormatter.ofPattern(form);
        return form.contains("H") ? LocalDateTime.parse(text, format).atOffset(NAIROBI)
                : LocalDate.parse(text, format).atStartOfDay().atOffset(NAIROBI);
    }

    /** The node at a place, or null. */
    JsonNode node(String place) {
        JsonNode at = root;
        for (String step : place.isEmpty() ? new String[0] : place.split("[.](?![^\\[]*\\])")) {
            int bracket = step.indexOf('[');
            String member = bracket < 0 ? step : step.substring(0, bracket);
            at = at == null ? null : at.isArray() ? at.get(Integer.parseInt(member)) : at.get(member);
            if (bracket >= 0) {
                at = pair(at, step.substring(bracket + 1, step.length() - 1));
            }
        }
        return at;
    }

    private JsonNode pair(JsonNode list, String wanted) {
        int number = wanted.indexOf('#');
        String key = number < 0 ? wanted : wanted.substring(0, number);
        int left = number < 0 ? 1 : Integer.parseInt(wanted.substring(number + 1));
        for (JsonNode item : list == null ? List.<JsonNode>of() : list.isArray() ? list : List.of(list)) {
            if (key.equals(key(item)) && --left == 0) {
                return member(item, "value");
            }
        }
        return null;
    }

    /** Every scalar of the message: its values by its name, which for a pair is the one that the pair names. */
    Map<String, Set<String>> scalars() {
        Map<String, Set<String>> all = new LinkedHashMap<>();
        collect("", root, all);
        return all;
    }

    private static void collect(String name, JsonNode node, Map<String, Set<String>> all) {
        String key = key(node);
        if (key != null) {
            JsonNode value = member(node, "value");
            collect(key, value == null ? MissingNode.getInstance() : value, all);
        } else if (node.isArray()) {
            node.forEach(item -> collect(name, item, all));
        } else if (node.isObject()) {
            node.fields().forEachRemaining(field -> collect(field.getKey(), field.getValue(), all));
        } else {
            Set<String> values = all.computeIfAbsent(name, any -> new LinkedHashSet<>());
            String text = node.isNull() || node.isMissingNode() ? "" : scalar(node);
            if (!text.isBlank()) {
                values.add(text);
            }
        }
    }

    /** The same of what was made of a message: maps, lists and scalars. */
    static Map<String, Set<String>> scalars(Object made) {
        Map<String, Set<String>> all = new LinkedHashMap<>();
        collect("", (JsonNode) MAPPER.valueToTree(made), all);
        return all;
    }

    private static String key(JsonNode item) {
        JsonNode key = item.isObject() ? member(item, "key") : null;
        key = key == null && item.isObject() ? member(item, "name") : key;
        boolean isPair = key != null && key.isTextual()
                && (item.size() == 1 || item.size() == 2 && member(item, "value") != null);
        return isPair ? key.asText() : null;
    }

    private static JsonNode member(JsonNode item, String folded) {
        for (var fields = item.fields(); fields.hasNext();) {
            var field = fields.next();
            if (field.getKey().replace(" ", "").equalsIgnoreCase(folded)) {
                return field.getValue();
            }
        }
        return null;
    }

    private static String scalar(JsonNode node) {
        // 1E99999999 is a number, too, and a gigabyte when written out
        boolean isNumber = node.isNumber() && Math.abs(node.decimalValue().scale()) < 40;
        return isNumber ? node.decimalValue().toPlainString() : node.isValueNode() ? node.asText() : node.toString();
    }

    /** What {@code Name|KES|1.00|1.00|0.00|0.00&…} says, by the grammar of the reference, section 5.12. */
    static List<Balance> lines(String text) {
        List<Balance> balances = new ArrayList<>();
        for (String line : text.split("&")) {
            String[] column = line.split("[|]");
            balances.add(new Balance(column[0], column[1], new BigDecimal(column[2]), new BigDecimal(column[3]),
                    new BigDecimal(column[4]), new BigDecimal(column[5])));
        }
        return balances;
    }

    @Override
    public String toString() {
        return name;
    }
}
