package io.github.cameldaraja.simulator;

import java.util.List;

import io.github.cameldaraja.simulator.ratiba.RatibaFamily;

/**
 * Standing orders (M-Pesa Ratiba). Each is due at six in the morning, East Africa Time, of its days.
 */
public final class StandingOrders {

    private final RatibaFamily family;

    StandingOrders(RatibaFamily family) {
        this.family = family;
    }

    /** All of them, also those that never came about, in order of appearance. */
    public List<StandingOrder> all() {
        return family.all();
    }

    /** The customer cancels an active one; throws if it is unknown or not active. */
    public void cancel(String id) {
        family.cancel(id);
    }

    /** The next request follows this script; several calls queue up. */
    public void next(StandingOrderScript script) {
        family.plans().next(script.plan());
    }

    /** All requests to this customer follow this script until the next reset. */
    public void forPhone(String phone, StandingOrderScript script) {
        family.plans().forPhone(phone, script.plan());
    }

    /** The next request meets this fault. */
    public void nextRequest(RequestFault fault) {
        family.faults().next(fault);
    }

    /** The next request is refused with this envelope. */
    public void nextRequestError(int httpStatus, String errorCode, String errorMessage) {
        family.faults().nextError(httpStatus, errorCode, errorMessage);
    }
}
