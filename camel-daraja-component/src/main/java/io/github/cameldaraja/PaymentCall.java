package io.github.cameldaraja;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.DarajaException;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.Fields;
import io.github.cameldaraja.api.Json;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.Owned;
import io.github.cameldaraja.api.PaymentApi;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.gateway.GatewayRequest;
import io.github.cameldaraja.transaction.Transaction;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * One payment that an exchange has asked for, from the stored intent to the acknowledgement or the wait. Whatever happens here ends
 * in exactly one continuation of the exchange.
 */
final class PaymentCall {

    private final PaymentProducer producer;
    private final PaymentApi api;
    private final DarajaConfiguration options;
    private final DarajaServices services;
    private final Exchange exchange;
    private final AsyncCallback callback;
    private final Account account;
    private final Fields fields;
    private final AtomicBoolean continued = new AtomicBoolean();
    private WaitingExchange waiting;
    // the payment that this call sends; null for one that it joins
    private String sending;

    PaymentCall(PaymentProducer producer, PaymentApi api, Exchange exchange, AsyncCallback callback, Account account,
                Fields fields) {
        this.producer = producer;
        this.api = api;
        this.options = producer.options;
        this.services = producer.services;
        this.exchange = exchange;
        this.callback = callback;
        this.account = account;
        this.fields = fields;
    }

