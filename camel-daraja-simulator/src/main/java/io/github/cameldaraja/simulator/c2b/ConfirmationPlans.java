package io.github.cameldaraja.simulator.c2b;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Which payment's confirmation is to have which plan.
 */
public final class ConfirmationPlans {

    private final Deque<ConfirmationPlan> next = new ArrayDeque<>();
    private final Map<String, ConfirmationPlan> lasting = new HashMap<>();
    private ConfirmationPlan usual = ConfirmationPlan.USUAL;

    /** For the next payment that is confirmed. */
    public synchronized void next(ConfirmationPlan plan) {
        next.add(Objects.requireNonNull(plan));
    }

    /** For all payments of this customer. */
    public synchronized void forPhone(String phone, ConfirmationPlan plan) {
        lasting.put(phone, Objects.requireNonNull(plan));
    }

    /** For all payments without a plan of their own. */
    public synchronized void usually(ConfirmationPlan plan) {
        usual = Objects.requireNonNull(plan);
    }

    synchronized ConfirmationPlan peek(String phone) {
        return next.isEmpty() ? lasting.getOrDefault(phone, usual) : next.peek();
    }

    synchronized ConfirmationPlan take(String phone) {
        ConfirmationPlan plan = peek(phone);
        next.poll();
        return plan;
    }

    synchronized void reset() {
        next.clear();
        lasting.clear();
        usual = ConfirmationPlan.USUAL;
    }
}
