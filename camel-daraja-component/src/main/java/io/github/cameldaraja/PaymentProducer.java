package io.github.cameldaraja;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.api.DarajaNotSentException;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.Fields;
import io.github.cameldaraja.api.PaymentApi;
import io.github.cameldaraja.transaction.References;
import io.github.cameldaraja.transaction.Transaction;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
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
        PaymentCall call = new PaymentCall(this, api, exchange, callback, account, fields);
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

    /** Whether the two ask for the same. */
    static boolean isSame(Transaction earlier, Transaction intent) {
        return earlier.operation().equals(intent.operation()) && earlier.account().equals(intent.account())
                && earlier.amount().compareTo(intent.amount()) == 0 && earlier.phoneNumber().equals(intent.phoneNumber())
                && Objects.equals(ownReference(earlier), ownReference(intent));
    }

    // null for the one that we made up
    private static String ownReference(Transaction payment) {
        String reference = payment.accountReference();
        return References.shortForm(payment.reference()).equals(reference) ? null : reference;
    }
}
