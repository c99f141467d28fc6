package io.github.cameldaraja.simulator;

import java.time.Duration;

import io.github.cameldaraja.simulator.pull.PullFamily;

/**
 * How the pull API behaves.
 */
public final class PullTransactions {

    private final PullFamily family;

    PullTransactions(PullFamily family) {
        this.family = family;
    }

    /** Changes how long it takes, on the simulator's clock, until a payment is known, until the next reset. */
    public void delay(Duration delay) {
        family.delay(delay);
    }

    /** Switches an oddity of the answers, until the next reset. */
    public void odd(PullOddity oddity, boolean active) {
        family.oddities().set(oddity, active);
    }

    /** The next registration meets this fault. */
    public void nextRegistration(RequestFault fault) {
        family.registerFaults().next(fault);
    }

    /** The next registration is refused with this envelope. */
    public void nextRegistrationError(int httpStatus, String errorCode, String errorMessage) {
        family.registerFaults().nextError(httpStatus, errorCode, errorMessage);
    }

    /** The next query meets this fault. */
    public void nextQuery(RequestFault fault) {
        family.queryFaults().next(fault);
    }

    /** The next query is refused with this envelope. */
    public void nextQueryError(int httpStatus, String errorCode, String errorMessage) {
        family.queryFaults().nextError(httpStatus, errorCode, errorMessage);
    }
}
