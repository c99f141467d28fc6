package io.github.cameldaraja.simulator.wire;

import java.time.Duration;

/**
 * Ends the work on a request with an answer.
 */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Answer answer;

    private final Duration wait;

    public Refused(Answer answer) {
        this(answer, Duration.ZERO);
    }

    /** An answer so much later, in real time. */
    public Refused(Answer answer, Duration wait) {
        super(answer.body(), null, false, false);
        this.answer = answer;
        this.wait = wait;
    }

    public Duration after() {
        return wait;
    }

    public Answer answer() {
        return answer;
    }
}
