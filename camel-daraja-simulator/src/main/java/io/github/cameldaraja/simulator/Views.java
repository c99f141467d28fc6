package io.github.cameldaraja.simulator;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What the control API shows, as JSON.
 */
final class Views {

    private final DarajaSimulator simulator;
    private final Json json;

    Views(DarajaSimulator simulator, Json json) {
        this.simulator = simulator;
        this.json = json;
    }

    ObjectNode books() {
        Credentials merchant = simulator.credentials();
        ObjectNode view = json.object();
        ObjectNode merchants = view.putObject("merchants");
        merchants.put(merchant.shortCode(), simulator.books().merchantBalance(merchant.shortCode()));
        merchants.put(merchant.tillNumber(), simulator.books().merchantBalance(merchant.tillNumber()));
        view.set("customers", customers());
        ArrayNode entries = view.putArray("entries");
        for (LedgerEntry entry : simulator.books().entries()) {
            entries.addObject()
                    .put("receipt", entry.receipt())
                    .put("at", time(entry.at()))
                    .put("payerPhone", entry.payerPhone())
                    .put("shortCode", entry.shortCode())
                    .put("partyB", entry.partyB())
                    .put("amount", entry.amount())
                    .put("accountReference", entry.accountReference())
                    .put("checkoutRequestId", entry.checkoutRequestId())
                    .put("merchantRequestId", entry.merchantRequestId());
        }
        return view;
    }

    ArrayNode customers() {
        ArrayNode list = json.array();
        simulator.customers().all().forEach(customer -> list.add(customer(customer)));
        return list;
    }

    ObjectNode customer(Customer customer) {
        return json.object()
                .put("phone", customer.phone())
                .put("name", customer.name())
                .put("balance", customer.balance())
                .put("pin", customer.pin());
    }

    ObjectNode counters() {
        Counters counters = simulator.counters();
        return json.object()
                .put("tokenCalls", counters.tokenCalls())
                .put("pushes", counters.pushes())
                .put("acceptedPushes", counters.acceptedPushes())
                .put("refused", counters.refused())
                .put("queries", counters.queries())
                .put("callbacksSent", counters.callbacksSent());
    }

    ArrayNode requests() {
        ArrayNode list = json.array();
        for (RecordedRequest request : simulator.requests()) {
            ObjectNode item = list.addObject()
                    .put("at", time(request.at()))
                    .put("method", request.method())
                    .put("path", request.path())
                    .put("body", request.body())
                    .put("status", request.status())
                    .put("answer", request.answer());
            ObjectNode headers = item.putObject("headers");
            request.headers().forEach(headers::put);
        }
        return list;
    }

    ArrayNode callbacks() {
        ArrayNode list = json.array();
        for (RecordedCallback callback : simulator.callbacks()) {
            list.addObject()
                    .put("at", time(callback.at()))
                    .put("url", callback.url())
                    .put("body", callback.body())
                    .put("status", callback.status())
                    .put("tookMillis", callback.took().toMillis());
        }
        return list;
    }

    ArrayNode prompts() {
        ArrayNode list = json.array();
        for (Prompt prompt : simulator.handset().prompts()) {
            list.addObject()
                    .put("checkoutRequestId", prompt.checkoutRequestId())
                    .put("phone", prompt.phone())
                    .put("payTo", prompt.payTo())
                    .put("amount", prompt.amount())
                    .put("accountReference", prompt.accountReference())
                    .put("shownAt", time(prompt.shownAt()))
                    .put("expiresAt", time(prompt.expiresAt()));
        }
        return list;
    }

    ObjectNode clock() {
        return json.object().put("now", time(simulator.clock().instant()));
    }

    /** ISO with the offset of Nairobi. */
    static String time(Instant instant) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME
                .format(instant.truncatedTo(ChronoUnit.MILLIS).atZone(SimulatedClock.NAIROBI));
    }
}
