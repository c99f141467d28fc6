package io.github.cameldaraja.callback;

import java.util.concurrent.CompletableFuture;

/** What is done with a callback that carries our capability. */
@FunctionalInterface
public interface CallbackHandler {

    /** Completes when the callback may be answered with 200; fails if it could not be kept. */
    CompletableFuture<Void> handle(CallbackRequest callback);
}
