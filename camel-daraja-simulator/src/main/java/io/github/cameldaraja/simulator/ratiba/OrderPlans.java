package io.github.cameldaraja.simulator.ratiba;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Which request is to have which plan.
 */
public final class OrderPlans {

    private final Deque<OrderPlan> next = new ArrayDeque<>();
    private final Map<String, OrderPlan> lasting = new HashMap<>();

    /** For the next request that is accepted. */
    public synchronized void next(OrderPlan plan) {
        next.add(Objects.requireNonNull(plan));
    }

    /** For all requests to this customer. */
    public synchronized void forPhone(String phone, OrderPlan plan) {
        lasting.put(phone, Objects.requireNonNull(plan));
    }

    synchronized OrderPlan take(String phone) {
        OrderPlan plan = next.poll();
        return plan == null ? lasting.getOrDefault(phone, OrderPlan.USUAL) : plan;
    }

    synchronized void reset() {
        next.clear();
        lasting.clear();
    }
}
