package io.github.cameldaraja.management;

import io.github.cameldaraja.transaction.TransactionRepository;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheckResultBuilder;

/** Whether the store keeps what it is given: down when it does not answer, and when callbacks have to wait for it on the disk. */
public final class RepositoryHealthCheck extends StoreHealthCheck<String> {

    /** How long a callback may wait in the spool. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final TransactionRepository repository;
    private final Supplier<CallbackCounts> callbacks;

    public RepositoryHealthCheck(TransactionRepository repository, Supplier<CallbackCounts> callbacks, HealthSettings settings) {
        super("store", settings);
        this.repository = repository;
        this.callbacks = callbacks;
    }

    @Override
    CompletableFuture<String> find() {
        return repository.cursor("health");
    }

    @Override
    String silence() {
        return "the store does not answer: payments are refused, and callbacks wait in the spool if the repository is durable";
    }

    @Override
    Result judge(HealthCheckResultBuilder result, String nothing) {
        CallbackCounts counts = callbacks.get();
        result.detail("durable", repository.isDurable()).detail("spooled", counts.waiting()).detail("refused", counts.refused());
        return counts.waiting() > 0 && counts.oldest().compareTo(PATIENCE) > 0 ? result.down().message(counts.waiting()
                + " callbacks wait in the spool for the store, the oldest for " + counts.oldest().toSeconds() + " s; see the log for why"
                + " the store does not take them").build() : result.up().build();
    }
}
