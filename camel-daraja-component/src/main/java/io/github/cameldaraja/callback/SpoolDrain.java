package io.github.cameldaraja.callback;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.account.Accounts;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings spooled callbacks to the handlers that could not keep them, the oldest first. While the store is down one is tried now
 * and then. One that fails alone is put off and stops nobody else.
 */
final class SpoolDrain {

    private static final Logger LOG = LoggerFactory.getLogger(SpoolDrain.class);

    // as many as a store works on at the same time
    private static final int AT_A_TIME = 8;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);
    // alone, while others go through
    private static final int FAILURES_TO_REPORT = 5;

    /** What became of a file. */
    private enum Fate { HANDLED, FAILED, LEFT, GONE }

    /**
     * A file that failed.
     *
     * @param alone   how often while others were handled
     * @param drained how many had been handled when it failed last
     */
    private record PutOff(int times, int alone, long drained, Instant until) {
    }

    private final Clock clock;
    private final Spool spool;
    private final Accounts accounts;
    private final Map<Character, CallbackHandler> handlers;
    private final Duration patience;
    private final Executor executor;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicLong drained = new AtomicLong();
    // all below: who is busy
    private final Map<String, PutOff> putOff = new HashMap<>();
    private final Set<String> complaints = new HashSet<>();
    private boolean down;
    private Duration pause = FIRST_PAUSE;
    private Instant nextRound = Instant.MIN;
    private Instant nextLook;

    /**
     * @param handlers by kind
     * @param patience how long a handler may take
     * @param executor may wait for the disk and for an account resolver
     */
    SpoolDrain(Clock clock, Spool spool, Accounts accounts, Map<Character, CallbackHandler> handlers, Duration patience,
               Executor executor) {
        this.clock = clock;
        this.spool = spool;
        this.accounts = accounts;
        this.handlers = Map.copyOf(handlers);
        this.patience = patience;
        this.executor = executor;
        this.nextLook = clock.instant().plus(BETWEEN_LOOKS);
    }

    /** Does what is due; returns at once. */
    void tick() {
        if (!busy.compareAndSet(false, true)) {
            return;
        }
        Instant now = clock.instant();
        boolean look = !now.isBefore(nextLook);
        if (look || !spool.isEmpty() && !now.isBefore(nextRound)) {
            try {
                executor.execute(() -> work(look));
                return;
            } catch (RejectedExecutionException e) {
                LOG.debug("The component stops: what is in the spool waits for the next start");
            }
        }
        busy.set(false);
    }

    /** How many callbacks the store has taken from the spool. */
    long drained() {
        return drained.get();
    }

    private void work(boolean look) {
        try {
            if (look) {
                spool.takeOver();
                nextLook = clock.instant().plus(BETWEEN_LOOKS);
            }
            round();
        } catch (RuntimeException e) {
            rest(e);
        }
    }

    // whatever it is, it must not be the end of all draining
    private void rest(RuntimeException why) {
        LOG.warn("The spool rests for {} seconds", LONGEST_PAUSE.toSeconds(), why);
        nextRound = clock.instant().plus(LONGEST_PAUSE);
        busy.set(false);
    }

    private void round() {
        Instant now = clock.instant();
        List<String> names = down ? untried(now) : spool.oldest(name -> isDue(name, now), AT_A_TIME);
        if (names.isEmpty()) {
            nextRound = now.plus(FIRST_PAUSE);
            busy.set(false);
            return;
        }
        List<CompletableFuture<Fate>> fates = new ArrayList<>();
        names.forEach(name -> fates.add(drain(name)));
        CompletableFuture.allOf(fates.toArray(CompletableFuture<?>[]::new)).whenCompleteAsync((done, never) -> {
            try {
                end(names, fates.stream().map(CompletableFuture::join).toList());
                busy.set(false);
                tick();
            } catch (RuntimeException e) {
                rest(e);
            }
        }, executor);
    }

    // one, and not always the same, for its failing need not be the store's fault
    private List<String> untried(Instant now) {
        return spool.oldest(name -> isDue(name, now), Integer.MAX_VALUE).stream().min(Comparator.comparing(name ->
                putOff.containsKey(name) ? putOff.get(name).times() : 0)).map(List::of).orElse(List.of());
    }

    private boolean isDue(String name, Instant now) {
        PutOff off = putOff.get(name);
        return off == null || !off.until().isAfter(now);
    }

    private void end(List<String> names, List<Fate> fates) {
        boolean works = fates.contains(Fate.HANDLED);
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            switch (fates.get(i)) {
                case HANDLED -> remove(name);
                case FAILED -> failed(name);
                case LEFT -> putOff(name);
                case GONE -> forget(name);
            }
        }
        if (works) {
            down = false;
            pause = FIRST_PAUSE;
            nextRound = Instant.MIN;
            if (spool.isEmpty()) {
                LOG.info("The spool is empty again; callbacks that the database has taken from it: {}", drained.get());
            }
        } else if (fates.contains(Fate.FAILED)) {
            down = true;
            nextRound = clock.instant().plus(pause);
            pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
        }
    }

    // never exceptionally
    private CompletableFuture<Fate> drain(String name) {
        SpooledCallback spooled;
        try {
            spooled = spool.read(name);
        } catch (IllegalArgumentException e) {
            return completed(setAside(name, e));
        } catch (NoSuchFileException e) {
            LOG.warn("Somebody has taken {} out of the spool", name);
            return completed(Fate.GONE);
        } catch (IOException e) {
            complain(name, "it cannot be read now: " + e.getClass().getSimpleName());
            return completed(Fate.LEFT);
        }
        Account account = account(spooled);
        CallbackHandler handler = handlers.get(spooled.kind());
        if (account == null || handler == null || handler.replyWhenKept() == null) {
            complain(name, account == null ? "account '" + spooled.account() + "' is unknown here"
                    : "callbacks of kind " + spooled.kind() + " are unknown here");
            return completed(Fate.LEFT);
        }
        if (!spooled.isSealedBy(account)) {
            complain(name, "it is not sealed with a secret that account '" + account.name() + "' has now");
            return completed(Fate.LEFT);
        }
        return handled(spooled.request(account), handler);
    }

    private CompletableFuture<Fate> handled(CallbackRequest callback, CallbackHandler handler) {
        return Keeper.handled(callback, handler).copy().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .handle((reply, failure) -> {
                    if (failure != null) {
                        LOG.debug("{} failed again: {}", callback, failure.toString());
                    }
                    return failure == null ? Fate.HANDLED : Fate.FAILED;
                });
    }

    private Account account(SpooledCallback spooled) {
        try {
            return accounts.get(spooled.account());
        } catch (RuntimeException e) {
            // unknown; or it is the user's resolver that fails
            LOG.debug("There is no account for {}", spooled, e);
            return null;
        }
    }

    private void remove(String name) {
        drained.incrementAndGet();
        try {
            spool.remove(name);
            forget(name);
        } catch (IOException e) {
            // it will be handled again, which is harmless
            complain(name, "it was handled and cannot be removed: " + e.getClass().getSimpleName());
            putOff(name);
        }
    }

    private Fate setAside(String name, IllegalArgumentException why) {
        try {
            LOG.error("A person must look: {} in the spool cannot be read ({}) and is left aside as {}", name, why.getMessage(),
                    spool.setAside(name));
            return Fate.GONE;
        } catch (IOException e) {
            complain(name, why.getMessage() + " and cannot be renamed: " + e.getClass().getSimpleName());
            return Fate.LEFT;
        }
    }

    private void failed(String name) {
        PutOff now = putOff(name);
        // not once while the store is down for all
        if (now.alone() == FAILURES_TO_REPORT) {
            LOG.error("A person must look: {} in the spool fails each time while others are handled; it is tried on and on", name);
        }
    }

    private PutOff putOff(String name) {
        PutOff before = putOff.getOrDefault(name, new PutOff(0, 0, drained.get(), Instant.MIN));
        int times = before.times() + 1;
        int alone = before.alone() + (drained.get() > before.drained() ? 1 : 0);
        Duration length = shorter(FIRST_PAUSE.multipliedBy(1L << Math.min(times, 10)), LONGEST_PAUSE);
        PutOff now = new PutOff(times, alone, drained.get(), clock.instant().plus(length));
        putOff.put(name, now);
        return now;
    }

    private void forget(String name) {
        spool.forget(name);
        putOff.remove(name);
    }

    private void complain(String name, String why) {
        // once for all files that have the same fault
        if (complaints.add(why)) {
            LOG.error("A person must look: {} in the spool is left there, for {}", name, why);
        }
    }

    private static CompletableFuture<Fate> completed(Fate fate) {
        return CompletableFuture.completedFuture(fate);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
