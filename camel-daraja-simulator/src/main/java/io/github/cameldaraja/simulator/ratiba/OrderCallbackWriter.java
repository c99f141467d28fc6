package io.github.cameldaraja.simulator.ratiba;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.wire.Ids;
import io.github.cameldaraja.simulator.wire.Json;

/**
 * Writes the callbacks of standing orders. Success has other casing than failure.
 */
final class OrderCallbackWriter {

    private static final String AGREED = "0";
    private static final String NO_TRANSACTION = "0000000000";

    private final Json json;
    private final Ids ids;

    OrderCallbackWriter(Json json, Ids ids) {
        this.json = json;
        this.ids = ids;
    }

    /** The truth, unless the plan replaces it. */
    String truth(Order order) {
        return order.plan().body() == null ? write(order, order.code()) : order.plan().body();
    }

    /** A callback that claims this code. */
    String write(Order order, String code) {
        boolean agreed = AGREED.equals(code);
        boolean lower = agreed != order.plan().has(Oddity.OTHER_CASE);
        String other = agreed ? order.id() : UUID.randomUUID().toString();
        boolean swapped = order.plan().has(Oddity.SWAPPED_IDS);
        ObjectNode body = json.object();
        ObjectNode header = body.putObject(lower ? "responseHeader" : "ResponseHeader");
        header.put("responseRefID", swapped ? UUID.randomUUID().toString() : order.id());
        header.put("requestRefID", swapped ? order.id() : other);
        header.put("responseCode", code);
        header.put("responseDescription", agreed ? "The service request is processed successfully" : "Error");
        body.putObject(lower ? "responseBody" : "ResponseBody")
                .set(lower ? "responseData" : "ResponseData", data(order, code, agreed, lower));
        return json.write(body);
    }

    private ArrayNode data(Order order, String code, boolean agreed, boolean lower) {
        String phone = order.request().phone();
        List<ObjectNode> items = new ArrayList<>();
        if (!order.plan().has(Oddity.NO_TRANSACTION_ID)) {
            items.add(item(lower, "TransactionID", agreed ? ids.receipt() : NO_TRANSACTION));
        }
        items.add(item(lower, "responseCode", code));
        items.add(item(lower, "Status", agreed ? "OKAY" : "ERROR"));
        items.add(item(lower, "Msisdn", (agreed ? "254******" : "*********") + phone.substring(phone.length() - 3)));
        if (order.plan().has(Oddity.PERMUTED)) {
            Collections.reverse(items);
        }
        return json.array().addAll(items);
    }

    private ObjectNode item(boolean lower, String name, String value) {
        return json.object().put(lower ? "name" : "Name", name).put(lower ? "value" : "Value", value);
    }
}
