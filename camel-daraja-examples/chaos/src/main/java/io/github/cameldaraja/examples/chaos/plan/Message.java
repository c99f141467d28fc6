package io.github.cameldaraja.examples.chaos.plan;

import java.time.Duration;

/**
 * What becomes of a message about money.
 *
 * @param after how late it is, on the simulator's clock
 * @param lie   the result code that a lie claims, or null
 */
public record Message(Telling telling, Duration after, String lie, Look look) {

    /** Nothing special. */
    public static final Message USUAL = new Message(Telling.ON_TIME, Duration.ZERO, null, Look.USUAL);

    static Message of(Telling telling, Duration after) {
        return new Message(telling, after, null, Look.USUAL);
    }

    String text() {
        return telling.text() + (after.isZero() ? "" : " by " + after.toString().substring(2).toLowerCase())
                + (lie == null ? "" : " claims " + lie) + (look == Look.USUAL ? "" : " (" + look + ")");
    }
}
