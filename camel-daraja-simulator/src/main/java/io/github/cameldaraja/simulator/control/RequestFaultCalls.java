package io.github.cameldaraja.simulator.control;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.RequestFault;
import io.github.cameldaraja.simulator.wire.ControlPaths;
import io.github.cameldaraja.simulator.wire.Values;

/**
 * Lets requests of an API fail: {@code {"call": "…", "fault": "…"}} or {@code {"call": "…", "error": {…}}}.
 */
final class RequestFaultCalls {

    /** Queues an error envelope. */
    interface Errors {
        void next(int status, String code, String message);
    }

    private record Target(Consumer<RequestFault> faults, Errors errors) {
    }

    private final Map<String, Target> targets = new TreeMap<>();

    RequestFaultCalls call(String name, Consumer<RequestFault> faults, Errors errors) {
        targets.put(name, new Target(faults, errors));
        return this;
    }

    void mount(ControlPaths paths, String path) {
        paths.post(path, call -> {
            write(call.body());
            return paths.done();
        });
    }

    private void write(ObjectNode body) {
        Target target = targets.get(body.path("call").asText());
        if (target == null) {
            throw new IllegalArgumentException("no such call; known are " + String.join(", ", targets.keySet()));
        }
        JsonNode error = body.path("error");
        if (error.isObject()) {
            target.errors().next(Values.status(error), error.path("errorCode").asText(),
                    error.path("errorMessage").asText());
        } else {
            target.faults().accept(Values.name(RequestFault.class, body.path("fault").asText()));
        }
    }
}
