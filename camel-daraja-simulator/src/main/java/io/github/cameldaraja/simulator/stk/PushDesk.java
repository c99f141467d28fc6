package io.github.cameldaraja.simulator.stk;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.SimulatedClock;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.money.Ledger;
import io.github.cameldaraja.simulator.stk.Fate.Decision;
import io.github.cameldaraja.simulator.wire.AnswerPlan;
import io.github.cameldaraja.simulator.wire.Answers;
import io.github.cameldaraja.simulator.wire.Callback;
import io.github.cameldaraja.simulator.wire.CallbackSender;
import io.github.cameldaraja.simulator.wire.DeliveryPlan;
import io.github.cameldaraja.simulator.wire.Ids;
import io.github.cameldaraja.simulator.wire.Refused;
import io.github.cameldaraja.simulator.wire.Tally;
import io.github.cameldaraja.simulator.wire.Tokens;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/**
 * Accepts pushes, waits for customers and books what they decide.
 */
public final class PushDesk {

    private static final String NOT_PERMITTED = "2028";
    private static final String TWO_MINUTES_RULE = "17";
    private static final String UNAFFORDABLE = "1";
    private static final String PAID = "0";
    private static final String NO_ANSWER = "1037";
    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

    private final SimulatorSettings settings;
    private final SimulatedClock clock;
    private final Ids ids;
    private final Answers answers;
    private final Tokens tokens;
    private final Ledger ledger;
    private final Tally counters;
    private final CallbackSender callbacks;
    private final MerchantCheck merchant;
    private final Fates fates;
    private final Tally prompts;
    private final CallbackWriter writer;
    private final Map<String, Push> pushes = new LinkedHashMap<>();
    private final Map<String, Push> open = new HashMap<>();

    PushDesk(Inside inside, MerchantCheck merchant, Fates fates, Tally prompts) {
        this.settings = inside.settings();
        this.clock = inside.clock();
        this.ids = inside.ids();
        this.answers = inside.answers();
        this.tokens = inside.tokens();
        this.ledger = inside.ledger();
        this.counters = inside.counters();
        this.callbacks = inside.callbacks();
        this.merchant = merchant;
        this.fates = fates;
        this.prompts = prompts;
        this.writer = new CallbackWriter(inside.json(), ids, clock, ledger);
    }

    /** Accepts a well-formed push or throws {@link Refused}. */
    synchronized Push accept(PushRequest request) {
        String phone = request.phone();
        Fate fate = fates.peek(phone);
        AnswerPlan plan = fate.answer();
        if (!plan.kind().accepts()) {
            fates.take(phone);
            if (plan.kind() == AnswerPlan.Kind.REVOKED_TOKEN) {
                tokens.revokeAll();
                fates.putBack(phone, fate.withNormalAnswer());
            }
            throw new Refused(answers.scripted(plan), plan.slow());
        }
        merchant.check(request.shortCode(), request.password(), request.timestamp());
        if (open.containsKey(phone)) {
            throw new Refused(answers.wrongState(ResultTexts.UNABLE_TO_LOCK));
        }
        fates.take(phone);
        Instant now = clock.instant();
        Push push = new Push(ids.merchantRequest(), ids.checkoutRequest(phone), request, fate, now,
                now.plus(settings.promptLife()));
        pushes.put(push.checkoutRequestId(), push);
        open.put(phone, push);
        counters.increment(StkCounts.ACCEPTED);
        if (fate.decision() == Decision.CODE ? ResultTexts.showsPrompt(fate.code()) : merchant.permits(request)) {
            prompts.increment(phone);
        }
        return push;
    }

    /** Lets the customer think; completes at once unless the script wants the callback before the answer. */
    Future<Void> begin(Push push) {
        Decision decision = push.fate().decision();
        boolean waits = decision == Decision.NOBODY || decision == Decision.HANDSET;
        if (waits && merchant.permits(push.request())) {
            clock.schedule(settings.promptLife(), () -> conclude(push, NO_ANSWER));
        } else if (push.fate().delivery().beforeAnswer()) {
            return conclude(push, push.fate().code());
        } else {
            clock.schedule(settings.answerDelay(), () -> conclude(push, push.fate().code()));
        }
        return Future.succeededFuture();
    }

    /** Ends a push with a code, or with what the customer's money allows if the code is null. */
    public Future<Void> conclude(Push push, String code) {
        synchronized (this) {
            if (pushes.get(push.checkoutRequestId()) != push || !push.pending()) {
                return Future.succeededFuture();
            }
            if (code == null) {
                decide(push);
            } else {
                push.conclude(code, null);
            }
            PushRequest request = push.request();
            push.keepCallback(callbacks.write(request.callbackUrl(), writer.truth(push), request.shortCode()));
            open.remove(push.request().phone(), push);
        }
        return deliver(push);
    }

    synchronized Optional<Push> find(String checkoutRequestId) {
        return Optional.ofNullable(pushes.get(checkoutRequestId));
    }

    /** Pushes that wait for a person. */
    public synchronized List<Push> onHandsets() {
        return open.values().stream()
                .filter(push -> push.fate().decision() == Decision.HANDSET && merchant.permits(push.request()))
                .sorted((a, b) -> a.acceptedAt().compareTo(b.acceptedAt()))
                .toList();
    }

    synchronized void reset() {
        pushes.clear();
        open.clear();
    }

    private Future<Void> deliver(Push push) {
        DeliveryPlan plan = push.fate().delivery();
        List<Callback> bundle = new ArrayList<>(Collections.nCopies(plan.times(), push.callback()));
        if (plan.contradiction() != null) {
            bundle.add(plan.lieFirst() ? 0 : bundle.size(),
                    push.callback().saying(writer.lie(push, plan.contradiction())));
        }
        if (plan.after().isZero()) {
            return callbacks.sendAll(bundle);
        }
        Promise<Void> done = Promise.promise();
        clock.schedule(plan.after(), () -> callbacks.sendAll(bundle).onComplete(done));
        return done.future();
    }

    private void decide(Push push) {
        PushRequest request = push.request();
        if (!merchant.permits(request)) {
            push.conclude(NOT_PERMITTED, null);
        } else if (settings.rule17() && paidTheSameJustNow(push)) {
            push.conclude(TWO_MINUTES_RULE, null);
        } else {
            Optional<LedgerEntry> paid =
                    ledger.pay(request.partyA(), request.partyB(), request.amount(), () -> entry(push));
            push.conclude(paid.isPresent() ? PAID : UNAFFORDABLE, paid.orElse(null));
        }
    }

    private LedgerEntry entry(Push push) {
        PushRequest request = push.request();
        return new LedgerEntry(ids.receipt(), clock.instant(), request.partyA(), request.shortCode(),
                request.partyB(), BigDecimal.valueOf(request.amount()), request.accountReference(),
                push.checkoutRequestId(), push.merchantRequestId());
    }

    private boolean paidTheSameJustNow(Push push) {
        Instant since = push.acceptedAt().minus(TWO_MINUTES);
        return ledger.paymentsSince(since).stream().anyMatch(entry -> entry.payerPhone().equals(push.request().partyA())
                && entry.amount().longValue() == push.request().amount()
                && entry.at().isAfter(since));
    }
}
