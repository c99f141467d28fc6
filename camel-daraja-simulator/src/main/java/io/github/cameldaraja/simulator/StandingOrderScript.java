package io.github.cameldaraja.simulator;

import java.time.Duration;
import java.util.Objects;

import io.github.cameldaraja.simulator.ratiba.Oddity;
import io.github.cameldaraja.simulator.ratiba.OrderPlan;
import io.github.cameldaraja.simulator.wire.DeliveryPlan;

/**
 * The fate of a request for a standing order; immutable, every method gives a changed copy.
 */
public final class StandingOrderScript {

    private final OrderPlan plan;

    private StandingOrderScript(OrderPlan plan) {
        this.plan = plan;
    }

    /** The customer agrees; the result is 0 unless the request itself forbids it. */
    public static StandingOrderScript agrees() {
        return new StandingOrderScript(OrderPlan.USUAL);
    }

    /** The request ends with this code: 1001, 1025, 1032, 1037, 1050, 1051, 2001; 0 is {@link #agrees()}. */
    public static StandingOrderScript result(String code) {
        return "0".equals(code) ? agrees() : new StandingOrderScript(
                OrderPlan.USUAL.ending(Objects.requireNonNull(code)));
    }

    /** Nobody touches the phone: 1037 when the prompt expires. */
    public static StandingOrderScript neverAnswers() {
        return new StandingOrderScript(OrderPlan.USUAL.unanswered());
    }

    /** No callback is sent. */
    public StandingOrderScript lostCallback() {
        return callbackTimes(0);
    }

    /** The callback is sent twice. */
    public StandingOrderScript duplicateCallback() {
        return callbackTimes(2);
    }

    /** The callback is sent so many times. */
    public StandingOrderScript callbackTimes(int times) {
        return with(plan.delivery().times(times));
    }

    /** The callback is sent so long after the outcome, on the simulator's clock. */
    public StandingOrderScript callbackAfter(Duration wait) {
        return with(plan.delivery().after(wait));
    }

    /** The outcome is immediate and its callback answered before the request is. */
    public StandingOrderScript callbackBeforeAnswer() {
        return with(plan.delivery().early());
    }

    /** A second callback claims another code. */
    public StandingOrderScript contradicting(String otherCode) {
        return with(plan.delivery().lie(otherCode, false));
    }

    /** A first callback claims another code, the true one follows. */
    public StandingOrderScript contradictingFirst(String otherCode) {
        return with(plan.delivery().lie(otherCode, true));
    }

    /** The callback has capitals where it usually has none, and the other way round. */
    public StandingOrderScript otherCase() {
        return with(Oddity.OTHER_CASE);
    }

    /** The id of the acknowledgement comes back as requestRefID instead of responseRefID. */
    public StandingOrderScript swappedIds() {
        return with(Oddity.SWAPPED_IDS);
    }

    /** The data of the callback come from last to first. */
    public StandingOrderScript permuted() {
        return with(Oddity.PERMUTED);
    }

    /** The data of the callback have no TransactionID. */
    public StandingOrderScript withoutTransactionId() {
        return with(Oddity.NO_TRANSACTION_ID);
    }

    /** This text is sent instead of the callback. */
    public StandingOrderScript callbackBody(String text) {
        return new StandingOrderScript(plan.replacedBy(text));
    }

    OrderPlan plan() {
        return plan;
    }

    private StandingOrderScript with(Oddity oddity) {
        return new StandingOrderScript(plan.with(oddity));
    }

    private StandingOrderScript with(DeliveryPlan other) {
        return new StandingOrderScript(plan.with(other));
    }
}
