package io.github.cameldaraja.simulator;

import java.util.Objects;

import io.github.cameldaraja.simulator.express.ExpressFate;
import io.github.cameldaraja.simulator.wire.CallbackFate;
import io.github.cameldaraja.simulator.wire.DeliveryPlan;

/**
 * The fate of a B2B Express prompt; immutable, every method gives a changed copy.
 */
public final class ExpressScript {

    private final ExpressFate fate;

    private ExpressScript(ExpressFate fate) {
        this.fate = fate;
    }

    /** The operator agrees; the till pays if it can afford it, otherwise the result is 1. */
    public static ExpressScript pays() {
        return new ExpressScript(ExpressFate.USUAL);
    }

    /** The prompt ends with this result code, e.g. 4001; 0 is {@link #pays()}. */
    public static ExpressScript result(String code) {
        return "0".equals(code) ? pays()
                : new ExpressScript(new ExpressFate(Objects.requireNonNull(code), CallbackFate.USUAL));
    }

    /** The callback has this fate. */
    public ExpressScript callback(CallbackScript script) {
        DeliveryPlan other = script.fate().delivery();
        return with(script.fate().with(delivery().times(other.times()).after(other.after())));
    }

    /** The outcome is immediate and the receiver has answered the callback before the request is answered. */
    public ExpressScript callbackBeforeAnswer() {
        return with(fate.callback().with(delivery().early()));
    }

    /** A second callback claims another result code; the books follow the first. */
    public ExpressScript contradicting(String otherCode) {
        return with(fate.callback().with(delivery().lie(otherCode, false)));
    }

    /** A first callback claims another result code, the true one follows. */
    public ExpressScript contradictingFirst(String otherCode) {
        return with(fate.callback().with(delivery().lie(otherCode, true)));
    }

    ExpressFate fate() {
        return fate;
    }

    private DeliveryPlan delivery() {
        return fate.callback().delivery();
    }

    private ExpressScript with(CallbackFate callback) {
        return new ExpressScript(fate.with(callback));
    }
}
