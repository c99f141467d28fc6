package io.github.cameldaraja;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.api.DarajaException;
import io.github.cameldaraja.api.DarajaKeyUsedException;
import io.github.cameldaraja.api.DarajaNotSentException;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.DarajaThrottledException;
import io.github.cameldaraja.api.Fields;
import io.github.cameldaraja.api.NairobiTime;
import io.github.cameldaraja.api.OutcomeApi;
import io.github.cameldaraja.api.PaymentApi;
import io.github.cameldaraja.transaction.Departure;
import io.github.cameldaraja.transaction.References;
import io.github.cameldaraja.transaction.Repetition;
import io.github.cameldaraja.transaction.Terms;
import io.github.cameldaraja.transaction.TermsException;
import io.github.cameldaraja.transaction.Transaction;
import java.math.BigDecimal;
import java.util.HashMap;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * Starts a payment, or asks a question that is answered by callback: stores the intent, sends the request once, and goes on with the
 * acknowledgement or, if the route waits, with the outcome. It never blocks, and never sends a request again whose fate is unknown.
 */
final class OutcomeProducer extends DarajaProducer {

    /** Remembers on the exchange the payment that is not known to have ended, so that a redelivery rejoins it. */
    static final String REJOIN = "CamelDarajaRejoin";
    /** And the last one that each step has started, for when a later step fails and Camel does all of it again. */
    private static final String LAST = "CamelDarajaLast";

    /**
     * What a step of a route has started last.
     *
     * @param caught the failure that the exchange had seen last by then; or null
     */
    private record Start(String reference, Object caught) {
    }

    private final OutcomeApi api;
    // null for a question
    private final PaymentApi payment;
    private final PaymentTerms terms;
    // null for what pays nothing out
    private PayoutRules rules;
    private IdempotencyKey key;

    OutcomeProducer(DarajaEndpoint endpoint, OutcomeApi api) {
        super(endpoint, api);
        this.api = api;
        this.payment = api instanceof PaymentApi moves ? moves : null;
        this.terms = payment == null ? null : new PaymentTerms(payment, services.guardsPrompts(), services.payoutSpacing());
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        key = new IdempotencyKey(getEndpoint().getCamelContext(), options.getIdempotencyKey());
        if (options.isRetryFailed() && !key.isGiven()) {
            throw new IllegalArgumentException("retryFailed=true needs idempotencyKey, for it says what becomes of a key whose payment"
                    + " has failed; without one each exchange is a payment of its own");
        }
        if (payment != null && payment.paysOut()) {
            checkPayout();
        }
    }

    private void checkPayout() {
        if (!key.isGiven()) {
            throw new IllegalArgumentException(operation + " pays out and needs idempotencyKey, or a redelivery could pay twice; name"
                    + " what the payment is for, with an expression such as ${header.salaryId}");
        }
        if (options.isRequestHeaders()) {
            throw new IllegalArgumentException(operation + " pays out: requestHeaders=true is refused, for headers come from outside"
                    + " more easily than anybody means them to; put the fields into the body");
        }
        if (options.isDryRun() && options.isThrowExceptionOnFailure()) {
            throw new IllegalArgumentException(operation + ": dryRun=true pays nobody, and throwExceptionOnFailure=true says that what"
                    + " follows was paid; take one of them out");
        }
        services.requireLastingStore(operation, services.accounts().get(options.getAccount()));
        rules = new PayoutRules(getEndpoint().getCamelContext(), payment, services.payoutPolicy(), options.getRequestedBy());
    }

    @Override
    void begin(Exchange exchange, AsyncCallback callback, Account account, Fields fields) {
        if (options.isAwaitOutcome() && exchange.isTransacted()) {
            throw new DarajaRequestException("awaitOutcome is refused in a transacted exchange, which may not leave its thread;"
                    + " commit first, or take the outcome in from(\"daraja:" + operation + "\")", local());
        }
        String key = this.key.of(exchange);
        PayoutRules.Judged judged = rules == null ? null : rules.judge(exchange, account, fields, key);
        Transaction intent = intent(exchange, account, fields, key);
        if (options.isDryRun()) {
            new DryRun(this, payment, account, fields).rehearse(exchange, callback, intent, judged);
            return;
        }
        if (judged != null) {
            intent = governed(intent, account, fields, judged);
        }
        start(exchange, callback, account, fields, intent);
    }

