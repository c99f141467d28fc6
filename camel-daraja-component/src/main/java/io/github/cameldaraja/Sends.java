package io.github.cameldaraja;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Requests of this process whose answer is not in yet. Who joins a payment that another exchange is just sending waits here for
 * what becomes of the sending.
 */
final class Sends {

    private final Map<String, CompletableFuture<Throwable>> open = new ConcurrentHashMap<>();

    /** Call it before anybody else can see the payment. */
    void begin(String reference) {
        open.put(reference, new CompletableFuture<>());
    }

    /**
     * Harmless if it has not begun.
     *
     * @param refusal why nothing was sent, or null if it may have been
     */
    void end(String reference, Throwable refusal) {
        CompletableFuture<Throwable> ended = open.remove(reference);
        if (ended != null) {
            ended.complete(refusal);
        }
    }

    /** Whether it is being sent. */
    boolean isOpen(String reference) {
        return open.containsKey(reference);
    }

    /** Completed with the refusal or with null, and at once if that payment is not being sent; never exceptionally. */
    CompletableFuture<Throwable> of(String reference) {
        CompletableFuture<Throwable> running = open.get(reference);
        return running == null ? CompletableFuture.completedFuture(null) : running.copy();
    }
}
