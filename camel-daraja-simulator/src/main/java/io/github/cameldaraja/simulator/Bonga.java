package io.github.cameldaraja.simulator;

import io.github.cameldaraja.simulator.bonga.BongaFamily;

/**
 * Payments with Bonga points. The merchant hears of them by C2B confirmation only.
 */
public final class Bonga {

    private final BongaFamily family;

    Bonga(BongaFamily family) {
        this.family = family;
    }

    /** The points of a customer. */
    public long points(String phone) {
        return family.points(phone);
    }

    /** Gives a customer so many points, whatever there were before. */
    public void points(String phone, long points) {
        family.points(phone, points);
    }

    /**
     * The next redemption ends with this code; several calls queue up.
     *
     * @param code 6001 to 6011: told at once instead of the acknowledgement; 17, 1031, 1037, 2001: acknowledged, then
     *             nothing happens; 0: paid
     */
    public void nextRedemption(String code) {
        family.nextEnds(code);
    }

    /** The next redemption meets this fault. */
    public void nextRedemption(RequestFault fault) {
        family.redeemFaults().next(fault);
    }

    /** The next redemption is refused with this envelope. */
    public void nextRedemptionError(int httpStatus, String errorCode, String errorMessage) {
        family.redeemFaults().nextError(httpStatus, errorCode, errorMessage);
    }

    /** The next calculation meets this fault. */
    public void nextCalculation(RequestFault fault) {
        family.calculateFaults().next(fault);
    }

    /** The next calculation is refused with this envelope. */
    public void nextCalculationError(int httpStatus, String errorCode, String errorMessage) {
        family.calculateFaults().nextError(httpStatus, errorCode, errorMessage);
    }
}
