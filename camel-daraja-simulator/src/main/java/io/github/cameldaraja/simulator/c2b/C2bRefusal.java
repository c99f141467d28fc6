package io.github.cameldaraja.simulator.c2b;

import io.github.cameldaraja.simulator.wire.Answer;
import io.github.cameldaraja.simulator.wire.Answers;
import io.github.cameldaraja.simulator.wire.FieldRefusal;

/**
 * How C2B refuses: 400.003.02, and 400.002.05 for what is not JSON.
 */
record C2bRefusal(Answers answers) implements FieldRefusal {

    private static final String CODE = "400.003.02";

    @Override
    public Answer invalid(String field) {
        return answers.error(400, CODE, "Bad Request - Invalid " + field);
    }

    @Override
    public Answer unreadable() {
        return answers.error(400, "400.002.05", "Invalid Request Payload");
    }

    Answer foreignShortCode() {
        return answers.error(400, CODE, "Bad Request - Kindly use your own ShortCode");
    }
}
