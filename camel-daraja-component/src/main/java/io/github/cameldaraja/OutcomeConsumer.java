package io.github.cameldaraja;

import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.transaction.Taker;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;

/** Tells a route the outcomes of payments that no waiting exchange has taken. */
class OutcomeConsumer extends DefaultConsumer implements Taker, Suspendable, ShutdownAware {

    private final String operation;
    private final DarajaConfiguration options;
    private final DarajaServices services;
    private final boolean callbacks;
    private final AtomicInteger pending = new AtomicInteger();

    /**
     * @param callbacks whether outcomes come by callback
     */
    OutcomeConsumer(DarajaEndpoint endpoint, Processor processor, boolean callbacks) {
        super(endpoint, processor);
        this.callbacks = callbacks;
        this.operation = endpoint.getOperation();
        this.options = endpoint.getConfiguration();
        this.services = endpoint.services();
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        if (!DarajaConfiguration.ALL_ACCOUNTS.equals(options.getAccount())) {
            services.accounts().get(options.getAccount());
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (callbacks) {
            services.acceptCallbacks();
        }
        services.delivery().subscribe(options.getGroup(), this);
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        services.delivery().offerUntaken(options.getGroup(), this);
    }

    @Override
    protected void doStop() throws Exception {
        services.delivery().unsubscribe(options.getGroup(), this);
        super.doStop();
    }

    @Override
    public boolean wants(Outcome outcome) {
        return !isSuspendingOrSuspended() && concerns(outcome);
    }

    @Override
    public boolean concerns(Outcome outcome) {
        return operation.equals(outcome.operation())
                && (DarajaConfiguration.ALL_ACCOUNTS.equals(options.getAccount()) || options.getAccount().equals(outcome.account()));
    }

    @Override
    public CompletableFuture<Boolean> take(Outcome outcome, int attempt) {
        CompletableFuture<Boolean> taken = new CompletableFuture<>();
        pending.incrementAndGet();
        taken.whenComplete((well, never) -> pending.decrementAndGet());
        try {
            services.workers().execute(() -> route(outcome, attempt, taken));
        } catch (RuntimeException e) {
            taken.complete(false);
        }
        return taken;
    }

    @Override
    public boolean deferShutdown(ShutdownRunningTask shutdownRunningTask) {
        return false;
    }

    /** Outcomes that wait for a thread as well: a route that stops is told them first. */
    @Override
    public int getPendingExchangesSize() {
        return pending.get();
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        // what is pending goes on
    }

    private void route(Outcome outcome, int attempt, CompletableFuture<Boolean> taken) {
        Exchange exchange = createExchange(false);
        try {
            OutcomeHeaders.write(exchange.getMessage(), outcome);
            exchange.getMessage().setHeader(DarajaConstants.DELIVERY_ATTEMPT, attempt);
            exchange.getMessage().setBody(outcome);
            createUoW(exchange);
            getAsyncProcessor().process(exchange, doneSync -> end(exchange, taken));
        } catch (Exception e) {
            exchange.setException(e);
            end(exchange, taken);
        }
    }

    private void end(Exchange exchange, CompletableFuture<Boolean> taken) {
        boolean failed = exchange.isFailed() || exchange.isRollbackOnly() || exchange.isRollbackOnlyLast();
        if (exchange.getException() != null) {
            getExceptionHandler().handleException("Error processing outcome", exchange, exchange.getException());
        }
        doneUoW(exchange);
        releaseExchange(exchange, false);
        taken.complete(!failed);
    }
}
