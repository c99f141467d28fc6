package io.github.cameldaraja.transaction;

import io.github.cameldaraja.api.Outcome;
import java.util.concurrent.CompletableFuture;

/** Somebody who can be told an outcome: a route that begins with {@code from("daraja:…")}, or an exchange that waits. */
public interface Taker {

    /** Whether this outcome is for it, now. */
    boolean wants(Outcome outcome);

    /** Whether this outcome is for it, now or when it takes outcomes again. */
    default boolean concerns(Outcome outcome) {
        return wants(outcome);
    }

    /**
     * Tells it.
     *
     * @param attempt 1 for the first time
     * @return true once it has dealt with the outcome, false if it failed or did not want it any more; never exceptionally
     */
    CompletableFuture<Boolean> take(Outcome outcome, int attempt);
}
