package io.github.cameldaraja.callback;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** What is done with callbacks of one kind that carry our capability. */
@FunctionalInterface
public interface CallbackHandler {

    /** Completes with the reply once the callback may be answered; fails if it could not be kept. Again is as good as once. */
    CompletableFuture<CallbackReply> handle(CallbackRequest callback);

    /**
     * What is answered to a callback that is kept elsewhere first and handled later.
     *
     * @return null for a question, which nobody can answer later
     */
    default CallbackReply replyWhenKept() {
        return null;
    }

    /** A handler that says the same to every callback that it has kept. */
    static CallbackHandler keeping(CallbackReply reply, Function<CallbackRequest, CompletableFuture<Void>> work) {
        return new CallbackHandler() {
            @Override
            public CompletableFuture<CallbackReply> handle(CallbackRequest callback) {
                return work.apply(callback).thenApply(kept -> reply);
            }

            @Override
            public CallbackReply replyWhenKept() {
                return reply;
            }
        };
    }
}
