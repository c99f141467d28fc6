package io.github.cameldaraja.simulator.results;

import java.time.Instant;

/**
 * How a request has ended.
 *
 * @param code          result code
 * @param text          what is told with it
 * @param transactionId receipt, or what stands for one
 */
record Outcome(String code, String text, String transactionId, Instant at) {

    static final String SUCCESS = "0";

    boolean succeeded() {
        return SUCCESS.equals(code);
    }
}
