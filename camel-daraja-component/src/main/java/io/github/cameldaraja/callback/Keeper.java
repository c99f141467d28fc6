package io.github.cameldaraja.callback;

import io.github.cameldaraja.account.Accounts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that a callback is kept before it is answered: by its handler; if the store fails, by its handler a little later; if
 * the store has failed for longer than a callback may wait, by the spool; and only then not at all.
 */
public final class Keeper {

    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 1000;
    private static final long DISK_PATIENCE_SECONDS = 5;
    private static final long STOP_PATIENCE_SECONDS = 1;

    private final Clock clock;
    private final Duration patience;
    private final Spool spool;
    private final SpoolDrain drain;
    private final Executor executor;
    private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicLong refused = new AtomicLong();
    private volatile boolean stopping;

    /**
     * @param patience how long the store may fail before a callback goes to the spool
     * @param spool    null if the store forgets as well: then nothing is gained by waiting for it
     * @param handlers by kind, for what comes out of the spool
     * @param executor tries again; may wait for the disk and for an account resolver
     */
    public Keeper(Clock clock, Duration patience, Spool spool, Accounts accounts, Map<Character, CallbackHandler> handlers,
                  Executor executor) {
        this.clock = clock;
        this.patience = patience;
        this.spool = spool;
        this.drain = spool == null ? null : new SpoolDrain(clock, spool, accounts, handlers, patience, executor);
        this.executor = executor;
    }

    /** Finds what an earlier run has left. */
    public void start() {
        if (spool != null) {
            spool.start();
        }
    }

    /** Brings what waits in the spool to the store; returns at once. */
    public void tick() {
        if (drain != null) {
            drain.tick();
        }
    }

    /** Lets the handler work, and whoever can keep the callback if it cannot; never fails. */
    CompletableFuture<CallbackReply> keep(CallbackRequest callback, CallbackHandler handler) {
        if (spool == null || handler.replyWhenKept() == null) {
            return handled(callback, handler).exceptionally(failure -> refuse(callback, failure));
        }
        Waiting one = new Waiting(callback, handler);
        waiting.add(one);
        one.answer.whenComplete((reply, never) -> waiting.remove(one));
        one.attempt();
        return one.answer;
    }

    /** Lets nobody wait for the store any longer; returns when those who did are answered, or after some seconds. */
    public void hurry() {
        stopping = true;
        if (!await(STOP_PATIENCE_SECONDS)) {
            waiting.forEach(one -> one.spool(new TimeoutException("the component stops")));
            await(DISK_PATIENCE_SECONDS);
        }
    }

    /** To be called when nobody calls any more and nothing is written. */
    public void close() {
        if (spool != null) {
            spool.close();
        }
    }

    public CallbackFigures figures() {
        if (spool == null) {
            return new CallbackFigures(0, 0, 0, Duration.ZERO, refused.get());
        }
        Instant now = clock.instant();
        Instant oldest = spool.oldest();
        return new CallbackFigures(spool.spooled(), drain.drained(), spool.size(),
                oldest == null || oldest.isAfter(now) ? Duration.ZERO : Duration.between(oldest, now), refused.get());
    }

    private boolean await(long seconds) {
        List<CompletableFuture<CallbackReply>> answers = waiting.stream().map(one -> one.answer).toList();
        try {
            CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new)).get(seconds, TimeUnit.SECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    static CompletableFuture<CallbackReply> handled(CallbackRequest callback, CallbackHandler handler) {
        try {
            return handler.handle(callback);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CallbackReply refuse(CallbackRequest callback, Throwable failure) {
        refused.incrementAndGet();
        LOG.error("{} could not be kept and is answered 503", callback, cause(failure));
        return CallbackReply.unavailable();
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** A callback whose sender waits for the answer. */
    private final class Waiting {

        private final CallbackRequest callback;
        private final CallbackHandler handler;
        private final long begun = System.nanoTime();
        private final CompletableFuture<CallbackReply> answer = new CompletableFuture<>();
        private final AtomicBoolean spooling = new AtomicBoolean();
        private long pause = FIRST_PAUSE_MILLIS;

        Waiting(CallbackRequest callback, CallbackHandler handler) {
            this.callback = callback;
            this.handler = handler;
        }

        void attempt() {
            if (spooling.get()) {
                return;
            }
            CompletableFuture<CallbackReply> handled = handled(callback, handler);
            // a copy, for what takes too long may still end well
            handled.copy().orTimeout(Math.max(1, leftMillis()), TimeUnit.MILLISECONDS).whenComplete((reply, failure) -> {
                if (failure == null) {
                    answer.complete(reply);
                } else {
                    failed(cause(failure));
                }
            });
        }

        private void failed(Throwable failure) {
            if (stopping || pause >= leftMillis()) {
                spool(failure instanceof TimeoutException && failure.getMessage() == null
                        ? new TimeoutException("the store has not answered within " + patience.toMillis() + " ms") : failure);
                return;
            }
            Executor later = CompletableFuture.delayedExecutor(pause, TimeUnit.MILLISECONDS, executor);
            pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
            later.execute(this::attempt);
        }

        void spool(Throwable failure) {
            if (!spooling.compareAndSet(false, true)) {
                return;
            }
            spool.keep(callback).copy().orTimeout(DISK_PATIENCE_SECONDS, TimeUnit.SECONDS).whenComplete((kept, broken) -> {
                if (broken == null) {
                    LOG.warn("{} waits in the spool until the database takes it: {}", callback, failure.toString());
                    answer.complete(handler.replyWhenKept());
                } else if (!answer.isDone()) {
                    Throwable why = cause(broken);
                    why.addSuppressed(failure);
                    answer.complete(refuse(callback, why));
                }
            });
        }

        private long leftMillis() {
            return patience.toMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        }
    }
}
