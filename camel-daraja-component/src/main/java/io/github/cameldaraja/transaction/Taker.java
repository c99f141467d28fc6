package io.github.cameldaraja.transaction;

import java.util.concurrent.CompletableFuture;

/** Somebody who can be told an outcome: an exchange that waits, or a route that begins with {@code from("daraja:…")}. */
@FunctionalInterface
public interface Taker {

    /** How it went. */
    enum Taken {
        /** It failed, or was not wanted any more. */
        NOT,
        /** It has dealt with the outcome. */
        WELL,
        /** It has, and has marked the delivery so in the same transaction. */
        AND_MARKED
    }

    /** Tells it; never exceptionally. */
    CompletableFuture<Taken> take(Delivery delivery);
}
