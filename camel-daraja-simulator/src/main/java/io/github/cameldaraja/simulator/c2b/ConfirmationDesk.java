package io.github.cameldaraja.simulator.c2b;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.wire.Callback;
import io.github.cameldaraja.simulator.wire.CallbackSender;
import io.github.cameldaraja.simulator.wire.DeliveryPlan;
import io.github.cameldaraja.simulator.wire.Reply;
import io.vertx.core.Future;

/**
 * Tells the merchant of every payment of a customer, however it came about.
 */
final class ConfirmationDesk {

    private final Inside inside;
    private final Registry registry;
    private final ConfirmationPlans plans;
    private final MessageWriter writer;
    private final Map<String, String> thirdPartyIds = new HashMap<>();
    private final Map<String, Callback> written = new HashMap<>();
    private final Map<String, Future<?>> early = new HashMap<>();

    ConfirmationDesk(Inside inside, Registry registry, ConfirmationPlans plans, MessageWriter writer) {
        this.inside = inside;
        this.registry = registry;
        this.plans = plans;
        this.writer = writer;
    }

    /** Remembers the merchant's own id of a payment that is about to be booked. */
    synchronized void remember(String receipt, String thirdPartyId) {
        thirdPartyIds.put(receipt, thirdPartyId);
    }

    /** Whether the next confirmation of this customer's payments is to come before the request is answered. */
    boolean beforeAnswer(String phone) {
        return plans.peek(phone).delivery().beforeAnswer();
    }

    /** Completes when a confirmation that was to come early was answered; at once for all others. */
    synchronized Future<?> delivered(String receipt) {
        return early.getOrDefault(receipt, Future.succeededFuture());
    }

    /** Called by the thread that has booked the payment. */
    void paid(LedgerEntry entry) {
        Registration to = registry.of(entry.partyB()).orElse(null);
        if (to == null) {
            inside.counters().increment(C2bCounts.UNREGISTERED);
            return;
        }
        ConfirmationPlan plan = plans.take(entry.payerPhone());
        Callback callback = inside.callbacks().write(to.confirmationUrl(), body(to, entry, plan), to.shortCode());
        DeliveryPlan delivery = plan.delivery();
        synchronized (this) {
            written.put(entry.receipt(), callback);
        }
        if (delivery.times() == 0) {
            inside.counters().increment(C2bCounts.CONFIRMATIONS_LOST);
        } else if (plan.first() || delivery.beforeAnswer()) {
            Future<?> sent = send(callback, delivery.times(), plan.first());
            synchronized (this) {
                early.put(entry.receipt(), sent);
            }
        } else {
            Duration wait = delivery.after().isZero() ? inside.settings().confirmationDelay() : delivery.after();
            inside.clock().schedule(wait, () -> send(callback, delivery.times(), false));
        }
    }

    /** Sends a confirmation again, or a lost one at last. */
    Future<Integer> resend(String receipt) {
        Callback callback;
        synchronized (this) {
            callback = written.get(receipt);
        }
        if (callback == null) {
            return Future.failedFuture(new NoSuchElementException("no confirmation of " + receipt));
        }
        inside.counters().increment(C2bCounts.CONFIRMATIONS);
        return inside.callbacks().send(callback).map(Reply::status);
    }

    synchronized void reset() {
        thirdPartyIds.clear();
        written.clear();
        early.clear();
    }

    private String body(Registration to, LedgerEntry entry, ConfirmationPlan plan) {
        if (plan.body() != null) {
            return plan.body();
        }
        String thirdPartyId;
        synchronized (this) {
            thirdPartyId = Objects.requireNonNullElse(thirdPartyIds.remove(entry.receipt()), "");
        }
        ObjectNode message = writer.confirmation(to.version(), entry, thirdPartyId);
        plan.look().change(message, entry);
        return inside.json().write(message);
    }

    private Future<?> send(Callback callback, int times, boolean first) {
        for (int i = 0; i < times; i++) {
            inside.counters().increment(C2bCounts.CONFIRMATIONS);
        }
        CallbackSender callbacks = inside.callbacks();
        List<Callback> all = Collections.nCopies(times, callback);
        return first ? callbacks.sendAllFirst(all) : callbacks.sendAll(all);
    }
}
