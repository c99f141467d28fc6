package io.github.cameldaraja;

import io.github.cameldaraja.api.TraceParent;
import io.github.cameldaraja.transaction.Delivery;
import io.github.cameldaraja.transaction.Interest;
import io.github.cameldaraja.transaction.Subscriber;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;

/** Tells a route the outcomes of payments that no waiting exchange has taken. */
class OutcomeConsumer extends DefaultConsumer implements Subscriber, Suspendable, ShutdownAware {

    private final DarajaConfiguration options;
    private final DarajaServices services;
    private final boolean callbacks;
    private final Interest interest;
    // null unless the route runs in a transaction of ours
    private RouteTransaction transaction;
    private final AtomicInteger pending = new AtomicInteger();

    /**
     * @param callbacks whether outcomes come by callback
     */
    OutcomeConsumer(DarajaEndpoint endpoint, Processor processor, boolean callbacks) {
        super(endpoint, processor);
        this.callbacks = callbacks;
        this.options = endpoint.getConfiguration();
        this.interest = new Interest(options.getGroup(), endpoint.getOperation(),
                DarajaConfiguration.ALL_ACCOUNTS.equals(options.getAccount()) ? null : options.getAccount());
        this.services = endpoint.services();
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        if (!DarajaConfiguration.ALL_ACCOUNTS.equals(options.getAccount())) {
            services.accounts().get(options.getAccount());
        }
        if (options.isTransacted()) {
            transaction = RouteTransaction.of(getEndpoint().getCamelContext(), services.repository());
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (callbacks) {
            services.acceptCallbacks();
        }
        services.deliveries().subscribe(this);
    }

    @Override
    protected void doStop() throws Exception {
        services.deliveries().unsubscribe(this);
        super.doStop();
    }

    @Override
    public Interest interest() {
        return interest;
    }

    @Override
    public boolean isTaking() {
        return !isSuspendingOrSuspended();
    }

    @Override
    public CompletableFuture<Taken> take(Delivery delivery) {
        CompletableFuture<Taken> taken = new CompletableFuture<>();
        pending.incrementAndGet();
        taken.whenComplete((well, never) -> pending.decrementAndGet());
        try {
            services.workers().execute(() -> route(delivery, taken));
        } catch (RuntimeException e) {
            taken.complete(Taken.NOT);
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

    private void route(Delivery delivery, CompletableFuture<Taken> taken) {
        Exchange exchange = createExchange(false);
        try {
            write(exchange.getMessage(), delivery);
            exchange.getMessage().setHeader(DarajaConstants.DELIVERY_ATTEMPT, delivery.attempt());
            createUoW(exchange);
            if (transaction != null) {
                end(exchange, taken, transact(exchange, delivery));
            } else {
                getAsyncProcessor().process(exchange, doneSync -> end(exchange, taken, isFailed(exchange) ? Taken.NOT : Taken.WELL));
            }
        } catch (Exception e) {
            exchange.setException(e);
            end(exchange, taken, Taken.NOT);
        }
    }

    void write(Message message, Delivery delivery) {
        OutcomeHeaders.write(message, delivery.outcome());
        String trace = TraceParent.of(delivery.outcome().metadata());
        if (trace != null) {
            // before the unit of work: whoever traces begins with it
            message.setHeader(TraceParent.NAME, trace);
        }
        message.setBody(delivery.outcome());
    }

    private Taken transact(Exchange exchange, Delivery delivery) {
        exchange.getExchangeExtension().setTransacted(true);
        return transaction.run(delivery, () -> {
            try {
                getProcessor().process(exchange);
            } catch (Exception e) {
                exchange.setException(e);
            }
            return !isFailed(exchange);
        });
    }

    private static boolean isFailed(Exchange exchange) {
        return exchange.isFailed() || exchange.isRollbackOnly() || exchange.isRollbackOnlyLast();
    }

    private void end(Exchange exchange, CompletableFuture<Taken> taken, Taken how) {
        if (exchange.getException() != null) {
            getExceptionHandler().handleException("Error processing outcome", exchange, exchange.getException());
        }
        doneUoW(exchange);
        releaseExchange(exchange, false);
        taken.complete(how);
    }
}
