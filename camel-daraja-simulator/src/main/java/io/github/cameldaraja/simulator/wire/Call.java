package io.github.cameldaraja.simulator.wire;

import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A call of the simulator's own API.
 *
 * @param body       empty if there was none
 * @param parameters the parts of the path that were written as {@code :name}
 */
public record Call(ObjectNode body, Map<String, String> parameters) {

    /** A part of the path. */
    public String parameter(String name) {
        return parameters.get(name);
    }
}
