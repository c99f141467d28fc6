package io.github.cameldaraja.transaction;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Safaricom has answered and the store could not take: kept in memory, and stored as soon as the store takes it. While it is
 * away it is tried with one of them at growing distances; as soon as it answers, with many at a time.
 */
public final class Debts {

    private record Debt(String reference, Supplier<CompletableFuture<Transaction>> change) {
    }

    /** How many are kept at most. */
    static final int CAPACITY = 5_000;
    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    /** How long after the store is back everything is stored. */
    public static final Duration LONGEST_SILENCE = LONGEST_PAUSE.plusSeconds(5);
    private static final int BATCH = 100;
    private static final Logger LOG = LoggerFactory.getLogger(Debts.class);
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final Clock clock;
    private final Deadlines deadlines;
    // by the reference of the payment, the one that was tried last at the end; guarded by itself, as what follows
    private final Map<String, Debt> open = new LinkedHashMap<>();
    private int width = 1;
    private Duration pause = FIRST_PAUSE;
    // null when no round is to come
    private Runnable cancelNext;

    /**
     * @param deadlines when the next round is; what it starts does not take long
     */
    public Debts(Clock clock, Deadlines deadlines) {
        this.clock = clock;
        this.deadlines = deadlines;
    }

    /**
     * Stores what was answered to the request of a payment: now or, if that fails, later.
     *
     * @param change stores it; it may run more than once, at any time, so it must look whether it still may
     * @return what became of it now; when it fails, it is owed already
     */
    public CompletableFuture<Transaction> store(String reference, Supplier<CompletableFuture<Transaction>> change) {
        return attempt(change).whenComplete((after, failure) -> {
            if (failure != null) {
                owe(new Debt(reference, change), failure);
            }
        });
    }

    /** Whether something about that payment is not stored yet. */
    public boolean isOwed(String reference) {
        synchronized (open) {
            return open.containsKey(reference);
        }
    }

    /** Tries now, if something is owed about that payment; done when it is tried, never exceptionally. */
    public CompletableFuture<Void> pay(String reference) {
        Debt debt;
        synchronized (open) {
            debt = open.get(reference);
        }
        return debt == null ? DONE : pay(debt).thenAccept(paid -> { });
    }

    /** Tries everything once more; the clock goes no further. Done when it is tried, never exceptionally. */
    public CompletableFuture<Void> payAll() {
        return pay(take(Integer.MAX_VALUE)).thenAccept(paid -> {
            int left = size();
            if (left > 0) {
                LOG.warn("What Safaricom has answered about {} payments is not stored: they will be taken for payments whose fate is"
                        + " unknown", left);
            }
        });
    }

    int size() {
        synchronized (open) {
            return open.size();
        }
    }

    private void owe(Debt debt, Throwable why) {
        synchronized (open) {
            if (open.size() < CAPACITY || open.containsKey(debt.reference())) {
                open.put(debt.reference(), debt);
                if (cancelNext == null) {
                    pause = FIRST_PAUSE;
                    width = 1;
                    next(pause);
                }
                LOG.warn("What Safaricom has answered about payment {} could not be stored, and is stored later: {}",
                        debt.reference(), why.toString());
                return;
            }
        }
        LOG.warn("What Safaricom has answered about payment {} could not be stored and is forgotten, for {} are waiting already: {}",
                debt.reference(), CAPACITY, why.toString());
    }

    // the caller holds the lock
    private void next(Duration wait) {
        Instant at = clock.instant().plus(wait);
        cancelNext = deadlines.at(at, this::round);
    }

    private void round() {
        List<Debt> some;
        synchronized (open) {
            if (open.isEmpty()) {
                cancelNext = null;
                return;
            }
            some = take(width);
            // before it is known how this one ends: one that never ends must not hold up the others
            width = 1;
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            next(pause);
        }
        pay(some).thenAccept(all -> {
            if (all) {
                storeAnswers();
            }
        });
    }

    private void storeAnswers() {
        synchronized (open) {
            if (cancelNext != null) {
                cancelNext.run();
                cancelNext = null;
            }
            width = BATCH;
            pause = FIRST_PAUSE;
            if (!open.isEmpty()) {
                next(Duration.ZERO);
            }
        }
    }

    // the first ones, which thereby become the last
    private List<Debt> take(int limit) {
        synchronized (open) {
            List<Debt> some = new ArrayList<>();
            Iterator<Debt> first = open.values().iterator();
            while (first.hasNext() && some.size() < limit) {
                some.add(first.next());
                first.remove();
            }
            some.forEach(debt -> open.put(debt.reference(), debt));
            return some;
        }
    }

    // whether all of them are stored
    private CompletableFuture<Boolean> pay(List<Debt> some) {
        List<CompletableFuture<Boolean>> tried = some.stream().map(this::pay).toList();
        return CompletableFuture.allOf(tried.toArray(CompletableFuture[]::new))
                .thenApply(done -> tried.stream().allMatch(CompletableFuture::join));
    }

    private CompletableFuture<Boolean> pay(Debt debt) {
        return attempt(debt.change()).handle((after, failure) -> {
            if (failure != null) {
                LOG.debug("Payment {} is still owed what was answered: {}", debt.reference(), failure.toString());
                return false;
            }
            synchronized (open) {
                if (open.remove(debt.reference(), debt)) {
                    LOG.info("What Safaricom has answered about payment {} is stored now", debt.reference());
                }
            }
            return true;
        });
    }

    // one that throws instead of failing has not stored it either
    private static CompletableFuture<Transaction> attempt(Supplier<CompletableFuture<Transaction>> change) {
        try {
            return change.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
