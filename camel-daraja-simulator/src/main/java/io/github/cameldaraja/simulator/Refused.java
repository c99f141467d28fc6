package io.github.cameldaraja.simulator;

import java.time.Duration;

/**
 * Ends the work on a request with an answer.
 */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Answer answer;

    private final Duration wait;

    Refused(Answer answer) {
        this(answer, Duration.ZERO);
    }

    /** An answer so much later, in real time. */
    Refused(Answer answer, Duration wait) {
        super(answer.body(), null, false, false);
        this.answer = answer;
        this.wait = wait;
    }

    Duration after() {
        return wait;
    }

    Answer answer() {
        return answer;
    }
}
