package io.github.cameldaraja.simulator.iot;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.IotMessage;
import io.github.cameldaraja.simulator.wire.Json;
import io.github.cameldaraja.simulator.wire.Times;

/**
 * Writes messages, one or a page of them. Pages are counted from 1 in requests and from 0 in answers.
 */
final class MessagePage {

    static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd-MM-yyyy HH:mm:ss", Locale.ROOT);

    /** The only processing status that was ever seen: handed over to the network. */
    static final String SENT = "1";

    private final Json json;

    MessagePage(Json json) {
        this.json = json;
    }

    ObjectNode write(IotMessage message) {
        return json.object()
                .put("id", message.id())
                .put("receiptId", -1)
                .put("sourceAddr", "23574")
                .put("msisdn", "254" + message.msisdn())
                .put("message", message.text())
                .put("sourceSystem", "sim-portal")
                .put("processingStatus", SENT)
                .put("messageId", message.messageId())
                .put("date", time(message.sent()))
                .put("deliverTime", message.delivered() == null ? "-" : time(message.delivered()))
                .put("description", "sent")
                .put("vpnGroup", message.vpnGroup());
    }

    ObjectNode write(List<IotMessage> found, int pageNo, int pageSize) {
        int number = pageNo - 1;
        List<IotMessage> shown = found.stream().skip((long) number * pageSize).limit(pageSize).toList();
        int pages = (found.size() + pageSize - 1) / pageSize;
        ObjectNode body = json.object();
        ArrayNode content = body.putArray("content");
        shown.forEach(message -> content.add(write(message)));
        ObjectNode pageable = body.putObject("pageable").put("pageNumber", number).put("pageSize", pageSize);
        pageable.set("sort", sort());
        pageable.put("offset", number * pageSize).put("paged", true).put("unpaged", false);
        body.put("totalPages", pages)
                .put("totalElements", found.size())
                .put("last", pageNo >= pages)
                .put("size", pageSize)
                .put("number", number);
        body.set("sort", sort());
        return body.put("numberOfElements", shown.size())
                .put("first", number == 0)
                .put("empty", shown.isEmpty());
    }

    private ObjectNode sort() {
        return json.object().put("sorted", true).put("unsorted", false).put("empty", false);
    }

    private static String time(Instant instant) {
        return TIME.format(instant.atZone(Times.NAIROBI));
    }
}
