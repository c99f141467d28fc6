package io.github.cameldaraja.simulator.ratiba;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;

import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.StandingOrder;
import io.github.cameldaraja.simulator.StandingOrder.Status;
import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.family.Merchant;
import io.github.cameldaraja.simulator.wire.Callback;
import io.github.cameldaraja.simulator.wire.DeliveryPlan;
import io.github.cameldaraja.simulator.wire.Times;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/**
 * Waits for customers to agree and debits those who have when they are due.
 */
final class OrderDesk {

    private static final String AGREED = "0";
    private static final String LOCKED = "1001";
    private static final String NO_ANSWER = "1037";
    private static final String DUPLICATE_NAME = "1050";
    private static final String BAD_REQUEST = "1051";

    private final Inside inside;
    private final Merchant merchant;
    private final OrderPlans plans;
    private final OrderCallbackWriter writer;
    private final Map<String, Order> orders = new LinkedHashMap<>();

    OrderDesk(Inside inside, Merchant merchant, OrderPlans plans) {
        this.inside = inside;
        this.merchant = merchant;
        this.plans = plans;
        this.writer = new OrderCallbackWriter(inside.json(), inside.ids());
    }

    /** Takes a well-formed request. */
    synchronized Order accept(OrderRequest request) {
        inside.customers().get(request.phone());
        Order order = new Order(UUID.randomUUID().toString(), request, plans.take(request.phone()));
        orders.put(order.id(), order);
        return order;
    }

    /** Lets the customer think; completes at once unless the callback is to come before the answer. */
    Future<Void> begin(Order order) {
        String scripted = order.plan().code();
        String obstacle = scripted == null ? obstacle(order) : scripted;
        if (obstacle == null && !order.plan().answers()) {
            inside.clock().schedule(inside.settings().promptLife(), () -> conclude(order, NO_ANSWER));
            return Future.succeededFuture();
        }
        String code = obstacle == null ? AGREED : obstacle;
        if (order.plan().delivery().beforeAnswer()) {
            return conclude(order, code);
        }
        inside.clock().schedule(inside.settings().answerDelay(), () -> conclude(order, code));
        return Future.succeededFuture();
    }

    /** The customer cancels a standing order of his. */
    synchronized void cancel(String id) {
        Order order = orders.get(id);
        if (order == null) {
            throw new NoSuchElementException("no such standing order: " + id);
        }
        if (order.status() != Status.ACTIVE) {
            throw new IllegalStateException("not active: " + id);
        }
        order.end(Status.CANCELLED);
    }

    synchronized List<StandingOrder> all() {
        return orders.values().stream().map(Order::view).toList();
    }

    synchronized void reset() {
        orders.clear();
    }

    /** Why it cannot come about whatever the customer wants; null if it can. */
    private synchronized String obstacle(Order order) {
        OrderRequest request = order.request();
        LocalDate today = LocalDate.ofInstant(inside.clock().instant(), Times.NAIROBI);
        boolean till = merchant.isTill(request.shortCode());
        if (!merchant.owns(request.shortCode()) || request.till() != till || "2".equals(request.receiver()) != till
                || request.end().isBefore(request.start()) || request.start().isBefore(today)) {
            return BAD_REQUEST;
        }
        for (Order other : orders.values()) {
            boolean same = other != order && other.request().phone().equals(request.phone());
            if (same && other.status() == Status.PENDING) {
                return LOCKED;
            }
            if (same && other.status() == Status.ACTIVE && other.request().name().equals(request.name())) {
                return DUPLICATE_NAME;
            }
        }
        return null;
    }

    private Future<Void> conclude(Order order, String code) {
        Callback callback;
        synchronized (this) {
            if (orders.get(order.id()) != order || order.status() != Status.PENDING) {
                return Future.succeededFuture();
            }
            order.conclude(code);
            inside.counters().increment(AGREED.equals(code) ? RatibaCounts.AGREED : RatibaCounts.FAILED);
            callback = inside.callbacks().write(
                    order.request().callbackUrl(), writer.truth(order), order.request().shortCode());
        }
        Future<Void> delivered = deliver(order, callback);
        if (AGREED.equals(code)) {
            plan(order, 0);
        }
        return delivered;
    }

    private Future<Void> deliver(Order order, Callback callback) {
        DeliveryPlan plan = order.plan().delivery();
        List<Callback> bundle = new ArrayList<>(Collections.nCopies(plan.times(), callback));
        if (plan.contradiction() != null) {
            bundle.add(plan.lieFirst() ? 0 : bundle.size(),
                    callback.saying(writer.write(order, plan.contradiction())));
        }
        if (plan.after().isZero()) {
            return inside.callbacks().sendAll(bundle);
        }
        Promise<Void> done = Promise.promise();
        inside.clock().schedule(plan.after(), () -> inside.callbacks().sendAll(bundle).onComplete(done));
        return done.future();
    }

    /** Waits for the n-th due time, or ends the order after the last one. */
    private void plan(Order order, int n) {
        OrderRequest request = order.request();
        Optional<Instant> due = new Schedule(request.start(), request.end(), request.frequency()).due(n);
        if (due.isEmpty()) {
            synchronized (this) {
                order.end(Status.ENDED);
            }
            return;
        }
        Duration wait = Duration.between(inside.clock().instant(), due.get());
        inside.clock().schedule(wait.isNegative() ? Duration.ZERO : wait, () -> debit(order, n));
    }

    private void debit(Order order, int n) {
        synchronized (this) {
            if (orders.get(order.id()) != order || order.status() != Status.ACTIVE) {
                return;
            }
        }
        OrderRequest request = order.request();
        Optional<LedgerEntry> paid = inside.ledger().pay(request.phone(), merchant.receiver(request.shortCode()),
                request.amount(), () -> entry(request));
        synchronized (this) {
            paid.ifPresentOrElse(entry -> order.paid(entry.receipt()), order::missed);
        }
        inside.counters().increment(paid.isPresent() ? RatibaCounts.DEBITS : RatibaCounts.MISSED);
        plan(order, n + 1);
    }

    private LedgerEntry entry(OrderRequest request) {
        return new LedgerEntry(inside.ids().receipt(), inside.clock().instant(), request.phone(), request.shortCode(),
                merchant.receiver(request.shortCode()), BigDecimal.valueOf(request.amount()), request.reference(),
                null, null);
    }
}
