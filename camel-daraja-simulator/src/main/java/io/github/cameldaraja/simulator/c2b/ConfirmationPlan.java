package io.github.cameldaraja.simulator.c2b;

import io.github.cameldaraja.simulator.wire.DeliveryPlan;

/**
 * What becomes of the confirmation of a payment.
 *
 * @param delivery a wait of zero stands for the usual one
 * @param first    whether it is delivered before anything else that is to be told of the payment
 * @param body     a text that replaces the whole confirmation, or null
 */
public record ConfirmationPlan(DeliveryPlan delivery, boolean first, Look look, String body) {

    public static final ConfirmationPlan USUAL = new ConfirmationPlan(DeliveryPlan.ONCE, false, Look.USUAL, null);

    public ConfirmationPlan with(DeliveryPlan other) {
        return new ConfirmationPlan(other, first, look, body);
    }

    public ConfirmationPlan beforeOthers() {
        return new ConfirmationPlan(delivery, true, look, body);
    }

    public ConfirmationPlan and(Look other) {
        return new ConfirmationPlan(delivery, first, look.and(other), body);
    }

    public ConfirmationPlan replacedBy(String text) {
        return new ConfirmationPlan(delivery, first, look, text);
    }
}
