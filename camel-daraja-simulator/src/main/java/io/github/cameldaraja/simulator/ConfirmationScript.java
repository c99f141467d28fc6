package io.github.cameldaraja.simulator;

import java.math.BigDecimal;
import java.time.Duration;

import io.github.cameldaraja.simulator.c2b.ConfirmationPlan;
import io.github.cameldaraja.simulator.c2b.Look;
import io.github.cameldaraja.simulator.c2b.Looks;
import io.github.cameldaraja.simulator.wire.DeliveryPlan;

/**
 * What becomes of the C2B confirmation of a payment; immutable, every method gives a changed copy.
 *
 * <p>The books do not care: the payment is made in any case.
 */
public final class ConfirmationScript {

    private final ConfirmationPlan plan;

    private ConfirmationScript(ConfirmationPlan plan) {
        this.plan = plan;
    }

    /** One confirmation, a moment after the money has moved. */
    public static ConfirmationScript usual() {
        return new ConfirmationScript(ConfirmationPlan.USUAL);
    }

    /** None is sent. */
    public ConfirmationScript lost() {
        return times(0);
    }

    /** It is sent twice. */
    public ConfirmationScript duplicate() {
        return times(2);
    }

    /** It is sent so many times, one after the other. */
    public ConfirmationScript times(int times) {
        return with(plan.delivery().times(times));
    }

    /** It is sent so long after the payment, on the simulator's clock; zero stands for the usual moment. */
    public ConfirmationScript after(Duration wait) {
        return with(plan.delivery().after(wait));
    }

    /** The receiver has answered it before any other callback leaves, that of the push for example. */
    public ConfirmationScript first() {
        return new ConfirmationScript(plan.beforeOthers());
    }

    /** The customer of a simulation pays at once, and the confirmation is answered before the simulation is. */
    public ConfirmationScript beforeAnswer() {
        return with(plan.delivery().early());
    }

    /** The phone number is neither hashed nor masked. */
    public ConfirmationScript clearPhone() {
        return with(Looks.clearPhone());
    }

    /** The phone number is hashed, whatever the version. */
    public ConfirmationScript hashedPhone() {
        return with(Looks.hashedPhone());
    }

    /** The phone number is masked without blanks. */
    public ConfirmationScript starredPhone() {
        return with(Looks.starredPhone());
    }

    /** Only the first name is told. */
    public ConfirmationScript firstNameOnly() {
        return with(Looks.firstNameOnly());
    }

    /** The names are empty. */
    public ConfirmationScript emptyNames() {
        return with(Looks.emptyNames());
    }

    /** The names are null. */
    public ConfirmationScript nullNames() {
        return with(Looks.nullNames());
    }

    /** The names are missing. */
    public ConfirmationScript withoutNames() {
        return with(Looks.withoutNames());
    }

    /** Empty fields are null instead. */
    public ConfirmationScript nulls() {
        return with(Looks.nulls());
    }

    /** The amount has no decimals. */
    public ConfirmationScript wholeAmount() {
        return with(Looks.wholeAmount());
    }

    /** The amount is a JSON number. */
    public ConfirmationScript numericAmount() {
        return with(Looks.numericAmount());
    }

    /** It names an amount that was not paid; the books know better. */
    public ConfirmationScript wrongAmount(BigDecimal amount) {
        return with(Looks.wrongAmount(amount));
    }

    /** Another transaction type, e.g. {@code Buy Goods} or an empty one. */
    public ConfirmationScript transactionType(String type) {
        return with(Looks.transactionType(type));
    }

    /** The time is missing. */
    public ConfirmationScript withoutTime() {
        return with(Looks.withoutTime());
    }

    /** The fields come in reverse order. */
    public ConfirmationScript permuted() {
        return with(Looks.permuted());
    }

    /** This text is sent instead. */
    public ConfirmationScript body(String text) {
        return new ConfirmationScript(plan.replacedBy(text));
    }

    ConfirmationPlan plan() {
        return plan;
    }

    private ConfirmationScript with(DeliveryPlan other) {
        return new ConfirmationScript(plan.with(other));
    }

    private ConfirmationScript with(Look look) {
        return new ConfirmationScript(plan.and(look));
    }
}
