package io.github.cameldaraja.callback;

import io.github.cameldaraja.transaction.Door;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * When a message that has been settled may be answered. Memory forgets at a crash: there the answer waits for the first taker, so
 * that a death before it looks like a lost delivery.
 */
public final class Answering {

    private final TransactionRepository repository;
    private final Duration patience;

    /**
     * @param patience how long a route may take before the message is answered anyway
     */
    public Answering(TransactionRepository repository, Duration patience) {
        this.repository = repository;
        this.patience = patience;
    }

    CompletableFuture<Void> after(Door.Passed passed) {
        return after(passed.delivered());
    }

    /**
     * @param delivered done when the first taker has ended
     */
    CompletableFuture<Void> after(CompletableFuture<Void> delivered) {
        return repository.isDurable() ? CompletableFuture.completedFuture(null)
                : delivered.copy().completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
