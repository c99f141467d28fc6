package io.github.cameldaraja.simulator.control;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Reads a script step by step from the fields of an object.
 */
final class Steps<S> {

    private final Map<String, BiFunction<S, JsonNode, S>> steps = new TreeMap<>();

    /** A step that is taken if its field is true. */
    Steps<S> flag(String name, UnaryOperator<S> step) {
        return step(name, (script, value) -> value.asBoolean() ? step.apply(script) : script);
    }

    /** A step with a value. */
    Steps<S> step(String name, BiFunction<S, JsonNode, S> step) {
        steps.put(name, step);
        return this;
    }

    /** Takes the steps in the order in which they are written; refuses unknown names. */
    S read(S start, ObjectNode json, Set<String> ignored) {
        S script = start;
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            if (ignored.contains(field.getKey())) {
                continue;
            }
            BiFunction<S, JsonNode, S> step = steps.get(field.getKey());
            if (step == null) {
                throw new IllegalArgumentException("unknown: " + field.getKey() + "; known are "
                        + String.join(", ", ignored.stream().sorted().toList()) + ", "
                        + String.join(", ", steps.keySet()));
            }
            script = step.apply(script, field.getValue());
        }
        return script;
    }
}
