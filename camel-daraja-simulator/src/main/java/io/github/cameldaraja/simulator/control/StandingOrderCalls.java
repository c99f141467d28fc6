package io.github.cameldaraja.simulator.control;

import java.util.Set;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.StandingOrder;
import io.github.cameldaraja.simulator.StandingOrderScript;
import io.github.cameldaraja.simulator.StandingOrders;
import io.github.cameldaraja.simulator.wire.ControlPaths;
import io.github.cameldaraja.simulator.wire.Json;
import io.github.cameldaraja.simulator.wire.Values;

/**
 * Shows standing orders and says what becomes of requests for them.
 */
public final class StandingOrderCalls {

    private static final String PHONE = "phone";
    private static final String RESULT = "result";
    private static final String NEVER_ANSWERS = "neverAnswers";
    private static final Set<String> NOT_STEPS = Set.of(PHONE, RESULT, NEVER_ANSWERS);

    private final StandingOrders orders;
    private final Json json;
    private final Steps<StandingOrderScript> steps = new Steps<StandingOrderScript>()
            .flag("lostCallback", StandingOrderScript::lostCallback)
            .flag("duplicateCallback", StandingOrderScript::duplicateCallback)
            .step("callbackTimes", (script, value) -> script.callbackTimes(Values.small(value)))
            .step("callbackAfter", (script, value) -> script.callbackAfter(Values.seconds(value)))
            .flag("callbackBeforeAnswer", StandingOrderScript::callbackBeforeAnswer)
            .step("contradicting", (script, value) -> script.contradicting(value.asText()))
            .step("contradictingFirst", (script, value) -> script.contradictingFirst(value.asText()))
            .flag("otherCase", StandingOrderScript::otherCase)
            .flag("swappedIds", StandingOrderScript::swappedIds)
            .flag("permuted", StandingOrderScript::permuted)
            .flag("withoutTransactionId", StandingOrderScript::withoutTransactionId)
            .step("callbackBody", (script, value) -> script.callbackBody(value.asText()));

    public StandingOrderCalls(StandingOrders orders, Json json) {
        this.orders = orders;
        this.json = json;
    }

    /** Names its calls. */
    public void mount(ControlPaths paths) {
        paths.get("/standing-orders", call -> all());
        paths.post("/standing-orders/scripts", call -> {
            script(call.body());
            return paths.done();
        });
        paths.post("/standing-orders/:id/cancel", call -> {
            orders.cancel(call.parameter("id"));
            return paths.done();
        });
        new RequestFaultCalls()
                .call("create", orders::nextRequest, orders::nextRequestError)
                .mount(paths, "/standing-orders/faults");
    }

    private void script(ObjectNode body) {
        StandingOrderScript start = body.path(NEVER_ANSWERS).asBoolean()
                ? StandingOrderScript.neverAnswers()
                : StandingOrderScript.result(body.path(RESULT).asText("0"));
        StandingOrderScript script = steps.read(start, body, NOT_STEPS);
        String phone = body.path(PHONE).asText("");
        if (phone.isEmpty()) {
            orders.next(script);
        } else {
            orders.forPhone(phone, script);
        }
    }

    private ArrayNode all() {
        ArrayNode list = json.array();
        for (StandingOrder order : orders.all()) {
            ObjectNode item = list.addObject()
                    .put("id", order.id())
                    .put("name", order.name())
                    .put(PHONE, order.phone())
                    .put("shortCode", order.shortCode())
                    .put("amount", order.amount())
                    .put("reference", order.reference())
                    .put("frequency", order.frequency())
                    .put("start", order.start().toString())
                    .put("end", order.end().toString())
                    .put("status", order.status().name())
                    .put("code", order.code())
                    .put("missed", order.missed());
            order.receipts().forEach(item.putArray("receipts")::add);
        }
        return list;
    }
}
