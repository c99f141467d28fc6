package io.github.cameldaraja.reconcile;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.account.Accounts;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.gateway.QuestionPace;
import io.github.cameldaraja.transaction.Door;
import io.github.cameldaraja.transaction.Transaction;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks by itself about payments whose callback is late: numbered questions, one in flight per payment, spaced within the
 * account's pace. A failure waits for the callback before it counts; when nothing is left to ask, a person must look.
 */
public final class Asking {

    private static final Logger LOG = LoggerFactory.getLogger(Asking.class);
    private static final int BATCH = 50;
    // longer than any question takes; frees payments whose question was lost with its node
    private static final Duration LEASE = Duration.ofMinutes(2);

    private final Clock clock;
    private final TransactionRepository repository;
    private final Accounts accounts;
    private final Questions questions;
    private final QuestionPace pace;
    private final Door door;
    private final AskSchedule schedule;
    private final AtomicBoolean busy = new AtomicBoolean();

    public Asking(Clock clock, TransactionRepository repository, Accounts accounts, Questions questions, QuestionPace pace,
                  Door door, AskSchedule schedule) {
        this.clock = clock;
        this.repository = repository;
        this.accounts = accounts;
        this.questions = questions;
        this.pace = pace;
        this.door = door;
        this.schedule = schedule;
    }

    /** When to ask first about a payment that is acknowledged now. */
    public Instant firstQuestion() {
        return clock.instant().plus(schedule.first());
    }

    /** Asks about what is due; returns at once. */
    public void tick() {
        if (!busy.compareAndSet(false, true)) {
            return;
        }
        Instant now = clock.instant();
        repository.claimDue(now, now.plus(LEASE), BATCH).whenComplete((due, failure) -> {
            busy.set(false);
            if (failure != null) {
                LOG.warn("Cannot read what is due: {}", failure.toString());
            } else {
                due.forEach(this::handle);
            }
        });
    }

    private void handle(Transaction payment) {
        try {
            if (payment.status().isFinal()) {
                repository.update(payment.reference(), current -> current.status().isFinal() ? current.due(null) : current);
            } else if (payment.held() != null) {
                LOG.debug("No callback came to contradict the query about {}", payment);
                door.settle(payment.held());
            } else {
                ask(payment);
            }
        } catch (RuntimeException e) {
            // the lease brings it back
            LOG.warn("Cannot ask about {}: {}", payment, e.toString());
        }
    }

    private void ask(Transaction payment) {
        Account account = accounts.get(payment.account());
        Duration wait = pace.tryTake(account);
        if (!wait.isZero()) {
            Instant turn = clock.instant().plus(wait);
            repository.update(payment.reference(), current -> current.dueAt() == null ? current : current.due(turn));
            return;
        }
        CompletableFuture<Outcome> answer = questions.ask(payment, account);
        answer.whenComplete((said, failure) -> {
            if (failure != null) {
                LOG.info("Question {} about {} was not answered: {}", payment.questions() + 1, payment, failure.getMessage());
                goOn(payment.reference());
            } else if (!said.status().isFinal()) {
                goOn(payment.reference());
            } else if (said.isPaid()) {
                door.settle(said);
            } else {
                hold(payment.reference(), said);
            }
        });
    }

    private void hold(String reference, Outcome failure) {
        Instant now = clock.instant();
        repository.update(reference, current -> current.status().isFinal() ? current
                : current.asked(null, now).holding(failure, now.plus(schedule.grace()), now));
    }

    private void goOn(String reference) {
        Instant now = clock.instant();
        repository.update(reference, current -> {
            if (current.status().isFinal()) {
                return current;
            }
            if (current.status() == PaymentStatus.UNRESOLVED) {
                // a callback that could not be believed made us ask once more
                return current.asked(null, now);
            }
            Duration pause = schedule.pauseAfter(current.questions() + 1);
            return pause == null ? current.asked(null, now).unresolved(now) : current.asked(now.plus(pause), now);
        }).thenAccept(after -> {
            if (after != null && after.status() == PaymentStatus.UNRESOLVED) {
                LOG.error("A person must look: nothing is left to ask about {}", after);
            }
        });
    }
}
