package io.github.cameldaraja.transaction;

import java.time.Instant;

/**
 * How an API operator stands with Safaricom.
 *
 * @param state whether he may sign
 * @param since what was sent before that time says nothing about it any more
 * @param code  with which he was refused, or null
 */
record OperatorStanding(State state, Instant since, String code) {

    /** Whether he may sign. */
    enum State {
        /** Yes. */
        GOOD,
        /** A person has released him; whether he is right now is about to be seen. */
        RELEASED,
        /** No: he was refused. */
        REFUSED
    }

    /** Of somebody of whom nothing is stored. */
    static final OperatorStanding UNHEARD = new OperatorStanding(State.GOOD, Instant.MIN, null);

    String write() {
        return state + " " + since + (code == null ? "" : " " + code);
    }

    /** Reads what {@link #write} has written; null is nobody. */
    static OperatorStanding read(String text) {
        if (text == null) {
            return null;
        }
        String[] parts = text.split(" ", 3);
        return new OperatorStanding(State.valueOf(parts[0]), Instant.parse(parts[1]), parts.length > 2 ? parts[2] : null);
    }
}
