package io.github.cameldaraja;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.DarajaException;
import io.github.cameldaraja.api.DarajaNotSentException;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.ErrorDetails;
import io.github.cameldaraja.api.Fields;
import io.github.cameldaraja.api.InvalidFieldException;
import io.github.cameldaraja.api.Json;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.Owned;
import io.github.cameldaraja.api.PaymentApi;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.gateway.GatewayRequest;
import io.github.cameldaraja.transaction.References;
import io.github.cameldaraja.transaction.Transaction;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/**
 * Starts a payment: stores the intent, sends the request once, and goes on with the acknowledgement or, if the route waits, with
 * the outcome. It never blocks, and never sends a request again whose fate is unknown.
 */
final class PaymentProducer extends DefaultAsyncProducer {

    /** Remembers on the exchange the payment whose fate is unknown, so that a redelivery rejoins it. */
    private static final String REJOIN = "CamelDarajaRejoin";

    private final DarajaConfiguration options;
    private final DarajaServices services;
    private final PaymentApi api;
    private final String operation;
    private Account account;
    private RequestReader reader;
    private IdempotencyKey key;

    PaymentProducer(DarajaEndpoint endpoint, PaymentApi api) {
        super(endpoint);
        this.options = endpoint.getConfiguration();
        this.services = endpoint.services();
        this.api = api;
        this.operation = endpoint.getOperation().name();
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        account = services.accounts().get(options.getAccount());
        account.requireFor(operation, api.needsPasskey(), true);
        reader = new RequestReader(api, options.pinned(), options.isRequestHeaders());
        key = new IdempotencyKey(getEndpoint().getCamelContext(), options.getIdempotencyKey());
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        services.acceptCallbacks();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Fields fields;
        Transaction intent;
        try {
            services.requireOpen(operation, account.name());
            if (options.isAwaitOutcome() && exchange.isTransacted()) {
                throw new DarajaRequestException("awaitOutcome is refused in a transacted exchange, which may not leave its thread;"
                        + " commit first, or take the outcome in from(\"daraja:" + operation + "\")", local());
            }
            // the settings of a resolved account may have changed since the start
            account = services.accounts().get(options.getAccount());
            fields = reader.read(exchange.getMessage(), api.defaults(account.tillNumber() != null));
            intent = intent(exchange, fields);
        } catch (InvalidFieldException e) {
            exchange.setException(new DarajaRequestException("refused before sending: " + e.getMessage(), local(), e));
            callback.done(true);
            return true;
        } catch (RuntimeException e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
        Call call = new Call(exchange, callback, fields);
        if (intent.idempotencyKey() != null) {
            services.sends().begin(intent.reference());
        }
        rejoined(exchange, intent).thenCompose(earlier -> earlier != null ? CompletableFuture.completedFuture(earlier)
                : services.repository().open(intent)).whenComplete((payment, failure) -> call.guarded(() -> {
                    if (failure != null) {
                        services.sends().end(intent.reference(), null);
                        call.fail(new DarajaNotSentException(
                                "the intent could not be stored, so nothing was sent", local(), failure), intent);
                    } else if (payment.reference().equals(intent.reference())) {
                        call.start(payment);
                    } else {
                        services.sends().end(intent.reference(), null);
                        call.join(payment, intent);
                    }
                }, intent));
        return false;
    }

    private Transaction intent(Exchange exchange, Fields fields) {
        String reference = services.references().next();
        return Transaction.intent(reference, operation, account.name(), account.shortCode(), key.of(exchange),
                new BigDecimal(fields.get(api.amountField())), fields.get(api.phoneField()),
                fields.get(api.accountReferenceField(), References.shortForm(reference)),
                RequestReader.metadata(exchange.getMessage()), services.clock().instant());
    }

    // the payment that this very exchange has started here before, and of which it does not know what became
    private CompletableFuture<Transaction> rejoined(Exchange exchange, Transaction intent) {
        String reference = exchange.getProperty(REJOIN, String.class);
        return reference == null ? CompletableFuture.completedFuture(null)
                : services.repository().find(reference).thenApply(earlier -> earlier != null && isSame(earlier, intent) ? earlier : null);
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

    private ErrorDetails local() {
        return ErrorDetails.local(operation, options.getAccount());
    }

    /** One call of this producer: everything here ends in exactly one continuation of the exchange. */
    private final class Call {

        private final Exchange exchange;
        private final AsyncCallback callback;
        private final Fields fields;
        private WaitingExchange waiting;
        // the payment that this call sends; null for one that it joins
        private String sending;

        Call(Exchange exchange, AsyncCallback callback, Fields fields) {
            this.exchange = exchange;
            this.callback = callback;
            this.fields = fields;
        }

        void guarded(Runnable step, Transaction payment) {
            try {
                step.run();
            } catch (RuntimeException e) {
                fail(e, payment);
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
            Account sender = account;
            String timestamp = sender.timestamp(services.clock());
            Owned owned = new Owned(sender.shortCode(), sender.tillNumber() == null ? sender.shortCode() : sender.tillNumber(),
                    timestamp, api.needsPasskey() ? sender.password(timestamp) : null,
                    sender.callbackUrl(api.resultKind(), payment.reference()));
            byte[] body = Json.write(api.request(fields.withDefault(api.accountReferenceField(), payment.accountReference()), owned));
            await(payment, false);
            services.gateway().send(new GatewayRequest(operation, sender, api.path(), body, true))
                    .whenComplete((answer, failure) -> guarded(() -> {
                        if (failure == null) {
                            acknowledged(payment, api.acknowledgement(answer.body()));
                        } else if (failure instanceof DarajaOutcomeUnknownException unknown) {
                            fateUnknown(payment, unknown);
                        } else {
                            refused(payment, failure);
                        }
                    }, payment));
        }

        /** Another exchange started this payment, or this one did before. */
        void join(Transaction payment, Transaction intent) {
            if (!isSame(payment, intent)) {
                fail(new DarajaRequestException("the idempotency key was used before for another amount, phone number or account"
                        + " reference; use one key for one payment", local()), payment);
                return;
            }
            if (!payment.status().isFinal()) {
                await(payment, true);
            }
            // what becomes of the sending, if it still runs, and what is known after it: never before we wait
            services.sends().of(payment.reference()).thenCompose(refusal -> services.repository().find(payment.reference())
                    .thenAccept(now -> guarded(() -> joined(now == null ? payment : now, refusal), payment)))
                    .exceptionally(failure -> {
                        fail(failure, payment);
                        return null;
                    });
        }

        private void joined(Transaction payment, Throwable refusal) {
            if (refusal != null) {
                fail(refusal, payment);
            } else if (payment.status().isFinal()) {
                exchange.removeProperty(REJOIN);
                finish(payment, true);
            } else if (waiting != null) {
                return;
            } else if (payment.acknowledgement() != null) {
                goOn(about(payment.acknowledgement(), payment), true);
            } else {
                fail(new DarajaOutcomeUnknownException("the payment " + payment.reference()
                        + " was sent before and its fate is unknown; it is not sent again", local()), payment);
            }
        }

        private void await(Transaction payment, boolean replayed) {
            if (options.isAwaitOutcome()) {
                waiting = new WaitingExchange(exchange, callback, payment, replayed, options, services);
                waiting.start(options);
            }
        }

        private void acknowledged(Transaction payment, Acknowledgement ids) {
            services.repository().update(payment.reference(),
                    current -> current.acknowledged(ids, services.asking().firstQuestion(), services.clock().instant()))
                    .whenComplete((after, failure) -> guarded(() -> {
                        answered(null);
                        // the push is out: that its ids could not be stored must not look like a failure of the push
                        if (waiting == null) {
                            goOn(about(ids, after == null ? payment.acknowledged(ids, null, payment.createdAt()) : after), false);
                        }
                    }, payment));
        }

        private void fateUnknown(Transaction payment, DarajaOutcomeUnknownException unknown) {
            services.repository().update(payment.reference(), current -> current.fateUnknown(services.clock().instant()))
                    .whenComplete((after, failure) -> guarded(() -> {
                        answered(null);
                        if (after != null && after.status().isFinal()) {
                            // the callback was faster than the broken answer
                            finish(after, false);
                        } else if (waiting == null) {
                            exchange.setProperty(REJOIN, payment.reference());
                            fail(unknown, payment);
                        }
                    }, payment));
        }

        private void refused(Transaction payment, Throwable failure) {
            DarajaException typed = failure instanceof DarajaException known ? known
                    : new DarajaOutcomeUnknownException("the request failed unexpectedly", local(), failure);
            Outcome why = Outcome.builder().status(PaymentStatus.FAILED).resultCode(typed.getErrorCode())
                    .resultDescription(typed.getErrorMessage() == null ? typed.getMessage() : typed.getErrorMessage()).build();
            services.repository().abandon(payment.reference(), why).whenComplete((after, notStored) -> guarded(() -> {
                if (after != null && after.outcome() != null && after.outcome().source() != null) {
                    // a callback has proved the refusal wrong
                    answered(null);
                    finish(after, false);
                } else {
                    fail(typed, payment);
                }
            }, payment));
        }

        private Acknowledgement about(Acknowledgement ids, Transaction payment) {
            return ids.about(operation, payment.account(), payment.reference(), payment.status());
        }

        private void finish(Transaction payment, boolean replayed) {
            Outcome outcome = payment.toOutcome();
            if (waiting == null && options.isAwaitOutcome()) {
                waiting = new WaitingExchange(exchange, callback, payment, replayed, options, services);
            }
            if (waiting != null) {
                waiting.take(outcome, 1);
            } else {
                OutcomeHeaders.write(exchange.getMessage(), outcome);
                markReplayed(replayed);
                exchange.getMessage().setBody(outcome);
                done();
            }
        }

        private void goOn(Acknowledgement acknowledgement, boolean replayed) {
            exchange.removeProperty(REJOIN);
            Map<String, String> metadata = RequestReader.metadata(exchange.getMessage());
            OutcomeHeaders.write(exchange.getMessage(), acknowledgement);
            if (!metadata.isEmpty()) {
                exchange.getMessage().setHeader(DarajaConstants.METADATA, metadata);
            }
            markReplayed(replayed);
            exchange.getMessage().setBody(acknowledgement);
            done();
        }

        private void markReplayed(boolean replayed) {
            if (replayed) {
                exchange.getMessage().setHeader(DarajaConstants.REPLAYED, true);
            }
        }

        void fail(Throwable failure, Transaction payment) {
            answered(failure);
            if (failure instanceof DarajaException typed) {
                OutcomeHeaders.write(exchange.getMessage(), payment.reference(), typed);
            }
            if (waiting != null) {
                waiting.fail(failure instanceof Exception e ? e : new IllegalStateException(failure));
            } else {
                exchange.setException(failure);
                done();
            }
        }

        private void done() {
            Workers.run(services.workers(), () -> callback.done(false));
        }
    }
}
