package io.github.cameldaraja.simulator.iot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.IotMessage;
import io.github.cameldaraja.simulator.IotSim;
import io.github.cameldaraja.simulator.wire.ControlPaths;
import io.github.cameldaraja.simulator.wire.Json;
import io.github.cameldaraja.simulator.wire.Times;

/**
 * Shows and fills the inventory over the control API.
 */
final class IotControl {

    private final Inventory inventory;
    private final Outbox outbox;
    private final Json json;

    IotControl(Inventory inventory, Outbox outbox, Json json) {
        this.inventory = inventory;
        this.outbox = outbox;
        this.json = json;
    }

    void mount(ControlPaths paths) {
        paths.get("/iot", call -> view());
        paths.post("/iot/sims", call -> {
            add(call.body());
            return paths.done();
        });
        paths.post("/iot/foreign-groups", call -> {
            inventory.foreign(text(call.body(), "vpnGroup"));
            return paths.done();
        });
        paths.post("/iot/forbidden-users", call -> {
            inventory.forbid(text(call.body(), "username"));
            return paths.done();
        });
    }

    private void add(ObjectNode body) {
        String msisdn = text(body, "msisdn");
        if (!Access.isMsisdn(msisdn)) {
            throw new IllegalArgumentException("not twelve digits beginning with 3: " + msisdn);
        }
        inventory.keep(new IotSim(Access.plain(msisdn), body.path("vpnGroup").asText(Inventory.OWN_GROUP),
                body.path("assetName").asText("Machine"), body.path("status").asText(IotSim.IDLE), "-"));
    }

    private ObjectNode view() {
        ObjectNode view = json.object();
        ArrayNode sims = view.putArray("sims");
        for (IotSim sim : inventory.all()) {
            sims.addObject().put("msisdn", sim.msisdn()).put("vpnGroup", sim.vpnGroup())
                    .put("assetName", sim.assetName()).put("status", sim.status());
        }
        ArrayNode messages = view.putArray("messages");
        for (IotMessage message : outbox.all()) {
            messages.addObject().put("id", message.id()).put("msisdn", message.msisdn()).put("text", message.text())
                    .put("sent", Times.iso(message.sent()))
                    .put("delivered", message.delivered() == null ? null : Times.iso(message.delivered()));
        }
        return view;
    }

    private static String text(ObjectNode body, String name) {
        String text = body.path(name).asText();
        if (text.isBlank()) {
            throw new IllegalArgumentException("missing: " + name);
        }
        return text;
    }
}
