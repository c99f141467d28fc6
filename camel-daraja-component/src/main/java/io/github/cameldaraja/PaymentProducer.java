package io.github.cameldaraja;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.DarajaException;
import io.github.cameldaraja.api.DarajaNotSentException;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.Fields;
import io.github.cameldaraja.api.Json;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.Owned;
import io.github.cameldaraja.api.PaymentApi;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.gateway.GatewayRequest;
import io.github.cameldaraja.transaction.References;
import io.github.cameldaraja.transaction.Transaction;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * Starts a payment: stores the intent, sends the request once, and goes on with the acknowledgement or, if the route waits, with
 * the outcome. It never blocks, and never sends a request again whose fate is unknown.
 */
final class PaymentProducer extends DarajaProducer {

    /** Remembers on the exchange the payment that is not known to have ended, so that a redelivery rejoins it. */
    static final String REJOIN = "CamelDarajaRejoin";
    /** And the last one that it has started here, for when a later step fails and Camel does all of it again. */
    static final String LAST = "CamelDarajaLast";

    private final PaymentApi api;
    private IdempotencyKey key;

    PaymentProducer(DarajaEndpoint endpoint, PaymentApi api) {
        super(endpoint, api, true);
        this.api = api;
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        key = new IdempotencyKey(getEndpoint().getCamelContext(), options.getIdempotencyKey());
    }

    @Override
    Map<String, String> defaults(Account account) {
        return api.defaults(account.tillNumber() != null);
    }

    @Override
    void begin(Exchange exchange, AsyncCallback callback, Account account, Fields fields) {
        if (options.isAwaitOutcome() && exchange.isTransacted()) {
            throw new DarajaRequestException("awaitOutcome is refused in a transacted exchange, which may not leave its thread;"
                    + " commit first, or take the outcome in from(\"daraja:" + operation + "\")", local());
        }
        Transaction intent = intent(exchange, account, fields);
        Call call = new Call(exchange, callback, account, fields);
        if (intent.idempotencyKey() != null) {
            services.sends().begin(intent.reference());
        }
        rejoined(exchange, intent)
                .thenCompose(earlier -> earlier != null ? CompletableFuture.completedFuture(earlier)
                        : services.repository().open(intent))
                .whenComplete((payment, failure) -> call.guarded(intent, () -> {
                    if (failure != null) {
                        services.sends().end(intent.reference(), null);
                        call.fail(intent, new DarajaNotSentException("the intent could not be stored, so nothing was sent", local(),
                                failure));
                    } else if (payment.reference().equals(intent.reference())) {
                        call.start(payment);
                    } else {
                        services.sends().end(intent.reference(), null);
                        call.join(payment, intent);
                    }
                }));
    }

    private Transaction intent(Exchange exchange, Account account, Fields fields) {
        String reference = services.references().next();
        return Transaction.intent(reference, operation, account.name(), account.shortCode(), key.of(exchange),
                new BigDecimal(fields.get(api.amountField())), fields.get(api.phoneField()),
                fields.get(api.accountReferenceField(), References.shortForm(reference)),
                RequestReader.metadata(exchange.getMessage()), services.clock().instant());
    }

    // the payment that this very exchange has started here before, and of which it does not know what became; another key is
    // another payment, however alike the two are
    private CompletableFuture<Transaction> rejoined(Exchange exchange, Transaction intent) {
        String open = exchange.getProperty(REJOIN, String.class);
        boolean redelivered = exchange.getMessage().getHeader(Exchange.REDELIVERED, false, Boolean.class);
        String reference = open == null && redelivered ? exchange.getProperty(LAST, String.class) : open;
        return reference == null ? CompletableFuture.completedFuture(null)
                : services.repository().find(reference).thenApply(earlier -> earlier != null && isSame(earlier, intent)
                        && Objects.equals(earlier.idempotencyKey(), intent.idempotencyKey()) ? earlier : null);
    }

    private static boolean isSame(Transaction earlier, Transaction intent) {
        return earlier.operation().equals(intent.operation()) && earlier.account().equals(intent.account())
                && earlier.amount().compareTo(intent.amount()) == 0 && earlier.phoneNumber().equals(intent.phoneNumber())
                && Objects.equals(ownReference(earlier), ownReference(intent));
    }

    // null for the one that we made up
    private static String ownReference(Transaction payment) {
        String reference = payment.accountReference();
        return References.shortForm(payment.reference()).equals(reference) ? null : reference;
    }

    /** One call of this producer: everything here ends in exactly one continuation of the exchange. */
    private final class Call {

        private final Exchange exchange;
        private final AsyncCallback callback;
        private final Account account;
        private final Fields fields;
        private final AtomicBoolean continued = new AtomicBoolean();
        private WaitingExchange waiting;
        // the payment that this call sends; null for one that it joins
        private String sending;

        Call(Exchange exchange, AsyncCallback callback, Account account, Fields fields) {
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
            exchange.setProperty(REJOIN, payment.reference());
            exchange.setProperty(LAST, payment.reference());
            await(payment, false);
            services.gateway().send(new GatewayRequest(operation, account, api.path(), body, true))
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
            if (!isSame(payment, intent)) {
                fail(payment, new DarajaRequestException("the idempotency key was used before for another amount, phone number or"
                        + " account reference; use one key for one payment", local()));
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
                        + " was sent before and its fate is unknown; it is not sent again", local()));
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
                    : new DarajaOutcomeUnknownException("the request failed unexpectedly", local(), failure);
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
                Acknowledgement acknowledgement = ids.about(operation, payment.account(), payment.reference(), payment.status());
                OutcomeHeaders.write(exchange.getMessage(), acknowledgement, payment);
                exchange.getMessage().setBody(acknowledgement);
            });
        }

        private void goOn(boolean replayed, Runnable write) {
            if (continued.compareAndSet(false, true)) {
                exchange.removeProperty(REJOIN);
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
            PaymentProducer.this.goOn(exchange, callback);
        }
    }
}
