package io.github.cameldaraja.management;

import io.github.cameldaraja.transaction.OpenCounts;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.health.HealthCheckResultBuilder;

/** Whether payments end: down when one has been open for too long, or when only a person can say what became of it. */
public final class PaymentsHealthCheck extends StoreHealthCheck<OpenCounts> {

    private final Clock clock;
    private final TransactionRepository repository;
    private final HealthSettings settings;

    public PaymentsHealthCheck(Clock clock, TransactionRepository repository, HealthSettings settings) {
        super("payments", settings);
        this.clock = clock;
        this.repository = repository;
        this.settings = settings;
    }

    @Override
    CompletableFuture<OpenCounts> find() {
        return repository.countOpen(settings.application());
    }

    @Override
    String silence() {
        return "the store does not say which payments are open";
    }

    @Override
    Result judge(HealthCheckResultBuilder result, OpenCounts counts) {
        result.detail("unsettled", counts.unsettled()).detail("undecided", counts.undecided()).detail("held", counts.held());
        if (counts.oldest() != null) {
            result.detail("unsettled.since", DeskWork.moment(counts.oldest()).toString());
        }
        if (counts.undecided() > 0) {
            return result.down().message("of " + counts.undecided() + " payments nobody knows what became of them; look for them in the"
                    + " portal and resolve them").build();
        }
        if (counts.oldest() != null && counts.oldest().plus(settings.unsettledAge()).isBefore(clock.instant())) {
            return result.down().message("a payment has been open since " + DeskWork.moment(counts.oldest())
                    + ", longer than healthUnsettledAge; see whether Safaricom answers questions and calls back").build();
        }
        return result.up().build();
    }
}
