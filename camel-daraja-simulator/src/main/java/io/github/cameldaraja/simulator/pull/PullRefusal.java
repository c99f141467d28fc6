package io.github.cameldaraja.simulator.pull;

import io.github.cameldaraja.simulator.wire.Answer;
import io.github.cameldaraja.simulator.wire.Answers;
import io.github.cameldaraja.simulator.wire.FieldRefusal;

/**
 * How Pull refuses: 400.001.
 */
record PullRefusal(Answers answers) implements FieldRefusal {

    static final String SHORT_CODE = "ShortCode";

    @Override
    public Answer invalid(String field) {
        return answers.error(400, "400.001", "Invalid " + field);
    }

    @Override
    public Answer unreadable() {
        return answers.error(400, "400.002.05", "Invalid Request Payload");
    }

    Answer notRegistered() {
        return answers.error(500, "500", "No transactions for the ShortCode");
    }
}
