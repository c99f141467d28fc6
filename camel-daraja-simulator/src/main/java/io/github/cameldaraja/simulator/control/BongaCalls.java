package io.github.cameldaraja.simulator.control;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.Bonga;
import io.github.cameldaraja.simulator.wire.Call;
import io.github.cameldaraja.simulator.wire.ControlPaths;
import io.github.cameldaraja.simulator.wire.Json;
import io.github.cameldaraja.simulator.wire.Values;

/**
 * Gives points and says how redemptions end.
 */
public final class BongaCalls {

    private static final String PHONE = "phone";
    private static final String POINTS = "points";

    private final Bonga bonga;
    private final Json json;

    public BongaCalls(Bonga bonga, Json json) {
        this.bonga = bonga;
        this.json = json;
    }

    /** Names its calls. */
    public void mount(ControlPaths paths) {
        paths.post("/bonga/points", this::points);
        paths.post("/bonga/outcomes", call -> {
            bonga.nextRedemption(call.body().path("result").asText("0"));
            return paths.done();
        });
        new RequestFaultCalls()
                .call("calculate", bonga::nextCalculation, bonga::nextCalculationError)
                .call("redeem", bonga::nextRedemption, bonga::nextRedemptionError)
                .mount(paths, "/bonga/faults");
    }

    /** Shows the points of a customer, after giving others if some are named. */
    private ObjectNode points(Call call) {
        String phone = call.body().path(PHONE).asText();
        if (call.body().has(POINTS)) {
            bonga.points(phone, Values.whole(call, POINTS));
        }
        return json.object().put(PHONE, phone).put(POINTS, bonga.points(phone));
    }
}
