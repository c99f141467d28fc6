package io.github.cameldaraja.management;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.health.HealthCheckResultBuilder;

/**
 * A health check that looks into the store.
 *
 * @param <T> what it finds there
 */
abstract class StoreHealthCheck<T> extends DarajaHealthCheck {

    private static final Duration LONGEST_LOOK = Duration.ofSeconds(2);

    StoreHealthCheck(String what, HealthSettings settings) {
        super(what, settings);
    }

    /** Looks. */
    abstract CompletableFuture<T> find();

    /** What that means. */
    abstract Result judge(HealthCheckResultBuilder result, T found);

    /** What it means that the store does not answer. */
    abstract String silence();

    @Override
    final Result look(HealthCheckResultBuilder result) {
        try {
            return judge(result, find().get(LONGEST_LOOK.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return result.unknown().message("interrupted").build();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            return result.down().message(silence()).error(e).build();
        }
    }
}
