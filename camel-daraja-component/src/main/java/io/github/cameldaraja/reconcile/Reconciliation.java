package io.github.cameldaraja.reconcile;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.api.ReconcileSummary;
import io.github.cameldaraja.gateway.QuestionPace;
import io.github.cameldaraja.transaction.Deadlines;
import io.github.cameldaraja.transaction.Transaction;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at every payment that is open, page by page, asks about it within its account's pace, and counts what became of it. Runs on
 * the thread of whoever has set the hour; only that thread waits.
 */
public final class Reconciliation {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);
    private static final int PAGE = 500;
    private static final int AT_A_TIME = 10;
    /** How long the answer to the last question of a page may take to come by callback, beside the grace of a failure. */
    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(1);
    private static final Duration FIRST_LOOK = Duration.ofSeconds(1);

    private final Clock clock;
    private final String application;
    private final TransactionRepository repository;
    private final Asking asking;
    private final QuestionPace pace;
    private final Deadlines deadlines;
    private final Duration patience;
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();

    /**
     * @param deadlines wake the thread that waits; they run nothing long
     * @param grace     how long a failure by query waits for the callback
     */
    public Reconciliation(Clock clock, String application, TransactionRepository repository, Asking asking, QuestionPace pace,
                          Deadlines deadlines, Duration grace) {
        this.clock = clock;
        this.application = application;
        this.repository = repository;
        this.asking = asking;
        this.pace = pace;
        this.deadlines = deadlines;
        this.patience = grace.plus(LONGEST_ANSWER);
    }

    /** Ends the run as soon as the questions in flight are answered. */
    public void close() {
        stopped.complete(null);
    }

    /**
     * Runs once.
     *
     * @param account null for all
     * @return what it has found; empty if it was ended before it had looked at everything
     * @throws RuntimeException if the store fails: what was asked is asked, and the next run looks at the rest
     */
    public Optional<ReconcileSummary> run(String account) throws InterruptedException {
        Instant from = clock.instant();
        Tally tally = new Tally();
        String after = null;
        List<Transaction> page;
        do {
            page = got(repository.findOpen(application, account, after, PAGE));
            // what was stored since then is none of this run's business
            List<Transaction> open = page.stream().filter(payment -> !payment.createdAt().isAfter(from)).toList();
            Set<String> asked = ask(open, from);
            tally.asked(asked.size());
            if (!asked.isEmpty()) {
                await(asked, account, after);
            }
            if (stopped.isDone()) {
                return Optional.empty();
            }
            count(open, account, after, tally);
            after = page.isEmpty() ? null : page.get(page.size() - 1).reference();
        } while (page.size() == PAGE);
        return Optional.of(tally.summary(account, from, clock.instant()));
    }

    // the accounts take turns, for each has a pace of its own
    private Set<String> ask(Collection<Transaction> open, Instant from) throws InterruptedException {
        Map<Account, Deque<Transaction>> left = new LinkedHashMap<>();
        for (Transaction payment : open) {
            asking.mayAskAgain(payment, from).ifPresent(account -> left.computeIfAbsent(account, one -> new ArrayDeque<>()).add(payment));
        }
        Set<String> asked = ConcurrentHashMap.newKeySet();
        Semaphore places = new Semaphore(AT_A_TIME);
        while (!left.isEmpty() && !stopped.isDone()) {
            Duration shortest = null;
            for (Account account : List.copyOf(left.keySet())) {
                Duration wait = got(pace.take(account));
                if (wait.isZero()) {
                    shortest = wait;
                    places.acquire();
                    ask(left.get(account).remove(), account, from, asked).whenComplete((done, failure) -> places.release());
                    left.computeIfPresent(account, (one, rest) -> rest.isEmpty() ? null : rest);
                } else if (shortest == null || wait.compareTo(shortest) < 0) {
                    shortest = wait;
                }
            }
            pause(shortest);
        }
        places.acquire(AT_A_TIME);
        return asked;
    }

    private CompletableFuture<Void> ask(Transaction payment, Account account, Instant from, Set<String> asked) {
        return asking.askAgain(payment, account, from).handle((put, failure) -> {
            if (failure != null) {
                LOG.warn("What became of asking about {} could not be stored: {}", payment, failure.toString());
            } else if (put) {
                asked.add(payment.reference());
            }
            return null;
        });
    }

    // answers come by callback, failures wait for one: looks at growing distances whether anything can still come
    private void await(Set<String> asked, String account, String after) throws InterruptedException {
        Instant end = clock.instant().plus(patience);
        for (Duration pause = FIRST_LOOK; !stopped.isDone() && clock.instant().isBefore(end); pause = pause.multipliedBy(2)) {
            if (got(repository.findOpen(application, account, after, PAGE)).stream().map(Transaction::reference)
                    .noneMatch(asked::contains)) {
                return;
            }
            Duration left = Duration.between(clock.instant(), end);
            pause(left.compareTo(pause) < 0 ? left : pause);
        }
    }

    private void count(Collection<Transaction> open, String account, String after, Tally tally) throws InterruptedException {
        Map<String, Transaction> still = got(repository.findOpen(application, account, after, PAGE)).stream()
                .collect(Collectors.toMap(Transaction::reference, payment -> payment));
        List<CompletableFuture<Transaction>> all = open.stream().map(Transaction::reference)
                .map(reference -> still.containsKey(reference) ? CompletableFuture.completedFuture(still.get(reference))
                        : repository.find(reference)).toList();
        for (CompletableFuture<Transaction> one : all) {
            Transaction payment = got(one);
            // else it came by itself, and turned out to be another one
            if (payment != null) {
                tally.count(payment);
            }
        }
    }

    private void pause(Duration time) throws InterruptedException {
        if (time.isZero() || stopped.isDone()) {
            return;
        }
        CompletableFuture<Void> woken = new CompletableFuture<>();
        Runnable forget = deadlines.at(clock.instant().plus(time), () -> woken.complete(null));
        try {
            got(CompletableFuture.anyOf(woken, stopped));
        } finally {
            forget.run();
        }
    }

    // whoever stops the schedule may interrupt its thread
    private static <T> T got(CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }
}
