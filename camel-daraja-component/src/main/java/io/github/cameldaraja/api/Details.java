package io.github.cameldaraja.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Puts the parts of a message into one map without losing any of them. */
final class Details {

    private Details() {
    }

    /**
     * Adds what a part says. A name that means different things in two parts stands for the list of its values, the earlier one
     * first.
     */
    static void add(Map<String, Object> details, Map<String, Object> part) {
        part.forEach((name, value) -> {
            Object earlier = details.get(name);
            if (earlier == null) {
                details.put(name, value);
            } else if (value != null && !earlier.toString().equals(value.toString())) {
                List<Object> all = new ArrayList<>(earlier instanceof List<?> list ? list : List.of(earlier));
                all.addAll(value instanceof List<?> list ? list : List.of(value));
                details.put(name, all);
            }
        });
    }

    /**
     * Adds the pairs of a list that stands in an object of the message. The object itself stays in the details unless the pairs
     * are all that it has.
     *
     * @param holder the object's name
     * @param list   the list's name
     * @param key    {@code Name} or {@code Key}
     */
    static void addPairs(Map<String, Object> details, JsonObject message, String holder, String list, String key) {
        JsonObject pairs = message.object(holder);
        if (pairs.hasOnlyPairs(list, key)) {
            details.remove(holder);
        }
        add(details, pairs.pairs(list, key));
    }
}
