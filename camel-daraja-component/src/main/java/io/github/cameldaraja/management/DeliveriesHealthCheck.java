package io.github.cameldaraja.management;

import io.github.cameldaraja.transaction.Deliveries;
import io.github.cameldaraja.transaction.OutboxCounts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;

/**
 * Whether outcomes reach routes: down when one waits for somebody to take it, or has failed as often as allowed. It counts neither
 * for readiness nor for liveness: a node that is taken out of service, or killed, for want of a route could not hear callbacks either.
 */
public final class DeliveriesHealthCheck implements HealthCheck {

    /** How long a due outcome may wait for a taker. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(2);

    private final Clock clock;
    private final Deliveries deliveries;
    private final String id;
    private volatile boolean enabled = true;

    /**
     * @param application whose routes are meant
     */
    public DeliveriesHealthCheck(Clock clock, Deliveries deliveries, String application) {
        this.clock = clock;
        this.deliveries = deliveries;
        this.id = "daraja-deliveries-" + application;
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public String getGroup() {
        return "camel";
    }

    @Override
    public boolean isEnabled() {
        return enabled;
    }

    @Override
    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    @Override
    public boolean isReadiness() {
        return false;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    public Result call(Map<String, Object> options) {
        HealthCheckResultBuilder result = HealthCheckResultBuilder.on(this);
        if (!enabled) {
            return result.unknown().message("disabled").build();
        }
        try {
            return judge(result, deliveries.count().get(LONGEST_LOOK.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return result.unknown().message("interrupted").build();
        } catch (ExecutionException | TimeoutException e) {
            return result.down().message("the store does not say which outcomes are on their way").error(e).build();
        }
    }

    private Result judge(HealthCheckResultBuilder result, OutboxCounts counts) {
        Instant oldest = counts.oldest();
        result.detail("undelivered", counts.open()).detail("parked", counts.parked());
        if (oldest != null) {
            result.detail("untaken.since", oldest.toString());
        }
        if (oldest != null && oldest.plus(PATIENCE).isBefore(clock.instant())) {
            return result.down().message("outcomes wait for a route that takes them, the oldest since " + oldest
                    + "; start or resume the route, or add one that begins with from(\"daraja:…\")").build();
        }
        return counts.parked() == 0 ? result.up().build() : result.down().message(counts.parked()
                + " outcomes failed as often as allowed and are parked; mend their route and release them").build();
    }
}
