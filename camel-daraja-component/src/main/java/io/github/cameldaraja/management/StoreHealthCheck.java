package io.github.cameldaraja.management;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;

/**
 * A health check that looks into the store. It counts neither for readiness nor for liveness: a node that is taken out of service, or
 * killed, could not hear callbacks either, and nothing would be better for it.
 *
 * @param <T> what it finds there
 */
abstract class StoreHealthCheck<T> implements HealthCheck {

    private static final Duration LONGEST_LOOK = Duration.ofSeconds(2);

    private final String id;
    private volatile boolean enabled = true;

    StoreHealthCheck(String id) {
        this.id = id;
    }

    /** Looks. */
    abstract CompletableFuture<T> look();

    /** What that means. */
    abstract Result judge(HealthCheckResultBuilder result, T found);

    /** What it means that the store does not answer. */
    abstract String silence();

    @Override
    public final String getId() {
        return id;
    }

    @Override
    public final String getGroup() {
        return "camel";
    }

    @Override
    public final boolean isEnabled() {
        return enabled;
    }

    @Override
    public final void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    @Override
    public final boolean isReadiness() {
        return false;
    }

    @Override
    public final boolean isLiveness() {
        return false;
    }

    @Override
    public final Result call(Map<String, Object> options) {
        HealthCheckResultBuilder result = HealthCheckResultBuilder.on(this);
        if (!enabled) {
            return result.unknown().message("disabled").build();
        }
        try {
            return judge(result, look().get(LONGEST_LOOK.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return result.unknown().message("interrupted").build();
        } catch (ExecutionException | TimeoutException e) {
            return result.down().message(silence()).error(e).build();
        }
    }
}
