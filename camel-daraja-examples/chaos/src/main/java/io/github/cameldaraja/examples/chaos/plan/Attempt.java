package io.github.cameldaraja.examples.chaos.plan;

import java.time.Duration;

/**
 * What becomes of a request to Safaricom.
 *
 * @param slow     how late the answer is, in real time
 * @param callback that tells the outcome, if the request is accepted
 */
public record Attempt(Answer answer, Duration slow, Message callback) {

    /** Nothing special. */
    public static final Attempt USUAL = new Attempt(Answer.GOOD, Duration.ZERO, Message.USUAL);

    String text() {
        return answer.text() + (slow.isZero() ? "" : " by " + slow.toMillis() + " ms")
                + (answer.accepts() ? ", callback " + callback.text() : "");
    }
}
