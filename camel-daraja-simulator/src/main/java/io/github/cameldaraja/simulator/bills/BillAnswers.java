package io.github.cameldaraja.simulator.bills;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.wire.Answer;
import io.github.cameldaraja.simulator.wire.Answers;
import io.github.cameldaraja.simulator.wire.Json;
import io.github.cameldaraja.simulator.wire.Refused;

/**
 * The answers of Bill Manager; the outcome is in {@code rescode}, HTTP says 200 either way.
 */
final class BillAnswers {

    private static final String STATUS = "Status_Message";

    private final Answers answers;
    private final Json json;

    BillAnswers(Answers answers, Json json) {
        this.answers = answers;
        this.json = json;
    }

    Answer success() {
        return answers.ok(success(json.object()));
    }

    Answer optedIn(String appKey) {
        return answers.ok(success(json.object().put("app_key", appKey)));
    }

    Answer invoiced() {
        return answers.ok(success(json.object().put(STATUS, "Invoice sent successfully")));
    }

    /** Misspelt by the service. */
    Answer cancelled() {
        ObjectNode body = success(json.object().put(STATUS, "Invoice cancelled successfuly."));
        body.putArray("errors");
        return answers.ok(body);
    }

    Refused conflict(String message) {
        return new Refused(answers.ok(conflictBody(message)));
    }

    Refused notCancelled(String message) {
        ObjectNode body = conflictBody(message);
        body.putArray("errors");
        return new Refused(answers.ok(body));
    }

    private ObjectNode conflictBody(String message) {
        return json.object().put(STATUS, message).put("resmsg", "Conflict").put("rescode", "409");
    }

    private static ObjectNode success(ObjectNode body) {
        return body.put("resmsg", "Success").put("rescode", "200");
    }
}
