package io.github.cameldaraja.simulator.c2b;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import io.github.cameldaraja.simulator.wire.Attempts;

/**
 * Which payment's confirmation is to have which plan.
 */
public final class ConfirmationPlans {

    private final Deque<ConfirmationPlan> next = new ArrayDeque<>();
    private final Map<String, ConfirmationPlan> lasting = new HashMap<>();
    private final Attempts<String, ConfirmationPlan> planned;
    private ConfirmationPlan usual;

    /** With a plan that comes last. */
    public ConfirmationPlans(Attempts<String, ConfirmationPlan> planned) {
        this.planned = planned;
    }

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
        ConfirmationPlan named = named(phone);
        return orUsual(named == null ? planned.peek(phone) : named);
    }

    synchronized ConfirmationPlan take(String phone) {
        ConfirmationPlan named = named(phone);
        next.poll();
        return orUsual(named == null ? planned.next(phone) : named);
    }

    synchronized void reset() {
        next.clear();
        lasting.clear();
        usual = null;
    }

    private ConfirmationPlan named(String phone) {
        return next.isEmpty() ? lasting.getOrDefault(phone, usual) : next.peek();
    }

    private static ConfirmationPlan orUsual(ConfirmationPlan plan) {
        return plan == null ? ConfirmationPlan.USUAL : plan;
    }
}
