package io.github.cameldaraja.callback;

import java.util.concurrent.CompletableFuture;

/** What is done with callbacks of one kind that carry our capability. */
@FunctionalInterface
public interface CallbackHandler {

    /** Completes with the reply once the callback may be answered; fails if it could not be kept. */
    CompletableFuture<CallbackReply> handle(CallbackRequest callback);
}
