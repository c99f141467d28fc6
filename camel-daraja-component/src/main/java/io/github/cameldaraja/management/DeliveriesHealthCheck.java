package io.github.cameldaraja.management;

import io.github.cameldaraja.transaction.Deliveries;
import io.github.cameldaraja.transaction.OutboxCounts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.health.HealthCheckResultBuilder;

/** Whether outcomes reach routes: down when one waits for a taker, one has failed as often as allowed, or too many are on their way. */
public final class DeliveriesHealthCheck extends StoreHealthCheck<OutboxCounts> {

    /** How long a due outcome may wait for a taker. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Clock clock;
    private final Deliveries deliveries;
    private final int backlog;

    public DeliveriesHealthCheck(Clock clock, Deliveries deliveries, HealthSettings settings) {
        super("deliveries", settings);
        this.clock = clock;
        this.deliveries = deliveries;
        this.backlog = settings.backlog();
    }

    @Override
    CompletableFuture<OutboxCounts> find() {
        return deliveries.count();
    }

    @Override
    String silence() {
        return "the store does not say which outcomes are on their way";
    }

    @Override
    Result judge(HealthCheckResultBuilder result, OutboxCounts counts) {
        Instant oldest = DeskWork.moment(counts.oldest());
        result.detail("undelivered", counts.open()).detail("parked", counts.parked());
        if (oldest != null) {
            result.detail("untaken.since", oldest.toString());
        }
        if (oldest != null && oldest.plus(PATIENCE).isBefore(clock.instant())) {
            return result.down().message("outcomes wait for a route that takes them, the oldest since " + oldest
                    + "; start or resume the route, or add one that begins with from(\"daraja:…\")").build();
        }
        if (counts.open() > backlog) {
            return result.down().message(counts.open() + " outcomes are not delivered, more than healthBacklog; make their"
                    + " routes faster, raise deliveryThreads, or add a node").build();
        }
        return counts.parked() == 0 ? result.up().build() : result.down().message(counts.parked()
                + " outcomes failed as often as allowed and are parked; mend their route and release them").build();
    }
}
