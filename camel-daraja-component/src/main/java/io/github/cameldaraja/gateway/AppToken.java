package io.github.cameldaraja.gateway;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * The one token of one app. Who finds a usable one takes no lock; who finds none joins the one flight that fetches it.
 */
final class AppToken {

    private final Clock clock;
    private final AtomicReference<Held> held = new AtomicReference<>();
    private final AtomicReference<CompletableFuture<TokenAnswer>> flight = new AtomicReference<>();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicReference<TokenTrouble> trouble = new AtomicReference<>();
    private final AtomicReference<Unwanted> unwanted = new AtomicReference<>(new Unwanted(null, false));

    AppToken(Clock clock) {
        this.clock = clock;
    }

    /**
     * The token, or the reason why there is none.
     *
     * @param fetch starts to fetch one, other than the unwanted
     */
    CompletableFuture<TokenAnswer> get(Function<Unwanted, CompletableFuture<TokenAnswer>> fetch) {
        Held current = usable();
        if (current != null) {
            return current.answer;
        }
        CompletableFuture<TokenAnswer> mine = new CompletableFuture<>();
        while (!flight.compareAndSet(null, mine)) {
            CompletableFuture<TokenAnswer> running = flight.get();
            if (running != null) {
                return running;
            }
        }
        // another flight may have landed between our look at the token and our take-off
        current = usable();
        if (current != null) {
            land(mine, current.answer.join());
        } else {
            fly(mine, fetch);
        }
        return mine;
    }

    private void fly(CompletableFuture<TokenAnswer> mine, Function<Unwanted, CompletableFuture<TokenAnswer>> fetch) {
        Unwanted without = unwanted.get();
        try {
            fetch.apply(without).whenComplete((answer, impossible) -> {
                // the token first, then the way for the next flight: nobody sees neither
                if (answer.token() != null) {
                    held.set(new Held(answer.token(), CompletableFuture.completedFuture(answer)));
                    trouble.set(null);
                    unwanted.compareAndSet(without, new Unwanted(without.refused(), false));
                } else {
                    failed(answer);
                }
                land(mine, answer);
            });
        } catch (Throwable e) {
            // or the app would never get a token again
            land(mine, TokenAnswer.notSent("asking for it failed: " + e, e, false));
        }
    }

    private void failed(TokenAnswer answer) {
        Instant now = clock.instant();
        trouble.updateAndGet(before -> new TokenTrouble(before == null ? now : before.since(), now, answer.message()));
    }

    private void land(CompletableFuture<TokenAnswer> mine, TokenAnswer answer) {
        flight.compareAndSet(mine, null);
        mine.complete(answer);
    }

    private Held usable() {
        Held current = held.get();
        return current != null && current.token.isUsable(clock.instant()) ? current : null;
    }

    /** Drops this token, unless it is no longer the current one. */
    void invalidate(AccessToken used) {
        Held current = held.get();
        if (current != null && current.token == used) {
            // first, or the next flight could bring it back
            unwanted.set(new Unwanted(used, false));
            held.compareAndSet(current, null);
        }
    }

    /** Wants another one than any that is there now. */
    void drop() {
        unwanted.set(new Unwanted(null, true));
        held.set(null);
    }

    void count() {
        calls.incrementAndGet();
    }

    Optional<TokenState> state() {
        return Optional.ofNullable(held.get())
                .map(current -> new TokenState(current.token.issuedAt(), current.token.expiresAt(), calls.get()));
    }

    /** Empty as long as the last attempt went well, or none was made. */
    Optional<TokenTrouble> trouble() {
        return Optional.ofNullable(trouble.get());
    }

    /** Ends a flight that will not land any more. */
    void abandon() {
        CompletableFuture<TokenAnswer> running = flight.get();
        if (running != null) {
            land(running, TokenAnswer.notSent("stopping", null, false));
        }
    }

    /**
     * Which token is no good although it may be in the store.
     *
     * @param refused by Daraja, or null
     * @param all     whatever is there
     */
    record Unwanted(AccessToken refused, boolean all) {

        boolean allows(AccessToken token) {
            return !all && (refused == null || !token.isCopyOf(refused));
        }
    }

    private record Held(AccessToken token, CompletableFuture<TokenAnswer> answer) {
    }
}
