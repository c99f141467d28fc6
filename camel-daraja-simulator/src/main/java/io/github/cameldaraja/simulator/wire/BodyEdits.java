package io.github.cameldaraja.simulator.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Changes that make a JSON text odd; immutable.
 *
 * <p>Fields are named as at the top, like {@code rescode}, or by a JSON pointer, like {@code /header/responseCode}.
 */
public final class BodyEdits {

    /** No changes. */
    public static final BodyEdits NONE = new BodyEdits(List.of());

    private final List<UnaryOperator<ObjectNode>> steps;

    private BodyEdits(List<UnaryOperator<ObjectNode>> steps) {
        this.steps = steps;
    }

    /** Gives a field another value, or adds it; JSON is kept as it is. */
    public BodyEdits set(String field, Object value) {
        JsonPointer pointer = pointer(field);
        JsonNode node = value instanceof JsonNode json ? json : JsonNodeFactory.instance.pojoNode(value);
        return and(body -> {
            if (body.at(pointer.head()) instanceof ObjectNode parent) {
                parent.set(pointer.last().getMatchingProperty(), node);
            }
            return body;
        });
    }

    /** Takes a field away. */
    public BodyEdits remove(String field) {
        JsonPointer pointer = pointer(field);
        return and(body -> {
            if (body.at(pointer.head()) instanceof ObjectNode parent) {
                parent.remove(pointer.last().getMatchingProperty());
            }
            return body;
        });
    }

    /** Turns the order of the fields around. */
    public BodyEdits reversed() {
        return and(BodyEdits::reverse);
    }

    /** The changed body. */
    public ObjectNode apply(ObjectNode body) {
        ObjectNode changed = body.deepCopy();
        for (UnaryOperator<ObjectNode> step : steps) {
            changed = step.apply(changed);
        }
        return changed;
    }

    private BodyEdits and(UnaryOperator<ObjectNode> step) {
        List<UnaryOperator<ObjectNode>> all = new ArrayList<>(steps);
        all.add(step);
        return new BodyEdits(List.copyOf(all));
    }

    private static JsonPointer pointer(String field) {
        return JsonPointer.compile(field.startsWith("/") ? field : "/" + field);
    }

    private static ObjectNode reverse(ObjectNode body) {
        List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(body.properties());
        ObjectNode turned = body.objectNode();
        for (int i = fields.size() - 1; i >= 0; i--) {
            turned.set(fields.get(i).getKey(), fields.get(i).getValue());
        }
        return turned;
    }
}
