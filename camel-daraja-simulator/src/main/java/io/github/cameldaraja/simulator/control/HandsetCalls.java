package io.github.cameldaraja.simulator.control;

import com.fasterxml.jackson.databind.node.ArrayNode;

import io.github.cameldaraja.simulator.Handset;
import io.github.cameldaraja.simulator.Prompt;
import io.github.cameldaraja.simulator.wire.ControlPaths;
import io.github.cameldaraja.simulator.wire.Json;
import io.github.cameldaraja.simulator.wire.Times;

/**
 * Shows and answers prompts.
 */
public final class HandsetCalls {

    private static final String ID = "id";

    private final Handset handset;
    private final Json json;

    public HandsetCalls(Handset handset, Json json) {
        this.handset = handset;
        this.json = json;
    }

    /** Names its calls. */
    public void mount(ControlPaths paths) {
        paths.get("/prompts", call -> prompts());
        paths.post("/prompts/:id/pin", call -> {
            handset.enterPin(call.parameter(ID), call.body().path("pin").asText());
            return paths.done();
        });
        paths.post("/prompts/:id/cancel", call -> {
            handset.cancel(call.parameter(ID));
            return paths.done();
        });
    }

    private ArrayNode prompts() {
        ArrayNode list = json.array();
        for (Prompt prompt : handset.prompts()) {
            list.addObject()
                    .put("checkoutRequestId", prompt.checkoutRequestId())
                    .put("phone", prompt.phone())
                    .put("payTo", prompt.payTo())
                    .put("amount", prompt.amount())
                    .put("accountReference", prompt.accountReference())
                    .put("shownAt", Times.iso(prompt.shownAt()))
                    .put("expiresAt", Times.iso(prompt.expiresAt()));
        }
        return list;
    }
}
