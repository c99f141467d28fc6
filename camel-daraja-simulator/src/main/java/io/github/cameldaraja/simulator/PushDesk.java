package io.github.cameldaraja.simulator;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.cameldaraja.simulator.Script.Decision;
import io.vertx.core.Future;

/**
 * Accepts pushes, waits for customers and books what they decide.
 */
final class PushDesk {

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
    private final MerchantCheck merchant;
    private final Tokens tokens;
    private final Faults faults;
    private final Books books;
    private final Counters counters;
    private final CallbackSender sender;
    private final Map<String, Push> pushes = new LinkedHashMap<>();
    private final Map<String, Push> open = new HashMap<>();

    PushDesk(SimulatorSettings settings, SimulatedClock clock, Ids ids, Answers answers, MerchantCheck merchant,
            Tokens tokens, Faults faults, Books books, Counters counters, CallbackSender sender) {
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
        this.answers = answers;
        this.merchant = merchant;
        this.tokens = tokens;
        this.faults = faults;
        this.books = books;
        this.counters = counters;
        this.sender = sender;
    }

    /** Accepts a well-formed push or throws {@link Refused}. */
    synchronized Push accept(PushRequest request) {
        String phone = request.phone();
        Script script = faults.peek(phone);
        AnswerPlan plan = script.answer();
        if (!plan.kind().accepts()) {
            faults.take(phone);
            if (plan.kind() == AnswerPlan.Kind.REVOKED_TOKEN) {
                tokens.revokeAll();
                faults.putBack(phone, script.withNormalAnswer());
            }
            throw new Refused(answers.scripted(plan), plan.slow());
        }
        merchant.check(request.shortCode(), request.password(), request.timestamp());
        if (open.containsKey(phone)) {
            throw new Refused(answers.wrongState(ResultTexts.UNABLE_TO_LOCK));
        }
        faults.take(phone);
        Instant now = clock.instant();
        Push push = new Push(ids.merchantRequest(), ids.checkoutRequest(phone), request, script, now,
                now.plus(settings.promptLife()));
        pushes.put(push.checkoutRequestId(), push);
        open.put(phone, push);
        counters.accepted();
        if (script.decision() == Decision.CODE ? ResultTexts.showsPrompt(script.code()) : merchant.permits(request)) {
            counters.prompt(phone);
        }
        return push;
    }

    /** Lets the customer think; completes at once unless the script wants the callback before the answer. */
    Future<Void> begin(Push push) {
        Decision decision = push.script().decision();
        boolean waits = decision == Decision.NOBODY || decision == Decision.HANDSET;
        if (waits && merchant.permits(push.request())) {
            clock.schedule(settings.promptLife(), () -> conclude(push, NO_ANSWER));
        } else if (push.script().delivery().beforeAnswer()) {
            return conclude(push, push.script().code());
        } else {
            clock.schedule(settings.answerDelay(), () -> conclude(push, push.script().code()));
        }
        return Future.succeededFuture();
    }

    /** Ends a push with a code, or with what the customer's money allows if the code is null. */
    Future<Void> conclude(Push push, String code) {
        synchronized (this) {
            if (pushes.get(push.checkoutRequestId()) != push || !push.pending()) {
                return Future.succeededFuture();
            }
            if (code == null) {
                decide(push);
            } else {
                push.conclude(code, null);
            }
            sender.prepare(push);
            open.remove(push.request().phone(), push);
        }
        return sender.deliver(push);
    }

    synchronized Optional<Push> find(String checkoutRequestId) {
        return Optional.ofNullable(pushes.get(checkoutRequestId));
    }

    /** Pushes that wait for a person. */
    synchronized List<Push> onHandsets() {
        return open.values().stream()
                .filter(push -> push.script().decision() == Decision.HANDSET && merchant.permits(push.request()))
                .sorted((a, b) -> a.acceptedAt().compareTo(b.acceptedAt()))
                .toList();
    }

    synchronized void reset() {
        pushes.clear();
        open.clear();
    }

    private void decide(Push push) {
        PushRequest request = push.request();
        if (!merchant.permits(request)) {
            push.conclude(NOT_PERMITTED, null);
        } else if (settings.rule17() && paidTheSameJustNow(push)) {
            push.conclude(TWO_MINUTES_RULE, null);
        } else {
            Optional<LedgerEntry> paid =
                    books.pay(request.partyA(), request.partyB(), request.amount(), () -> entry(push));
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
        return books.payments().stream().anyMatch(entry -> entry.payerPhone().equals(push.request().partyA())
                && entry.amount().longValue() == push.request().amount()
                && entry.at().isAfter(since));
    }
}
