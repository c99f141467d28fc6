package io.github.cameldaraja.simulator.results;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * Keys with values: the parameters of a result, or its references.
 */
public final class Items {

    private record Item(String key, JsonNode value) {
    }

    private final String container;
    private final String member;
    private final List<Item> items = new ArrayList<>();
    private boolean single;

    Items(String container, String member) {
        this.container = container;
        this.member = member;
    }

    Items text(String key, String value) {
        return add(key, TextNode.valueOf(value));
    }

    Items number(String key, long value) {
        return add(key, LongNode.valueOf(value));
    }

    Items number(String key, BigDecimal value) {
        return add(key, DecimalNode.valueOf(value));
    }

    /** A key without value. */
    Items empty(String key) {
        return add(key, null);
    }

    /** A text, or a key without value if it is empty. */
    Items textOrEmpty(String key, String value) {
        return value == null || value.isEmpty() ? empty(key) : text(key, value);
    }

    /** Gives a key another value, null for none, or appends it. */
    public void put(String key, JsonNode value) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).key().equals(key)) {
                items.set(i, new Item(key, value));
                return;
            }
        }
        add(key, value);
    }

    /** Leaves a key out. */
    public void remove(String key) {
        items.removeIf(item -> item.key().equals(key));
    }

    /** Leaves everything out. */
    public void clear() {
        items.clear();
    }

    /** Turns the order round. */
    public void reverse() {
        Collections.reverse(items);
    }

    /** Only the first, as one object instead of a list. */
    public void single() {
        single = true;
    }

    /** A list, also of one. */
    public void list() {
        single = false;
    }

    /** Turns numbers into texts. */
    public void numbersAsTexts() {
        items.replaceAll(item -> item.value() == null || !item.value().isNumber()
                ? item
                : new Item(item.key(), TextNode.valueOf(item.value().asText())));
    }

    void write(ObjectNode result) {
        if (items.isEmpty()) {
            return;
        }
        ObjectNode holder = result.putObject(container);
        if (single) {
            write(items.get(0), holder.putObject(member));
        } else {
            ArrayNode list = holder.putArray(member);
            items.forEach(item -> write(item, list.addObject()));
        }
    }

    private static void write(Item item, ObjectNode target) {
        target.put("Key", item.key());
        if (item.value() != null) {
            target.set("Value", item.value());
        }
    }

    private Items add(String key, JsonNode value) {
        items.add(new Item(key, value));
        return this;
    }
}
