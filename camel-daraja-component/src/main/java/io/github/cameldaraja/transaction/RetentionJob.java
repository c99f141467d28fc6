package io.github.cameldaraja.transaction;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the repository take away what is past its retention: every hour, a little with each tick until nothing is left, so that
 * payments never wait for it. Several nodes may do it at the same time.
 */
public final class RetentionJob {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionJob.class);
    // what is under way after a start comes first
    private static final Duration FIRST = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofHours(1);
    // a batch may be done in one go with callbacks that wait
    private static final int BATCH = 25;
    // Pull tells of payments up to two days old, and what they fit must be known then
    private static final Duration SHORTEST = Duration.ofDays(3);

    private final Clock clock;
    private final TransactionRepository repository;
    private final Duration personal;
    private final Duration ledger;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile Instant next;
    private volatile long purged;

    /**
     * @param personal how long personal fields, raw messages and what was delivered are kept after a payment's last change
     * @param ledger   how long the payment itself is
     * @throws IllegalArgumentException if the two make no sense; names the options
     */
    public RetentionJob(Clock clock, TransactionRepository repository, Duration personal, Duration ledger) {
        if (personal.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("rawRetention must be at least " + SHORTEST.toDays() + " days, not " + personal
                    + ": payments are still looked for by what it takes away");
        }
        if (ledger.compareTo(personal) < 0) {
            throw new IllegalArgumentException("ledgerRetention (" + ledger.toDays() + " days) must not be shorter than rawRetention ("
                    + personal.toDays() + " days): names are never kept longer than the payment");
        }
        this.clock = clock;
        this.repository = repository;
        this.personal = personal;
        this.ledger = ledger;
        this.next = clock.instant().plus(FIRST);
    }

    /** Does what is due; returns at once. */
    public void tick() {
        Instant now = clock.instant();
        if (now.isBefore(next) || !busy.compareAndSet(false, true)) {
            return;
        }
        purge(new PurgeBefore(now.minus(personal), now.minus(ledger))).whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.warn("What is past its retention could not be taken away, and will be: {}", failure.toString());
            } else if (done > 0) {
                purged += done;
            } else if (purged > 0) {
                LOG.info("{} rows were past their retention or had to be written anew", purged);
                purged = 0;
            }
            if (failure != null || done == 0) {
                next = now.plus(PAUSE);
            }
            busy.set(false);
        });
    }

    // a repository that throws instead of failing must not leave us busy for ever
    private CompletableFuture<Integer> purge(PurgeBefore before) {
        try {
            return repository.purge(before, BATCH);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