    private void start(Exchange exchange, AsyncCallback callback, Account account, Fields fields, Transaction intent) {
        OutcomeCall call = new OutcomeCall(this, api, exchange, callback, account, fields);
        Terms terms = payment == null ? Terms.NONE : this.terms.of(account, fields, intent, !exchange.isTransacted());
        if (intent.idempotencyKey() != null) {
            services.sends().begin(intent.reference());
        }
        rejoined(exchange, intent)
                .thenCompose(earlier -> earlier != null ? CompletableFuture.completedFuture(earlier)
                        : open(intent, terms))
                .thenCompose(found -> mayTryAgain(found, intent)
                        ? services.repository().open(next(found, intent, account, fields), found.reference(), terms)
                        : CompletableFuture.completedFuture(found))
                .whenComplete((payment, failure) -> call.guarded(intent, () -> {
                    if (failure != null) {
                        DarajaException why = notStored(failure);
                        // who has joined it in that moment has joined nothing
                        services.sends().end(intent.reference(), why instanceof DarajaThrottledException ? why : null);
                        call.fail(intent, why);
                    } else if (payment.reference().equals(intent.reference())) {
                        call.begin(payment, intent);
                    } else {
                        services.sends().end(intent.reference(), null);
                        call.join(payment, intent);
                    }
                }));
    }

    // a refusal that is not stored yet holds the key: with it stored this is the next attempt, without it there is none
    private CompletableFuture<Transaction> open(Transaction intent, Terms terms) {
        return services.repository().open(intent, null, terms).thenCompose(found -> !services.debts().isOwed(found.reference())
                ? CompletableFuture.completedFuture(found)
                : services.debts().pay(found.reference()).thenCompose(tried -> services.repository().open(intent, null, terms)));
    }

    private DarajaException notStored(Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof DarajaKeyUsedException used ? used
                : cause instanceof TermsException refused ? PaymentTerms.refusal(refused, local())
                : new DarajaNotSentException("the intent could not be stored, so nothing was sent", local(), failure);
    }

    private Transaction intent(Exchange exchange, Account account, Fields fields, String key) {
        String reference = services.references().next();
        Instant now = services.clock().instant();
        Map<String, String> metadata = RequestReader.metadata(exchange.getMessage());
        BigDecimal amount = payment == null ? null : new BigDecimal(fields.get(payment.amountField()));
        String customer = payment == null ? null : payment.customer(fields);
        String accountReference = payment == null || payment.accountReferenceField() == null ? null
                : fields.get(payment.accountReferenceField(), References.shortForm(reference));
        return Transaction.intent(reference, operation, account.name(), account.shortCode(), key, amount, customer,
                accountReference, metadata, now).of(services.node().application())
                .asking(fields.fingerprint(api), ownId(account, fields, key == null ? reference : key, 1))
                .repeatable(payment == null ? null : repetition(fields))
                .awaitedBy(options.isAwaitOutcome() ? services.node().id() : null)
                // if we die before it is known what became of it
                .due(payment == null ? services.asking().forgottenAt() : now.plus(services.longestSending()));
    }

    private Repetition repetition(Fields fields) {
        if (!payment.isRepeatable(fields)) {
            return null;
        }
        return kept(fields);
    }

    private Repetition kept(Fields fields) {
        Map<String, String> kept = new HashMap<>();
        fields.toMap().keySet().forEach(name -> kept.put(name, fields.get(name)));
        return Repetition.of(kept, payment.beforeRepeat(fields).isEmpty());
    }

