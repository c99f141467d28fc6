package io.github.cameldaraja.simulator.express;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

import io.github.cameldaraja.simulator.Transfer;
import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.money.Kind;
import io.github.cameldaraja.simulator.money.Ledger;
import io.github.cameldaraja.simulator.wire.Callback;
import io.github.cameldaraja.simulator.wire.DeliveryPlan;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/**
 * Waits for the operators of tills and books what they pay.
 */
final class ExpressDesk {

    private static final String OPERATION = "B2BExpressCheckout";
    private static final String UNAFFORDABLE = "1";

    private final Inside inside;
    private final Ledger ledger;
    private final ExpressFates fates;
    private final ExpressWriter writer;
    private final Set<ExpressPrompt> open = new HashSet<>();
    private final Map<String, ExpressPrompt> prompts = new HashMap<>();

    ExpressDesk(Inside inside, ExpressFates fates) {
        this.inside = inside;
        this.ledger = inside.ledger();
        this.fates = fates;
        this.writer = new ExpressWriter(inside.json());
    }

    /** Shows a prompt; completes at once unless the script wants the callback before the answer. */
    Future<Void> prompt(ExpressRequest request) {
        ExpressPrompt prompt = new ExpressPrompt(request, fates.take(request.payer()));
        synchronized (this) {
            open.add(prompt);
            prompts.put(request.requestId(), prompt);
        }
        if (prompt.fate().callback().delivery().beforeAnswer()) {
            return conclude(prompt);
        }
        inside.clock().schedule(inside.settings().answerDelay(), () -> conclude(prompt));
        return Future.succeededFuture();
    }

    /**
     * Sends a callback again, or a lost one at last; fails with {@link NoSuchElementException} for an unknown request
     * and with {@link IllegalStateException} for an open prompt.
     */
    Future<Integer> resend(String requestId) {
        Callback callback;
        synchronized (this) {
            ExpressPrompt prompt = prompts.get(requestId);
            if (prompt == null) {
                return Future.failedFuture(new NoSuchElementException("no such request: " + requestId));
            }
            callback = prompt.callback();
        }
        return callback == null
                ? Future.failedFuture(new IllegalStateException("still open: " + requestId))
                : inside.callbacks().send(callback).map(reply -> reply.status());
    }

    synchronized void reset() {
        open.clear();
        prompts.clear();
    }

    private Future<Void> conclude(ExpressPrompt prompt) {
        ExpressRequest request = prompt.request();
        List<Callback> bundle;
        synchronized (this) {
            if (!open.remove(prompt)) {
                return Future.succeededFuture();
            }
            Optional<Transfer> paid = prompt.fate().code() == null ? pay(request) : Optional.empty();
            String code = paid.isPresent() ? ExpressWriter.PAID
                    : prompt.fate().code() == null ? UNAFFORDABLE : prompt.fate().code();
            inside.counters().increment(paid.isPresent() ? "b2bExpress.paid" : "b2bExpress.failed");
            prompt.keepCallback(inside.callbacks().write(request.callbackUrl(), prompt.fate().callback().dress(
                    writer.write(request, code, paid.map(Transfer::conversationId).orElse(null),
                            paid.map(Transfer::receipt).orElse(null)), inside.json()), request.receiver()));
            bundle = bundle(prompt);
        }
        return deliver(bundle, prompt.fate().callback().delivery());
    }

    private Optional<Transfer> pay(ExpressRequest request) {
        ledger.introduce(request.payer(), Kind.TILL);
        return ledger.transfer(new Transfer(inside.ids().receipt(), inside.clock().instant(), OPERATION,
                request.payer(), ledger.kind(request.payer()).receiving().text(),
                request.receiver(), ledger.kind(request.receiver()).receiving().text(),
                BigDecimal.valueOf(request.amount()), request.paymentReference(), request.requestId(),
                inside.ids().conversation(), null));
    }

    private List<Callback> bundle(ExpressPrompt prompt) {
        DeliveryPlan plan = prompt.fate().callback().delivery();
        List<Callback> bundle = new ArrayList<>(Collections.nCopies(plan.times(), prompt.callback()));
        if (plan.contradiction() != null) {
            String lie = inside.json().write(writer.write(prompt.request(), plan.contradiction(),
                    inside.ids().conversation(), inside.ids().receipt()));
            bundle.add(plan.lieFirst() ? 0 : bundle.size(), prompt.callback().saying(lie));
        }
        return bundle;
    }

    private Future<Void> deliver(List<Callback> bundle, DeliveryPlan plan) {
        if (plan.after().isZero()) {
            return inside.callbacks().sendAll(bundle);
        }
        Promise<Void> done = Promise.promise();
        inside.clock().schedule(plan.after(), () -> inside.callbacks().sendAll(bundle).onComplete(done));
        return done.future();
    }
}
