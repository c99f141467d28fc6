package io.github.cameldaraja.simulator.ratiba;

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
        boolean lower = agreed != order.plan().otherCase();
        String other = agreed ? order.id() : UUID.randomUUID().toString();
        boolean swapped = order.plan().swapped();
        ObjectNode body = json.object();
        ObjectNode header = body.putObject(lower ? "responseHeader" : "ResponseHeader");
        header.put("responseRefID", swapped ? UUID.randomUUID().toString() : order.id());
        header.put("requestRefID", swapped ? order.id() : other);
        header.put("responseCode", code);
        header.put("responseDescription", agreed ? "The service request is processed successfully" : "Error");
        ArrayNode data = body.putObject(lower ? "responseBody" : "ResponseBody")
                .putArray(lower ? "responseData" : "ResponseData");
        String phone = order.request().phone();
        String end = phone.substring(phone.length() - 3);
        add(data, lower, "TransactionID", agreed ? ids.receipt() : NO_TRANSACTION);
        add(data, lower, "responseCode", code);
        add(data, lower, "Status", agreed ? "OKAY" : "ERROR");
        add(data, lower, "Msisdn", agreed ? "254******" + end : "*********" + end);
        return json.write(body);
    }

    private static void add(ArrayNode data, boolean lower, String name, String value) {
        data.addObject().put(lower ? "name" : "Name", name).put(lower ? "value" : "Value", value);
    }
}