    // what it takes to send it later, and of which day's budget it is a part
    private Transaction governed(Transaction intent, Account account, Fields fields, PayoutRules.Judged judged) {
        boolean repeatable = intent.repetition() != null;
        Repetition kept = intent.repetition();
        if (judged.needsApproval()) {
            kept = kept(fields).departing(Departure.approval(repeatable, judged.requestedBy()));
        } else if (terms.mayWait(fields)) {
            kept = kept(fields).departing(Departure.inTurn(repeatable));
        }
        if (account.payoutDailyMaximum() != null) {
            kept = (kept == null ? Repetition.none() : kept).ofBudget(day(intent));
        }
        Transaction governed = intent.repeatable(kept);
        return judged.needsApproval() ? governed.awaitedBy(null).held(intent.createdAt().plus(services.approvalTime())) : governed;
    }

    static String day(Transaction intent) {
        return intent.createdAt().atZone(NairobiTime.ZONE).toLocalDate().toString();
    }

    private String ownId(Account account, Fields fields, String key, int attempt) {
        return payment == null || !payment.sendsOwnId(fields) ? null
                : References.originatorConversationId(account.environment().name(), account.name(), operation, key, attempt);
    }

    private boolean mayTryAgain(Transaction found, Transaction intent) {
        return options.isRetryFailed() && found.hasFailed() && !found.reference().equals(intent.reference())
                && isSame(found, intent);
    }

    // an id of its own: Safaricom knows that of the one that has failed
    private Transaction next(Transaction failed, Transaction intent, Account account, Fields fields) {
        int attempt = failed.attempt() + 1;
        return intent.attempt(attempt).asking(intent.fingerprint(), ownId(account, fields, intent.idempotencyKey(), attempt));
    }

    // the payment that this very exchange has started here before, and of which it does not know what became; another key is
    // another payment, however alike the two are
    private CompletableFuture<Transaction> rejoined(Exchange exchange, Transaction intent) {
        String open = exchange.getProperty(REJOIN, String.class);
        Start last = last(exchange).get(this);
        boolean redelivered = exchange.getMessage().getHeader(Exchange.REDELIVERED, false, Boolean.class);
        // a route may remove that header; or catch the failure and do it all again by itself
        boolean failedSince = last != null && last.caught() != exchange.getProperty(Exchange.EXCEPTION_CAUGHT);
        String reference = open == null && last != null && (redelivered || failedSince) ? last.reference() : open;
        return reference == null ? CompletableFuture.completedFuture(null)
                : services.repository().find(reference).thenApply(earlier -> earlier != null && isSame(earlier, intent)
                        && Objects.equals(earlier.idempotencyKey(), intent.idempotencyKey())
                        && (open != null || redelivered || !earlier.hasFailed()) ? earlier : null);
    }

    /** Remembers what this step has started. */
    void started(Exchange exchange, String reference) {
        exchange.setProperty(REJOIN, reference);
        Map<Object, Start> last = new HashMap<>(last(exchange));
        last.put(this, new Start(reference, exchange.getProperty(Exchange.EXCEPTION_CAUGHT)));
        exchange.setProperty(LAST, last);
    }

    /** Whether this exchange has started that payment. */
    static boolean hasStarted(Exchange exchange, String reference) {
        return reference.equals(exchange.getProperty(REJOIN))
                || last(exchange).values().stream().anyMatch(start -> start.reference().equals(reference));
    }

    /** Nothing can come of that payment; that it was not sent says nothing of another, which may be open. */
    static void forget(Exchange exchange, String reference) {
        if (reference.equals(exchange.getProperty(REJOIN))) {
            exchange.removeProperty(REJOIN);
        }
        Map<Object, Start> last = new HashMap<>(last(exchange));
        last.values().removeIf(start -> start.reference().equals(reference));
        exchange.setProperty(LAST, last);
    }

    // never changed in place: copies of the exchange share it
    @SuppressWarnings("unchecked")
    private static Map<Object, Start> last(Exchange exchange) {
        return exchange.getProperty(LAST, Map.of(), Map.class);
    }

    /** Whether the two ask for the same. */
    static boolean isSame(Transaction earlier, Transaction intent) {
        return earlier.operation().equals(intent.operation()) && earlier.account().equals(intent.account())
                && Objects.equals(earlier.fingerprint(), intent.fingerprint());
    }
}
