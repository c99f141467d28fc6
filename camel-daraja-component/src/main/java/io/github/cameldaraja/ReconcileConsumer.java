package io.github.cameldaraja;

import io.github.cameldaraja.api.ReconcileSummary;
import io.github.cameldaraja.reconcile.Reconciliation;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks at the hours of its schedule about every payment that is open, and tells its route once for each run what was found. The payments
 * themselves are told to the routes of their operations.
 */
final class ReconcileConsumer extends ScheduledConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(ReconcileConsumer.class);

    private final DarajaServices services;
    // null for all
    private final String account;
    private final AtomicBoolean running = new AtomicBoolean();
    // of the run that goes on, or the last one
    private volatile Reconciliation current;

    ReconcileConsumer(DarajaEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.services = endpoint.services();
        String account = endpoint.getConfiguration().getAccount();
        this.account = DarajaConfiguration.ALL_ACCOUNTS.equals(account) ? null : account;
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        if (account != null) {
            services.accounts().get(account);
        }
    }

    @Override
    protected void doStart() throws Exception {
        // some answers come by callback
        services.acceptCallbacks();
        super.doStart();
    }

    @Override
    protected void doStop() throws Exception {
        // before the schedule: it waits for the thread that waits in there
        end();
        super.doStop();
    }

    @Override
    protected void doSuspend() throws Exception {
        end();
        super.doSuspend();
    }

    private void end() {
        Reconciliation run = current;
        if (run != null) {
            run.close();
        }
    }

    @Override
    protected int poll() throws Exception {
        if (!running.compareAndSet(false, true)) {
            LOG.warn("A run of {} takes longer than its schedule allows; this one is left out", getEndpoint());
            return 0;
        }
        try {
            Reconciliation run = services.reconciliation();
            current = run;
            // whoever stops us has seen it, or is seen here
            if (!isRunAllowed() || isSuspendingOrSuspended()) {
                return 0;
            }
            Optional<ReconcileSummary> summary = run.run(account);
            if (summary.isEmpty()) {
                LOG.info("A run of {} was ended before it had looked at everything; the next one does", getEndpoint());
                return 0;
            }
            tell(summary.get());
            return summary.get().asked();
        } finally {
            running.set(false);
        }
    }

    private void tell(ReconcileSummary summary) throws Exception {
        Exchange exchange = createExchange(false);
        OutcomeHeaders.write(exchange.getMessage(), summary);
        exchange.getMessage().setBody(summary);
        try {
            getProcessor().process(exchange);
            if (exchange.getException() != null) {
                getExceptionHandler().handleException("Error processing summary", exchange, exchange.getException());
            }
        } finally {
            releaseExchange(exchange, false);
        }
    }
}
