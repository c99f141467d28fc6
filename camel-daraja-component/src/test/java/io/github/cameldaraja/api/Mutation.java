package io.github.cameldaraja.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Rewrites a message in the ways in which messages were seen to differ without meaning anything else. */
final class Mutation {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Random random;
    private final boolean anyCase;

    Mutation(long seed) {
        this.random = new Random(seed);
        this.anyCase = random.nextInt(3) == 0;
    }

    JsonNode of(JsonNode node) {
        if (node.isObject()) {
            return object(node);
        }
        if (node.isArray()) {
            return array(node);
        }
        return scalar(node);
    }

    // members in another order, names in another case and with blanks, fields that nobody knows
    private JsonNode object(JsonNode node) {
        List<Map.Entry<String, JsonNode>> members = new ArrayList<>();
        node.fields().forEachRemaining(members::add);
        if (random.nextInt(3) == 0) {
            members.add(Map.entry("new-" + random.nextInt(1000), any()));
        }
        Collections.shuffle(members, random);
        ObjectNode object = NODES.objectNode();
        members.forEach(member -> object.set(name(member.getKey()), of(member.getValue())));
        return object;
    }

    // a list of one without its list, and further pairs, also such as have no value
    private JsonNode array(JsonNode node) {
        List<JsonNode> items = new ArrayList<>();
        node.forEach(item -> items.add(of(item)));
        boolean pairs = node.size() > 0 && node.get(0).size() <= 2 && (node.get(0).has("Name") || node.get(0).has("Key")
                || node.get(0).has("name"));
        if (pairs && random.nextInt(3) == 0) {
            String key = node.get(0).fieldNames().next();
            ObjectNode item = NODES.objectNode().put(name(key), "New" + random.nextInt(1000));
            items.add(random.nextBoolean() ? item : item.set(name("Value"), any()));
        }
        if (pairs && !hasRepeats(node)) {
            Collections.shuffle(items, random);
        }
        if (pairs && items.size() == 1 && random.nextBoolean()) {
            return items.get(0);
        }
        ArrayNode array = NODES.arrayNode();
        return array.addAll(items);
    }

    private static boolean hasRepeats(JsonNode node) {
        return node.findValuesAsText("Key").stream().distinct().count() < node.findValuesAsText("Key").size();
    }

    // a number as text, a text of digits as number
    private JsonNode scalar(JsonNode node) {
        if (random.nextInt(3) > 0) {
            return node;
        }
        if (node.isNumber()) {
            return new TextNode(node.decimalValue().toPlainString());
        }
        if (node.isTextual() && node.asText().matches("0|[1-9][0-9]{0,15}")) {
            return new BigIntegerNode(new BigInteger(node.asText()));
        }
        return node.isNull() || node.isTextual() && node.asText().isEmpty()
                ? random.nextBoolean() ? NODES.nullNode() : NODES.textNode("") : node;
    }

    private JsonNode any() {
        return switch (random.nextInt(6)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.numberNode(random.nextInt(100_000));
            case 2 -> NODES.objectNode().put("deep", "deep-" + random.nextInt(1000));
            case 3 -> NODES.arrayNode().add("in-a-list-" + random.nextInt(1000));
            case 4 -> NODES.booleanNode(true);
            default -> NODES.textNode("said-" + random.nextInt(1000));
        };
    }

    private String name(String name) {
        if (!anyCase) {
            return name;
        }
        return switch (random.nextInt(4)) {
            case 0 -> name.toLowerCase(Locale.ROOT);
            case 1 -> name.toUpperCase(Locale.ROOT);
            case 2 -> name.charAt(0) + " " + name.substring(1);
            default -> name;
        };
    }
}
