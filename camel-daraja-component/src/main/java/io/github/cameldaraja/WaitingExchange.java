package io.github.cameldaraja;

import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.ErrorDetails;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.transaction.Delivery;
import io.github.cameldaraja.transaction.Taker;
import io.github.cameldaraja.transaction.Transaction;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Synchronization;
import org.apache.camel.support.ExchangeHelper;

/**
 * An exchange that waits for an outcome without a thread. Whoever comes first, outcome, timeout or failure, continues it, exactly
 * once.
 */
final class WaitingExchange implements Taker {

    private static final Duration LOOK = Duration.ofSeconds(2);

    private final Exchange exchange;
    private final AsyncCallback callback;
    private volatile Transaction payment;
    private final boolean replayed;
    private final boolean throwOnFailure;
    private final DarajaServices services;
    private final AtomicBoolean continued = new AtomicBoolean();
    private volatile Runnable cancelTimeout = () -> { };
    private volatile Runnable cancelLook = () -> { };

    WaitingExchange(Exchange exchange, AsyncCallback callback, Transaction payment, boolean replayed, DarajaConfiguration options,
                    DarajaServices services) {
        this.exchange = exchange;
        this.callback = callback;
        this.payment = payment;
        this.replayed = replayed;
        this.throwOnFailure = options.isThrowExceptionOnFailure();
        this.services = services;
    }

    /** Begins to wait; call it before anything is sent, or the outcome could come first. */
    void start(DarajaConfiguration options) {
        services.deliveries().await(payment.reference(), this);
        cancelTimeout = services.deadlines().at(services.clock().instant().plus(options.getOutcomeTimeout()), this::giveUp);
        services.waiting().add(this);
        if (replayed && !services.node().id().equals(payment.waiter())) {
            // its outcome may be told elsewhere
            lookLater();
        }
        if (continued.get()) {
            // the outcome was faster than these lines
            cleanUp();
        }
    }

    private void lookLater() {
        cancelLook = services.prompt().at(services.clock().instant().plus(LOOK), this::look);
        if (continued.get()) {
            cancelLook.run();
        }
    }

    // who only looks is no taker: to whom the outcome belongs has been decided without us
    private void look() {
        // one that throws instead of failing must not end the looking
        CompletableFuture.completedFuture(payment.reference()).thenCompose(services.repository()::find).whenComplete((known, failure) -> {
            if (known == null) {
                lookLater();
            } else if (!known.isEnded() && !known.needsPerson()) {
                learn(known);
                lookLater();
            } else if (known.isGivenUp() && !known.isQuestion()) {
                fail(OutcomeCall.notSent(known));
            } else {
                take(known.answer());
            }
        });
    }

    /** What is known meanwhile, the acknowledgement's ids for instance. */
    void learn(Transaction newer) {
        payment = newer;
    }

    @Override
    public CompletableFuture<Taken> take(Delivery delivery) {
        return take(delivery.outcome());
    }

    /** Goes on with the outcome. */
    CompletableFuture<Taken> take(Outcome outcome) {
        if (!claim()) {
            return CompletableFuture.completedFuture(Taken.NOT);
        }
        CompletableFuture<Taken> taken = new CompletableFuture<>();
        Object caughtBefore = exchange.getProperty(Exchange.EXCEPTION_CAUGHT);
        exchange.getExchangeExtension().addOnCompletion(new Synchronization() {
            @Override
            public void onComplete(Exchange done) {
                // a failure that the route handled or caught left the outcome unprocessed all the same
                boolean caught = done.getProperty(Exchange.EXCEPTION_CAUGHT) != caughtBefore;
                boolean well = !caught && !ExchangeHelper.isFailureHandled(done) && !done.isRollbackOnly()
                        && !done.isRollbackOnlyLast();
                taken.complete(well ? Taken.WELL : Taken.NOT);
            }

            @Override
            public void onFailure(Exchange done) {
                taken.complete(Taken.NOT);
            }
        });
        write(outcome);
        goOn();
        return taken;
    }

    /** Goes on without an outcome: the time is over, or the component stops. */
    void giveUp() {
        if (claim()) {
            write(payment.complete(Outcome.builder().status(PaymentStatus.UNKNOWN).source(Source.TIMEOUT)
                    .resultDescription("no outcome was heard in time; the payment is still open").build()));
            goOn();
        }
    }

    /** Goes on with an exception, unless the outcome was faster. */
    void fail(Throwable failure) {
        if (claim()) {
            OutcomeHeaders.writeFailure(exchange, payment, failure);
            goOn();
        }
    }

    private boolean claim() {
        if (!continued.compareAndSet(false, true)) {
            return false;
        }
        cleanUp();
        return true;
    }

    private void cleanUp() {
        cancelTimeout.run();
        cancelLook.run();
        services.deliveries().leave(payment.reference(), this);
        services.waiting().remove(this);
    }

    private void write(Outcome outcome) {
        OutcomeHeaders.write(exchange.getMessage(), outcome);
        if (replayed) {
            exchange.getMessage().setHeader(DarajaConstants.REPLAYED, true);
        }
        exchange.getMessage().setBody(outcome);
        if (outcome.status().isFinal()) {
            exchange.removeProperty(OutcomeProducer.REJOIN);
        }
        if (throwOnFailure && !outcome.isCompleted()) {
            exchange.setException(outcome.status().isFinal() ? new DarajaPaymentFailedException(outcome)
                    : new DarajaOutcomeUnknownException("no outcome of payment " + outcome.reference() + " was heard"
                            + (outcome.status() == PaymentStatus.UNRESOLVED ? ", and there is nothing left to ask; a person must look"
                            : " in time") + "; it may still be paid", ErrorDetails.local(outcome.operation(),
                            outcome.account())));
        }
    }

    private void goOn() {
        Workers.run(services.workers(), () -> callback.done(false));
    }
}