    void guarded(Transaction payment, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            fail(payment, e);
        }
    }

    /** Tells those who have joined meanwhile. */
    private void answered(Throwable refusal) {
        if (sending != null) {
            services.sends().end(sending, refusal);
        }
    }

    void start(Transaction payment) {
        sending = payment.reference();
        String timestamp = account.timestamp(services.clock());
        Owned owned = new Owned(account.shortCode(),
                account.tillNumber() == null ? account.shortCode() : account.tillNumber(), timestamp,
                api.needsPasskey() ? account.password(timestamp) : null,
                account.callbackUrl(api.resultKind(), payment.reference()));
        byte[] body = Json.write(api.request(fields.withDefault(api.accountReferenceField(), payment.accountReference()), owned));
        exchange.setProperty(PaymentProducer.REJOIN, payment.reference());
        exchange.setProperty(PaymentProducer.LAST, payment.reference());
        await(payment, false);
        services.gateway().send(new GatewayRequest(producer.operation, account, api.path(), body, true))
                .whenComplete((answer, failure) -> guarded(payment, () -> {
                    if (failure == null) {
                        acknowledged(payment, api.acknowledgement(answer.body()));
                    } else if (failure instanceof DarajaException refusal
                            && !(failure instanceof DarajaOutcomeUnknownException)) {
                        refused(payment, refusal);
                    } else {
                        fateUnknown(payment, failure);
                    }
                }));
    }

    /** Another exchange started this payment, or this one did before. */
    void join(Transaction payment, Transaction intent) {
        if (!PaymentProducer.isSame(payment, intent)) {
            fail(payment, new DarajaRequestException("the idempotency key was used before for another amount, phone number or"
                    + " account reference; use one key for one payment", producer.local()));
            return;
        }
        if (!payment.status().isFinal()) {
            await(payment, true);
        }
        // what becomes of the sending, if it still runs, and what is known after it: never before we wait
        services.sends().of(payment.reference())
                .thenCompose(refusal -> services.repository().find(payment.reference())
                        .thenAccept(now -> joined(now == null ? payment : now, refusal)))
                .exceptionally(failure -> {
                    fail(payment, failure);
                    return null;
                });
    }

    private void joined(Transaction payment, Throwable refusal) {
        if (refusal != null) {
            fail(payment, refusal);
        } else if (payment.status().isFinal()) {
            finish(payment, true);
        } else if (waiting == null && payment.acknowledgement() != null) {
            goOn(payment, payment.acknowledgement(), true);
        } else if (waiting == null) {
            fail(payment, new DarajaOutcomeUnknownException("the payment " + payment.reference()
                    + " was sent before and its fate is unknown; it is not sent again", producer.local()));
        }
    }

    private void await(Transaction payment, boolean replayed) {
        if (options.isAwaitOutcome()) {
            waiting = new WaitingExchange(exchange, callback, payment, replayed, options, services);
            waiting.start(options);
        }
    }

    private void acknowledged(Transaction payment, Acknowledgement ids) {
        Instant now = services.clock().instant();
        Instant firstQuestion = services.asking().firstQuestion();
        services.repository().update(payment.reference(), current -> current.acknowledged(ids, firstQuestion, now))
                .whenComplete((after, failure) -> guarded(payment, () -> {
                    answered(null);
                    // the push is out: that its ids could not be stored must not look like a failure of the push
                    Transaction known = after == null ? payment.acknowledged(ids, firstQuestion, now) : after;
                    if (waiting == null) {
                        goOn(known, ids, false);
                    } else {
                        waiting.learn(known);
                    }
                }));
    }

    private void fateUnknown(Transaction payment, Throwable failure) {
        DarajaException unknown = failure instanceof DarajaOutcomeUnknownException known ? known
                : new DarajaOutcomeUnknownException("the request failed unexpectedly", producer.local(), failure);
        Instant now = services.clock().instant();
        services.repository().update(payment.reference(), current -> current.fateUnknown(now.plus(api.patience()), now))
                .whenComplete((after, notStored) -> guarded(payment, () -> {
                    answered(null);
                    if (after != null && after.status().isFinal()) {
                        // the callback was faster than the broken answer
                        finish(after, false);
                    } else if (waiting == null) {
                        fail(payment, unknown);
                    }
                }));
    }

    private void refused(Transaction payment, DarajaException refusal) {
        Outcome why = Outcome.builder().status(PaymentStatus.FAILED).resultCode(refusal.getErrorCode())
                .resultDescription(refusal.getErrorMessage() == null ? refusal.getMessage() : refusal.getErrorMessage()).build();
        services.repository().abandon(payment.reference(), why).whenComplete((after, notStored) -> guarded(payment, () -> {
            if (after != null && after.outcome() != null && after.outcome().source() != null) {
                // a callback has proved the refusal wrong
                answered(null);
                finish(after, false);
            } else {
                fail(payment, refusal);
            }
        }));
    }

    private void finish(Transaction payment, boolean replayed) {
        if (waiting == null && options.isAwaitOutcome()) {
            waiting = new WaitingExchange(exchange, callback, payment, replayed, options, services);
        }
        if (waiting != null) {
            waiting.take(payment.toOutcome(), 1);
        } else {
            goOn(replayed, () -> {
                OutcomeHeaders.write(exchange.getMessage(), payment.toOutcome());
                exchange.getMessage().setBody(payment.toOutcome());
            });
        }
    }

    private void goOn(Transaction payment, Acknowledgement ids, boolean replayed) {
        goOn(replayed, () -> {
            Acknowledgement acknowledgement =
                    ids.about(producer.operation, payment.account(), payment.reference(), payment.status());
            OutcomeHeaders.write(exchange.getMessage(), acknowledgement, payment);
            exchange.getMessage().setBody(acknowledgement);
        });
    }

    private void goOn(boolean replayed, Runnable write) {
        if (continued.compareAndSet(false, true)) {
            exchange.removeProperty(PaymentProducer.REJOIN);
            write.run();
            if (replayed) {
                exchange.getMessage().setHeader(DarajaConstants.REPLAYED, true);
            }
            done();
        }
    }

    void fail(Transaction payment, Throwable failure) {
        answered(failure);
        if (waiting != null) {
            waiting.fail(failure);
        } else if (continued.compareAndSet(false, true)) {
            OutcomeHeaders.writeFailure(exchange, payment, failure);
            done();
        }
    }

    private void done() {
        producer.goOn(exchange, callback);
    }
}
