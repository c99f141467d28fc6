package io.github.cameldaraja.simulator.bills;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.BillInvoice;
import io.github.cameldaraja.simulator.wire.Call;
import io.github.cameldaraja.simulator.wire.ControlPaths;
import io.github.cameldaraja.simulator.wire.Json;
import io.github.cameldaraja.simulator.wire.Values;

/**
 * Shows invoices and lets customers pay over the control API.
 */
final class BillControl {

    private final BillFamily family;
    private final Json json;

    BillControl(BillFamily family, Json json) {
        this.family = family;
        this.json = json;
    }

    void mount(ControlPaths paths) {
        paths.get("/bills", call -> invoices());
        paths.post("/bills/payments", this::pay);
    }

    private ObjectNode pay(Call call) {
        ObjectNode body = call.body();
        return json.object().put("receipt", family.pay(body.path("phone").asText(), body.path("shortCode").asText(),
                body.path("accountReference").asText(), Values.whole(call, "amount")).receipt());
    }

    private ArrayNode invoices() {
        ArrayNode list = json.array();
        for (BillInvoice invoice : family.invoices()) {
            list.addObject()
                    .put("shortCode", invoice.shortCode())
                    .put("externalReference", invoice.externalReference())
                    .put("fullName", invoice.fullName())
                    .put("phone", invoice.phone())
                    .put("period", invoice.period())
                    .put("name", invoice.name())
                    .put("dueDate", invoice.dueDate().toString())
                    .put("accountReference", invoice.accountReference())
                    .put("amount", invoice.amount())
                    .put("paid", invoice.paid())
                    .put("cancelled", invoice.cancelled())
                    .put("receiptSent", invoice.receiptSent());
        }
        return list;
    }
}
