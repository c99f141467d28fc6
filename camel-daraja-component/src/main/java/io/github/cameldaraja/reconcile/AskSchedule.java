package io.github.cameldaraja.reconcile;

import java.time.Duration;

/**
 * When to ask about a payment whose callback is late: soon and often while the customer may hold the phone, then at growing
 * distances, and in the end no more.
 *
 * @param first    after the acknowledgement
 * @param interval between the questions of the first two minutes
 * @param maximum  how many questions there are in all
 * @param grace    how long a failure by query waits for the callback
 */
public record AskSchedule(Duration first, Duration interval, int maximum, Duration grace) {

    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Duration LONGEST = Duration.ofHours(1);
    /** The pause after a question that could not be put. */
    static final Duration POSTPONED = Duration.ofMinutes(1);
    /** The pause before another look whether its operator may ask now. */
    static final Duration STOPPED = Duration.ofMinutes(5);
    /** The same, while others are being tried. */
    static final Duration TURN = Duration.ofSeconds(1);
    /** How long after its start a payment is worth a question that could not be put so far: the window of the Pull API. */
    static final Duration PATIENCE = Duration.ofHours(48);

    /** How long the answer to a question of a route may take: "usually within minutes" (Daraja: "Account Balance"). */
    static final Duration ANSWER_PATIENCE = Duration.ofHours(1);

    public AskSchedule {
        if (interval.isZero() || interval.isNegative()) {
            throw new IllegalArgumentException("askInterval must be longer than zero; to ask nothing set askWhenLate=false");
        }
    }

    /** The pause after a request that was sent again in vain, so long after its first time: as long as it has lasted so far. */
    Duration pauseAtAge(Duration age) {
        Duration pause = age.compareTo(interval) < 0 ? interval : age;
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }

    /** The pause after so many questions; null when there is nothing left to ask. */
    public Duration pauseAfter(int questions) {
        if (questions >= maximum) {
            return null;
        }
        long soon = Math.max(1, SOON.minus(first).dividedBy(interval));
        if (questions < soon) {
            return interval;
        }
        long doublings = Math.min(questions - soon, 12);
        Duration pause = SOON.multipliedBy(1L << doublings);
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }
}
