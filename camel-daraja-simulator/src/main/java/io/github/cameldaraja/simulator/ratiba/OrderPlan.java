package io.github.cameldaraja.simulator.ratiba;

import io.github.cameldaraja.simulator.wire.DeliveryPlan;

/**
 * What is to become of a request for a standing order.
 *
 * @param code      result code; null if the customer agrees as far as the request allows
 * @param answers   whether the customer touches his phone at all
 * @param otherCase whether the callback has the casing that the other outcome usually has
 * @param swapped   whether the two ids of the callback are exchanged
 * @param body      a text that replaces the callback, or null
 */
public record OrderPlan(String code, boolean answers, DeliveryPlan delivery, boolean otherCase, boolean swapped,
        String body) {

    public static final OrderPlan USUAL = new OrderPlan(null, true, DeliveryPlan.ONCE, false, false, null);

    public OrderPlan ending(String result) {
        return new OrderPlan(result, answers, delivery, otherCase, swapped, body);
    }

    public OrderPlan unanswered() {
        return new OrderPlan(code, false, delivery, otherCase, swapped, body);
    }

    public OrderPlan with(DeliveryPlan other) {
        return new OrderPlan(code, answers, other, otherCase, swapped, body);
    }

    public OrderPlan inOtherCase() {
        return new OrderPlan(code, answers, delivery, true, swapped, body);
    }

    public OrderPlan withSwappedIds() {
        return new OrderPlan(code, answers, delivery, otherCase, true, body);
    }

    public OrderPlan replacedBy(String text) {
        return new OrderPlan(code, answers, delivery, otherCase, swapped, text);
    }
}
