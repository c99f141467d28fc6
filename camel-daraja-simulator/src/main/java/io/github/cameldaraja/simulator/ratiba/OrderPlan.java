package io.github.cameldaraja.simulator.ratiba;

import java.util.EnumSet;
import java.util.Set;

import io.github.cameldaraja.simulator.wire.DeliveryPlan;

/**
 * What is to become of a request for a standing order.
 *
 * @param code     result code; null if the customer agrees as far as the request allows
 * @param answers  whether the customer touches his phone at all
 * @param oddities of the callback
 * @param body     a text that replaces the callback, or null
 */
public record OrderPlan(String code, boolean answers, DeliveryPlan delivery, Set<Oddity> oddities, String body) {

    public static final OrderPlan USUAL = new OrderPlan(null, true, DeliveryPlan.ONCE, Set.of(), null);

    public OrderPlan ending(String result) {
        return new OrderPlan(result, answers, delivery, oddities, body);
    }

    public OrderPlan unanswered() {
        return new OrderPlan(code, false, delivery, oddities, body);
    }

    public OrderPlan with(DeliveryPlan other) {
        return new OrderPlan(code, answers, other, oddities, body);
    }

    public OrderPlan with(Oddity oddity) {
        Set<Oddity> more = EnumSet.of(oddity);
        more.addAll(oddities);
        return new OrderPlan(code, answers, delivery, Set.copyOf(more), body);
    }

    public OrderPlan replacedBy(String text) {
        return new OrderPlan(code, answers, delivery, oddities, text);
    }

    boolean has(Oddity oddity) {
        return oddities.contains(oddity);
    }
}
