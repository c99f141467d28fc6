package io.github.cameldaraja.simulator.control;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Reads a script from JSON whose names are those of the script's methods.
 */
final class ScriptFields<S> {

    private final Map<String, BiFunction<S, JsonNode, S>> steps = new TreeMap<>();

    /** A method with one parameter. */
    ScriptFields<S> step(String name, BiFunction<S, JsonNode, S> step) {
        steps.put(name, step);
        return this;
    }

    /** A method without parameters, {@code true} in JSON. */
    ScriptFields<S> flag(String name, UnaryOperator<S> step) {
        return step(name, (script, value) -> value.asBoolean() ? step.apply(script) : script);
    }

    /** The script in an object, without looking at the names to be ignored; refuses unknown names. */
    S read(S usual, ObjectNode json, Set<String> ignored) {
        S script = usual;
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            if (ignored.contains(field.getKey())) {
                continue;
            }
            BiFunction<S, JsonNode, S> step = steps.get(field.getKey());
            if (step == null) {
                throw new IllegalArgumentException(
                        "unknown: " + field.getKey() + "; known are " + String.join(", ", steps.keySet()));
            }
            script = step.apply(script, field.getValue());
        }
        return script;
    }
}
