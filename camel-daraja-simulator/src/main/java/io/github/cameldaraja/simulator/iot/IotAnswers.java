package io.github.cameldaraja.simulator.iot;

import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.wire.Answer;
import io.github.cameldaraja.simulator.wire.Answers;
import io.github.cameldaraja.simulator.wire.FieldRefusal;
import io.github.cameldaraja.simulator.wire.Ids;
import io.github.cameldaraja.simulator.wire.Json;
import io.github.cameldaraja.simulator.wire.Refused;
import io.github.cameldaraja.simulator.wire.Times;

/**
 * The answers of IoT SIM management: a header and a body.
 */
final class IotAnswers implements FieldRefusal {

    static final String DONE = "Operation Successfull";

    private static final DateTimeFormatter NANOS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnn", Locale.ROOT);

    private final Json json;
    private final Ids ids;
    private final Clock clock;
    private final Answers answers;

    IotAnswers(Json json, Ids ids, Clock clock, Answers answers) {
        this.json = json;
        this.ids = ids;
        this.clock = clock;
        this.answers = answers;
    }

    ObjectNode object() {
        return json.object();
    }

    /** Misspelt by the service. */
    Answer success(JsonNode body) {
        return with("Success", DONE, body);
    }

    Answer with(String message, String customerMessage, JsonNode body) {
        return answer(200, message, customerMessage, body);
    }

    /** HTTP 200 and 200 in the header, but nothing was done. */
    Refused failed(String message) {
        return new Refused(answer(200, message, message, null));
    }

    Refused refused(int status, String message) {
        return new Refused(answer(status, message, message, null));
    }

    /** Now, as in headers. */
    String now() {
        return NANOS.format(clock.instant().atZone(Times.NAIROBI));
    }

    @Override
    public Answer invalid(String field) {
        return unreadable();
    }

    @Override
    public Answer unreadable() {
        return answers.fault(500, "Failed to execute the ExtractVariables: EV-FilterMessages",
                "steps.extractvariables.ExecutionFailed");
    }

    private Answer answer(int status, String message, String customerMessage, JsonNode body) {
        ObjectNode whole = json.object();
        whole.putObject("header")
                .put("requestRefId", ids.request())
                .put("responseCode", status)
                .put("responseMessage", message)
                .put("customerMessage", customerMessage)
                .put("timestamp", now());
        whole.set("body", body);
        return Answer.json(status, json.write(whole));
    }
}
