package io.github.cameldaraja.reconcile;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.account.Accounts;
import io.github.cameldaraja.account.Commons;
import io.github.cameldaraja.api.AlertKind;
import io.github.cameldaraja.api.DarajaException;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaThrottledException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.gateway.QuestionPace;
import io.github.cameldaraja.transaction.Alarms;
import io.github.cameldaraja.transaction.Arrivals;
import io.github.cameldaraja.transaction.Debts;
import io.github.cameldaraja.transaction.Door;
import io.github.cameldaraja.transaction.OperatorCircuits;
import io.github.cameldaraja.transaction.Settlement;
import io.github.cameldaraja.transaction.Transaction;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks by itself about payments whose callback is late: numbered questions, one in flight per payment, spaced within the
 * account's pace. A failure waits for the callback before it counts; when nothing is left to ask, a person must look.
 */
public final class Asking {

    private static final Logger LOG = LoggerFactory.getLogger(Asking.class);
    private static final int BATCH = 50;
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);
    // longer than any question takes; frees payments whose question was lost with its node
    private static final Duration LEASE = Duration.ofMinutes(2);
    // what has just changed has its callback or its answer on the way
    private static final Duration RECENT = Duration.ofMinutes(1);
    // how long after its start one that a person must decide about is worth a look of a reconciliation
    private static final Duration LAST_LOOK = Duration.ofDays(7);
    private static final CompletableFuture<Boolean> NOT_ASKED = CompletableFuture.completedFuture(false);
    private static final CompletableFuture<Optional<DarajaException>> ADMITTED = CompletableFuture.completedFuture(Optional.empty());

    private final Clock clock;
    private final String application;
    private final TransactionRepository repository;
    private final Debts debts;
    private final Accounts accounts;
    private final Questions questions;
    private final Repeats repeats;
    private final Departures departures;
    private final OperatorCircuits operators;
    private final QuestionPace pace;
    private final Door door;
    private final Arrivals arrivals;
    private final Alarms alarms;
    private final AskSchedule schedule;
    private final boolean byItself;
    private final AtomicBoolean busy = new AtomicBoolean();
    // since when the store has answered without a failure; null while it does not
    private volatile Instant answeringSince;
    private volatile boolean paused;
    private final Set<String> inFlight = ConcurrentHashMap.newKeySet();

    /**
     * @param application whose payments
     * @param byItself    whether payments are asked about without anybody telling; what was heard is settled in any case
     */
    public Asking(Clock clock, String application, TransactionRepository repository, Debts debts, Accounts accounts,
                  Questions questions, Repeats repeats, Departures departures, OperatorCircuits operators, QuestionPace pace,
                  Door door, Arrivals arrivals, Alarms alarms, AskSchedule schedule, boolean byItself) {
        this.clock = clock;
        this.application = application;
        this.repository = repository;
        this.debts = debts;
        this.accounts = accounts;
        this.questions = questions;
        this.repeats = repeats;
        this.departures = departures;
        this.operators = operators;
        this.pace = pace;
        this.door = door;
        this.arrivals = arrivals;
        this.alarms = alarms;
        this.schedule = schedule;
        this.byItself = byItself;
        this.answeringSince = clock.instant();
    }

    /** When to ask first about a payment that is sent now; or when a question that nobody answers is forgotten. */
    public Instant firstQuestion(Transaction payment) {
        return payment.isQuestion() ? forgottenAt() : clock.instant().plus(schedule.first());
    }

    /** When a question that is put now, and that nobody answers, is forgotten. */
    public Instant forgottenAt() {
        return clock.instant().plus(AskSchedule.ANSWER_PATIENCE);
    }

    /**
     * Takes in the final answer to a question about a stored payment, whoever asked: "paid" is settled at once, a failure waits
     * for the callback to know better.
     *
     * @return what routes are to know; fails if it could not be stored
     */
    public CompletableFuture<Outcome> heard(Outcome said) {
        return repository.find(said.reference()).thenCompose(payment -> {
            if (payment != null && payment.isArrival()) {
                return arrivals.answered(payment, said).thenApply(arrived -> said);
            }
            if (payment != null && said.isCompleted() && said.receiptNumber() == null && !payment.isQuestion()) {
                return arrivals.paidWithoutReceipt(payment, said).thenApply(passed -> passed.settlement().outcome());
            }
            return said.isCompleted() || payment != null && !canHold(payment, said)
                    ? door.settle(said).thenApply(passed -> passed.settlement().outcome()) : hold(said).thenApply(held -> said);
        });
    }

    /** Does what is due; returns at once. */
    public void tick() {
        if (!busy.compareAndSet(false, true)) {
            return;
        }
        Instant now = clock.instant();
        claim(now).whenComplete((due, failure) -> {
            busy.set(false);
            if (failure != null) {
                answeringSince = null;
                LOG.warn("Cannot read what is due: {}", failure.toString());
            } else {
                if (answeringSince == null) {
                    answeringSince = clock.instant();
                }
                due.forEach(this::handle);
            }
        });
    }

    // a repository that throws instead of failing must not leave us busy for ever
    private CompletableFuture<List<Transaction>> claim(Instant now) {
        try {
            return repository.claimDue(application, now, now.plus(LEASE), BATCH);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void handle(Transaction payment) {
        try {
            if (payment.isEnded()) {
                repository.update(payment.reference(), current -> current.due(null));
            } else if (payment.status() == PaymentStatus.HELD) {
                departures.expire(payment);
            } else if (payment.waitsToBeSent()) {
                departures.send(payment);
            } else if (payment.held() != null && payment.isArrival()) {
                arrivals.due(payment);
            } else if (payment.held() != null) {
                LOG.debug("No callback came to contradict the query about {}", payment);
                door.settle(payment.held());
            } else if (payment.isQuestion()) {
                forget(payment);
            } else if (debts.isOwed(payment.reference())) {
                // what was answered is known here: what was refused, or has arrived, must not be sent again
                debts.pay(payment.reference());
            } else if (payment.status() == PaymentStatus.INITIATED) {
                LOG.warn("Whether {} was sent is not known: its sender has stopped meanwhile, or cannot tell", payment);
                repository.update(payment.reference(), current -> current.senderLost(repeatNotBefore(), clock.instant()));
            } else if (payment.mayBeRepeated() && !repeats.isOpen(payment, accounts.get(payment.account()))) {
                // from now on a person decides, unless a question helps
                repository.update(payment.reference(), current -> current.notRepeated().due(clock.instant()));
            } else if (!Repeats.isNext(payment) && !questions.canAsk(payment, accounts.get(payment.account()))) {
                waitOn(payment);
            } else if (byItself && paused) {
                putOff(payment.reference(), AskSchedule.POSTPONED);
            } else if (byItself) {
                ask(payment);
            } else {
                leaveToOthers(payment);
            }
        } catch (RuntimeException e) {
            failed(payment, e);
        }
    }

    // its sender may live, and have had no store to tell what was answered: after the store is back it has time to do so
    private Instant repeatNotBefore() {
        Instant now = clock.instant();
        Instant since = answeringSince;
        return (since == null ? now : since).plus(Debts.LONGEST_SILENCE);
    }

    private CompletableFuture<?> failed(Transaction payment, Throwable why) {
        LOG.warn("Cannot ask about {}: {}", payment, why.toString());
        // else the lease brings it back
        return payment.held() == null && !payment.isQuestion() ? postpone(payment.reference()) : DONE;
    }

    // a question that nobody answers leaves no debt
    private void forget(Transaction question) {
        LOG.info("No answer came to {}", question);
        repository.abandon(question.reference(), Outcome.builder().status(PaymentStatus.FAILED)
                .resultDescription("Safaricom did not answer").build());
    }

    // nothing to ask, or nothing to ask with: only what comes by itself can tell
    private void waitOn(Transaction payment) {
        Instant end = payment.createdAt().plus(questions.patience(payment));
        if (end.isAfter(clock.instant())) {
            repository.update(payment.reference(), current -> later(current, end));
        } else {
            goOn(payment.reference(), current -> null, 0);
        }
    }

    // whoever sets the hours asks; but not for ever, and what was once sent is not kept longer than it is needed
    private void leaveToOthers(Transaction payment) {
        Instant end = end(payment);
        if (end.isAfter(clock.instant()) && payment.status() != PaymentStatus.UNRESOLVED) {
            repository.update(payment.reference(), current -> later(current, end));
        } else {
            goOn(payment.reference(), current -> null, 0);
        }
    }

    // what was heard in this very moment has its own time
    private static Transaction later(Transaction payment, Instant end) {
        return payment.dueAt() == null || payment.held() != null ? payment : payment.due(end);
    }

    private Instant end(Transaction payment) {
        Instant end = payment.createdAt().plus(AskSchedule.PATIENCE);
        Instant endOfRepeats = repeats.end(payment);
        return payment.mayBeRepeated() && endOfRepeats.isBefore(end) ? endOfRepeats : end;
    }

    /**
     * Whether a run of a reconciliation that began at {@code from} may ask about it: it is open, nothing is known that only has to
     * wait, nobody has touched it since, and nobody asks by himself within the next minutes.
     *
     * @return its account; empty if not
     */
    Optional<Account> mayAskAgain(Transaction payment, Instant from) {
        try {
            Account account = accounts.get(payment.account());
            return mayAskAgain(payment, account, from) ? Optional.of(account) : Optional.empty();
        } catch (RuntimeException e) {
            LOG.warn("Cannot ask about {}: {}", payment, e.toString());
            return Optional.empty();
        }
    }

    private boolean mayAskAgain(Transaction payment, Account account, Instant from) {
        Instant now = clock.instant();
        return !payment.isEnded() && !payment.isQuestion() && !payment.disputed() && payment.held() == null
                && payment.status() != PaymentStatus.INITIATED && !debts.isOwed(payment.reference())
                && payment.updatedAt().isBefore(from) && !payment.updatedAt().plus(RECENT).isAfter(now)
                && (payment.dueAt() == null || payment.dueAt().isAfter(now.plus(LEASE)))
                && (payment.status() != PaymentStatus.UNRESOLVED || payment.createdAt().plus(LAST_LOOK).isAfter(now))
                && (mayRepeat(payment, account) || questions.canAsk(payment, account));
    }

    private boolean mayRepeat(Transaction payment, Account account) {
        return Repeats.isNext(payment) && repeats.isOpen(payment, account);
    }

    /**
     * Asks about a payment beside what is asked by itself, if nobody was faster; such a question does not count. The caller has taken
     * the account's pace.
     *
     * @param from as in {@link #mayAskAgain}
     * @return done when what was answered is stored; whether anything was asked. Fails if the store does
     */
    CompletableFuture<Boolean> askAgain(Transaction seen, Account account, Instant from) {
        return askAgain(seen, account, current -> mayAskAgain(current, account, from));
    }

    private CompletableFuture<Boolean> askAgain(Transaction seen, Account account, Predicate<Transaction> may) {
        String reference = seen.reference();
        if (!inFlight.add(reference)) {
            return NOT_ASKED;
        }
        Instant lease = clock.instant().plus(LEASE);
        AtomicReference<Transaction> before = new AtomicReference<>();
        return update(reference, current -> {
            before.set(may.test(current) ? current : null);
            // the time for sending it again may be over
            return before.get() == null ? current
                    : (repeats.isOpen(current, account) ? current : current.notRepeated()).due(lease);
        }).thenCompose(ours -> before.get() == null ? NOT_ASKED : alone(reference,
                () -> askAgain(ours, account, before.get().dueAt(), lease),
                until -> goBack(ours, before.get().dueAt(), lease).thenApply(back -> false)))
                .whenComplete((asked, failure) -> inFlight.remove(reference));
    }

    /** No more questions by itself, nor requests sent once more, on this node; what is due waits, without counting. */
    public void pause(boolean paused) {
        this.paused = paused;
    }

    public boolean isPaused() {
        return paused;
    }

    /**
     * Asks about one payment now, for a person wants to know; such a question does not count.
     *
     * @return the payment after it; fails with an {@link IllegalArgumentException} or an {@link IllegalStateException} that says why
     *         nothing was asked
     */
    public CompletableFuture<Transaction> askNow(String reference) {
        return debts.pay(reference).thenCompose(tried -> repository.find(reference)).thenCompose(payment -> {
            if (payment == null) {
                throw new IllegalArgumentException("no payment is stored under " + reference);
            }
            Account account = accounts.get(payment.account());
            String why = whyNot(payment, account);
            if (why != null) {
                throw new IllegalStateException("nothing was asked: " + why);
            }
            return pace.take(account).thenCompose(wait -> wait.isZero()
                    ? askAgain(payment, account, current -> whyNot(current, account) == null) : tooEarly(account, wait));
        }).thenCompose(asked -> {
            if (!asked) {
                throw new IllegalStateException("nothing was asked: it is being asked about already, or its operator may not ask, or"
                        + " Safaricom took no question; see the log");
            }
            return repository.find(reference);
        });
    }

    private static CompletableFuture<Boolean> tooEarly(Account account, Duration wait) {
        return CompletableFuture.failedFuture(new IllegalStateException("nothing was asked: account '" + account.name()
                + "' may ask again in " + wait.plusMillis(999).toSeconds() + " s"));
    }

    private String whyNot(Transaction payment, Account account) {
        if (payment.isQuestion() || payment.isEnded()) {
            return "it is over";
        }
        if (payment.disputed()) {
            return "messages contradict, and only a person can decide";
        }
        if (payment.held() != null) {
            return "a failure is known, and its callback has until " + payment.dueAt() + " to know better";
        }
        if (payment.status() == PaymentStatus.HELD || payment.status() == PaymentStatus.INITIATED) {
            return "it has not been sent yet, as far as is known";
        }
        if (debts.isOwed(payment.reference())) {
            return "what Safaricom has answered is not stored yet; it is as soon as the store takes it";
        }
        return mayRepeat(payment, account) || questions.canAsk(payment, account) ? null
                : "Safaricom answers no question about it; look for it in the portal";
    }

    // one that throws instead of failing must not leave it in flight for ever
    private CompletableFuture<Transaction> update(String reference, UnaryOperator<Transaction> change) {
        try {
            return repository.update(reference, change);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<Boolean> askAgain(Transaction ours, Account account, Instant dueBefore, Instant lease) {
        boolean signed = Repeats.isNext(ours) || questions.isSigned(ours);
        return (signed ? operators.admit(ours.operation(), account, true) : ADMITTED).handle((refusal, unknown) -> {
            if (unknown != null || refusal.isPresent()) {
                LOG.info("{} is not asked about now: {}", ours, unknown != null ? unknown : refusal.get().getMessage());
                return goBack(ours, dueBefore, lease).thenApply(back -> false);
            }
            return Repeats.isNext(ours) ? repeats.send(ours, account).thenApply(sent -> true) : hear(ours, account, dueBefore, lease);
        }).thenCompose(asked -> asked);
    }

    private CompletableFuture<Boolean> hear(Transaction ours, Account account, Instant dueBefore, Instant lease) {
        return questions.ask(ours, account).handle((said, failure) -> {
            if (failure == null) {
                return (said.status().isFinal() ? heard(said) : goBack(ours, dueBefore, lease)).thenApply(stored -> true);
            }
            if (questions.isSigned(ours)) {
                operators.refused(account, failure);
            }
            LOG.info("A question about {} was not answered: {}", ours, failure.getMessage());
            return goBack(ours, dueBefore, lease).thenApply(back -> failure instanceof DarajaOutcomeUnknownException);
        }).thenCompose(asked -> asked);
    }

    // as if it had not been asked about; unless something has happened to it meanwhile
    private CompletableFuture<?> goBack(Transaction ours, Instant dueBefore, Instant lease) {
        Instant now = clock.instant();
        Duration pause = schedule.pauseAfter(ours.questions());
        Instant due = dueBefore != null || ours.status() == PaymentStatus.UNRESOLVED ? dueBefore
                : byItself ? now.plus(pause == null ? AskSchedule.POSTPONED : pause) : end(ours);
        return repository.update(ours.reference(), current -> current.isEnded() || current.dueAt() == null
                || !isSame(current.dueAt(), lease) ? current : current.asked(0, due, now));
    }

    private void ask(Transaction payment) {
        Account account = accounts.get(payment.account());
        if (!inFlight.add(payment.reference())) {
            // a callback that could not be believed made it due again; the running question goes on with it
            return;
        }
        // nor may one that throws instead of failing leave it in flight for ever
        CompletableFuture.completedFuture(account).thenCompose(pace::take).thenApply(wait -> wait.isZero()
                        ? alone(payment.reference(), () -> leave(payment, account).thenAccept(done -> { }),
                                until -> standBy(payment.reference(), until).thenAccept(done -> { }))
                        : putOff(payment.reference(), wait))
                .thenCompose(stored -> stored)
                .whenComplete((stored, failure) -> {
                    inFlight.remove(payment.reference());
                    if (failure != null) {
                        LOG.warn("What became of asking about {} could not be stored: {}", payment, failure.toString());
                    }
                });
    }

    // what another node hears can make a payment due while the question about it runs here; that one goes on with it then
    private <T> CompletableFuture<T> alone(String reference, Supplier<CompletableFuture<T>> question,
                                           Function<Instant, CompletableFuture<T>> taken) {
        Commons commons = repository.commons().orElse(null);
        if (commons == null) {
            return question.get();
        }
        String name = "question/" + reference;
        String holder = UUID.randomUUID().toString();
        Instant now = clock.instant();
        return commons.lease(name, holder, now, now.plus(LEASE)).thenCompose(until -> until != null ? taken.apply(until)
                : question.get().whenComplete((done, failure) -> commons.release(name, holder)));
    }

    // whoever asks says when to ask next; if its node has died, nobody does
    private CompletableFuture<?> standBy(String reference, Instant until) {
        return repository.update(reference, current -> current.dueAt() == null || current.dueAt().isBefore(until) ? current
                : current.due(until));
    }

    private CompletableFuture<?> leave(Transaction payment, Account account) {
        if (!Repeats.isNext(payment) && !questions.isSigned(payment)) {
            return put(payment, account);
        }
        return operators.admit(payment.operation(), account, true).handle((refusal, unknown) -> {
            if (unknown != null) {
                LOG.warn("Whether the operator of account '{}' may ask is not known: {}", account.name(), unknown.toString());
                return putOff(payment.reference(), AskSchedule.STOPPED);
            }
            // it does not count, and there is no end to it: what can be asked later is no person's matter
            return refusal.isEmpty() ? put(payment, account) : putOff(payment.reference(),
                    refusal.get() instanceof DarajaThrottledException ? AskSchedule.TURN : AskSchedule.STOPPED);
        }).thenCompose(stored -> stored);
    }

    private CompletableFuture<?> putOff(String reference, Duration wait) {
        Instant turn = clock.instant().plus(wait);
        return repository.update(reference, current -> current.dueAt() == null ? current : current.due(turn));
    }

    private CompletableFuture<?> put(Transaction payment, Account account) {
        try {
            return Repeats.isNext(payment) ? repeats.send(payment, account) : questions.ask(payment, account)
                    .handle((said, failure) -> failure == null ? answered(payment, said) : unanswered(payment, account, failure))
                    .thenCompose(stored -> stored);
        } catch (RuntimeException e) {
            return failed(payment, e);
        }
    }

    private CompletableFuture<?> answered(Transaction payment, Outcome said) {
        return said.status().isFinal() ? heard(said) : goOn(payment.reference(), this::pause);
    }

    private CompletableFuture<?> unanswered(Transaction payment, Account account, Throwable failure) {
        if (questions.isSigned(payment)) {
            operators.refused(account, failure);
        }
        LOG.info("Question {} about {} was not answered: {}", payment.questions() + 1, payment, failure.getMessage());
        return failure instanceof DarajaOutcomeUnknownException ? goOn(payment.reference(), this::pause)
                : postpone(payment.reference());
    }

    // what the door would not let in, about another payment for instance, is not worth waiting for
    private boolean canHold(Transaction payment, Outcome failure) {
        return payment.status().isFinal() || Settlement.of(payment, failure, clock.instant()).verdict().isDelivered();
    }

    private CompletableFuture<Transaction> hold(Outcome failure) {
        Instant now = clock.instant();
        return repository.update(failure.reference(), current -> current.status().isFinal() || current.held() != null ? current
                : current.asked(1, null, now).holding(failure, now.plus(schedule.grace()), now));
    }

    // the question was refused or never put: it does not count
    private CompletableFuture<?> postpone(String reference) {
        Instant now = clock.instant();
        return goOn(reference, payment -> payment.createdAt().plus(AskSchedule.PATIENCE).isBefore(now) ? null : AskSchedule.POSTPONED, 0);
    }

    // asks again after the pause; null: nothing is left to ask
    private CompletableFuture<?> goOn(String reference, Function<Transaction, Duration> pauseAfter) {
        return goOn(reference, pauseAfter, 1);
    }

    private CompletableFuture<Void> tellPerson(Transaction payment) {
        LOG.error("A person must look: nothing is left to ask about {}", payment);
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("amount", payment.amount());
        details.put("questions", payment.questions());
        details.put("createdAt", payment.createdAt());
        details.put("disputed", payment.disputed());
        CompletableFuture<Void> raised = alarms.raise(AlertKind.UNRESOLVED, payment, "nothing is left to ask about this payment: look for"
                + " it in the portal and resolve it", details);
        return payment.dueAt() == null ? raised : raised.thenCompose(told -> repository.update(payment.reference(), current ->
                current.dueAt() != null && isSame(current.dueAt(), payment.dueAt()) ? current.due(null) : current)).thenAccept(after -> { });
    }

    // a database keeps no nanoseconds
    private static boolean isSame(Instant one, Instant other) {
        return one.truncatedTo(ChronoUnit.MICROS).equals(other.truncatedTo(ChronoUnit.MICROS));
    }

    private Duration pause(Transaction payment) {
        return schedule.pauseAfter(payment.questions() + 1);
    }

    private CompletableFuture<?> goOn(String reference, Function<Transaction, Duration> pauseAfter, int questions) {
        Instant now = clock.instant();
        return repository.update(reference, current -> {
            if (current.status().isFinal() || current.held() != null) {
                // it is over, or will be: what was heard meanwhile has its own time
                return current;
            }
            if (current.status() == PaymentStatus.UNRESOLVED) {
                // a callback that could not be believed made us ask once more, or nobody was told so far
                return current.asked(questions, now.plus(LEASE), now);
            }
            if (Repeats.isNext(current)) {
                // the answer was faster than the acknowledgement of its question
                return current.asked(questions, now, now);
            }
            Duration pause = pauseAfter.apply(current);
            // until a person is told of it, somebody comes back to it
            return pause == null ? current.asked(questions, null, now).unresolved(now).due(now.plus(LEASE))
                    : current.asked(questions, now.plus(pause), now);
        }).thenCompose(after -> after != null && after.status() == PaymentStatus.UNRESOLVED ? tellPerson(after) : DONE);
    }
}
