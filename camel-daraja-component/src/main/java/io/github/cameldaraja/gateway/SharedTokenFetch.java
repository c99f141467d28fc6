package io.github.cameldaraja.gateway;

import io.github.cameldaraja.account.Commons;
import io.github.cameldaraja.account.SharedToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes an app's token from what the nodes have in common. If there is none that is good, one of them asks Daraja, under a lease, and
 * the others look again and again, without a thread. Where the store does not answer, a node asks for itself alone: it had rather kill
 * another's token than stop.
 */
final class SharedTokenFetch {

    private static final Logger LOG = LoggerFactory.getLogger(SharedTokenFetch.class);
    /** So long a node that dies while it asks keeps the others waiting; one that lives prolongs it. */
    static final Duration LEASE = Duration.ofSeconds(10);
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 500;
    // half a minute
    private static final int MOST_LOOKS = 64;

    private final Commons commons;
    private final Duration patience;
    private final Clock clock;
    private final ScheduledExecutorService scheduler;
    private final String app;
    private final AppToken.Unwanted unwanted;
    private final Supplier<CompletableFuture<TokenAnswer>> fetch;
    private final String holder = UUID.randomUUID().toString();
    private final CompletableFuture<TokenAnswer> answer = new CompletableFuture<>();
    // the steps come one after the other, on whatever thread
    private volatile boolean ours;
    private volatile boolean over;
    private volatile int looks;

    /**
     * @param patience how long the store is waited for
     * @param unwanted which token is no good, whoever has stored it
     * @param fetch    asks Daraja
     */
    SharedTokenFetch(Commons commons, Duration patience, Clock clock, ScheduledExecutorService scheduler, String app,
                     AppToken.Unwanted unwanted, Supplier<CompletableFuture<TokenAnswer>> fetch) {
        this.commons = commons;
        this.patience = patience;
        this.clock = clock;
        this.scheduler = scheduler;
        this.app = app;
        this.unwanted = unwanted;
        this.fetch = fetch;
    }

    /** Completed with a token or a failure, never exceptionally. */
    CompletableFuture<TokenAnswer> start() {
        look();
        return answer;
    }

    private void look() {
        step(commons.token(app), stored -> {
            AccessToken token = stored == null ? null : AccessToken.shared(stored);
            if (token != null && token.isUsable(clock.instant()) && unwanted.allows(token)) {
                end(TokenAnswer.of(token));
            } else if (ours) {
                fetch();
            } else {
                claim();
            }
        });
    }

    private void claim() {
        Instant now = clock.instant();
        step(commons.lease(app, holder, now, now.plus(LEASE)), until -> {
            if (until == null) {
                ours = true;
                // whoever had it may have stored one meanwhile
                look();
            } else if (++looks < MOST_LOOKS) {
                later(this::look, Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(looks - 1, 4)));
            } else {
                answer.complete(TokenAnswer.notSent("another node has been asking for it for half a minute", null, false));
            }
        });
    }

    private void fetch() {
        prolongLater();
        fetch.get().whenComplete((fetched, impossible) -> {
            over = true;
            if (fetched.token() == null) {
                end(fetched);
            } else {
                put(fetched);
            }
        });
    }

    private void put(TokenAnswer fetched) {
        bounded(commons.putToken(app, holder, fetched.token().toShared())).whenComplete((stored, failure) -> {
            if (failure != null) {
                LOG.warn("An access token could not be stored, so the other nodes will ask for one of their own: {}", failure.toString());
                answer.complete(fetched);
            } else if (stored) {
                answer.complete(fetched);
            } else {
                // we were too slow, and were taken for dead: the one who asked after us has the newer one
                ours = false;
                over = false;
                guarded(this::look);
            }
        });
    }

    private void prolongLater() {
        later(() -> {
            if (!over && ours) {
                commons.prolong(app, holder, clock.instant().plus(LEASE));
                prolongLater();
            }
        }, LEASE.toMillis() / 3);
    }

    // the lease is given back in passing: nobody waits for that
    private void end(TokenAnswer result) {
        if (ours) {
            commons.release(app, holder);
        }
        answer.complete(result);
    }

    // the next step, or all alone
    private <T> void step(CompletableFuture<T> stored, Consumer<T> next) {
        bounded(stored).whenComplete((result, failure) -> guarded(() -> {
            if (failure == null) {
                next.accept(result);
            } else {
                LOG.warn("The store does not say which access token the nodes share, so this one asks for its own: {}", failure.toString());
                fetch.get().thenAccept(answer::complete);
            }
        }));
    }

    private <T> CompletableFuture<T> bounded(CompletableFuture<T> stored) {
        return stored.copy().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    // or whoever waits would wait for ever
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            over = true;
            answer.complete(TokenAnswer.notSent("asking for it failed: " + e, e, false));
        }
    }

    private void later(Runnable task, long millis) {
        try {
            scheduler.schedule(() -> guarded(task), millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            stopping();
            return;
        }
        if (scheduler.isShutdown()) {
            // Camel's schedulers then drop in silence
            stopping();
        }
    }

    private void stopping() {
        answer.complete(TokenAnswer.notSent("stopping", null, false));
    }
}
