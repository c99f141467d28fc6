package io.github.cameldaraja.simulator.control;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.SimulatedClock;
import io.github.cameldaraja.simulator.wire.ControlPaths;
import io.github.cameldaraja.simulator.wire.Json;
import io.github.cameldaraja.simulator.wire.Times;
import io.github.cameldaraja.simulator.wire.Values;

/**
 * Moves the time.
 */
public final class ClockCalls {

    private final SimulatedClock clock;
    private final Json json;

    public ClockCalls(SimulatedClock clock, Json json) {
        this.clock = clock;
        this.json = json;
    }

    /** Names its calls. */
    public void mount(ControlPaths paths) {
        paths.get("/clock", call -> now());
        paths.post("/clock/advance", call -> {
            clock.advance(Values.seconds(call.body().path("seconds")));
            return now();
        });
        paths.post("/clock/freeze", call -> {
            clock.freeze();
            return now();
        });
        paths.post("/clock/resume", call -> {
            clock.resume();
            return now();
        });
    }

    private ObjectNode now() {
        return json.object().put("now", Times.iso(clock.instant()));
    }
}
