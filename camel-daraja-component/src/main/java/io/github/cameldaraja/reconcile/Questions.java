package io.github.cameldaraja.reconcile;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.account.RequestIdentity;
import io.github.cameldaraja.api.ApiTable;
import io.github.cameldaraja.api.DarajaApi;
import io.github.cameldaraja.api.DarajaException;
import io.github.cameldaraja.api.Fields;
import io.github.cameldaraja.api.Inquiry;
import io.github.cameldaraja.api.JsonObject;
import io.github.cameldaraja.api.Need;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.Owned;
import io.github.cameldaraja.api.PaymentApi;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.QueryApi;
import io.github.cameldaraja.api.RequestApi;
import io.github.cameldaraja.api.ResultCategory;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.gateway.DarajaGateway;
import io.github.cameldaraja.gateway.GatewayRequest;
import io.github.cameldaraja.transaction.Transaction;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts one question to Safaricom. Some are answered at once, in all the ways in which "not yet" is said; the answer to others comes
 * by callback, and until then it is "not yet", too.
 */
public final class Questions {

    private static final Logger LOG = LoggerFactory.getLogger(Questions.class);

    private final Clock clock;
    private final DarajaGateway gateway;
    private final ApiTable operations;

    /**
     * @param operations says how each payment is asked about
     */
    public Questions(Clock clock, DarajaGateway gateway, ApiTable operations) {
        this.clock = clock;
        this.gateway = gateway;
        this.operations = operations;
    }

    /** Whether there is a question about this payment, something to ask it with, and an operator if it needs one. */
    public boolean canAsk(Transaction payment, Account account) {
        return inquiry(payment).isPresent() && (!isSigned(payment) || account.hasInitiator());
    }

    /** Whether an operator asks about it. */
    public boolean isSigned(Transaction payment) {
        return inquiry(payment).filter(inquiry -> inquiry.api().needs().contains(Need.INITIATOR)).isPresent();
    }

    /** How long after its start something may still come in by itself about a payment that cannot be asked about. */
    public Duration patience(Transaction payment) {
        return operations.find(payment.operation()) instanceof PaymentApi api ? api.patience() : AskSchedule.PATIENCE;
    }

    /** Asks about a stored payment for which {@link #canAsk} holds; the answer names its reference. */
    public CompletableFuture<Outcome> ask(Transaction payment, Account account) {
        boolean before = before(payment).isPresent();
        Inquiry inquiry = inquiry(payment).orElseThrow();
        Map<String, String> complete = new HashMap<>(inquiry.api().defaults(account.merchant()));
        complete.putAll(inquiry.fields());
        Fields fields = Fields.check(inquiry.api(), complete);
        RequestIdentity question = before ? RequestIdentity.ofQuestionBefore(payment.reference())
                : RequestIdentity.ofQuestionAbout(payment.reference());
        if (inquiry.api() instanceof QueryApi query) {
            return ask(query, account, fields, question);
        }
        CompletableFuture<Outcome> result = new CompletableFuture<>();
        send(inquiry.api(), account, fields, question, acknowledged -> result.complete(pending(account, question).build()),
                result::completeExceptionally);
        return result;
    }

    /**
     * Asks with the given fields.
     *
     * @return the answer; {@link PaymentStatus#PENDING} for "not yet"; fails with a {@link DarajaException}, not wrapped
     */
    public CompletableFuture<Outcome> ask(QueryApi api, Account account, Fields fields) {
        return ask(api, account, fields, RequestIdentity.ofLookUp());
    }

    private Optional<Inquiry> inquiry(Transaction payment) {
        DarajaApi api = operations.find(payment.operation());
        return api == null ? Optional.empty() : before(payment).or(() -> api.inquiry(payment.ids()));
    }

    // the question about another payment that comes before this one is sent again
    private Optional<Inquiry> before(Transaction payment) {
        return payment.mayBeRepeated() && !payment.repetition().cleared()
                && operations.find(payment.operation()) instanceof PaymentApi api
                ? api.beforeRepeat(Fields.check(api, payment.repetition().fields())) : Optional.empty();
    }

    private CompletableFuture<Outcome> ask(QueryApi api, Account account, Fields fields, RequestIdentity question) {
        CompletableFuture<Outcome> result = new CompletableFuture<>();
        send(api, account, fields, question, answer -> {
            if (api.isAbout(fields, answer)) {
                result.complete(api.answer(answer).account(account.name()).reference(question.reference()).build());
            } else {
                LOG.warn("{} for account '{}' was answered about another payment; it is asked again", api.name(), account.name());
                result.complete(pending(account, question).build());
            }
        }, failure -> {
            if (failure instanceof DarajaException refused && api.isPending(refused.getDetails())) {
                result.complete(pending(account, question).resultCode(refused.getErrorCode())
                        .resultDescription(refused.getErrorMessage()).build());
            } else {
                result.completeExceptionally(failure);
            }
        });
        return result;
    }

    private void send(RequestApi api, Account account, Fields fields, RequestIdentity question, Consumer<JsonObject> answered,
                      Consumer<Throwable> failed) {
        Owned owned = account.owned(clock, question);
        gateway.send(GatewayRequest.of(api, account, fields, owned, false)).whenComplete((answer, failure) -> {
            try {
                if (failure == null) {
                    answered.accept(answer.body());
                } else {
                    failed.accept(failure);
                }
            } catch (RuntimeException e) {
                failed.accept(e);
            }
        });
    }

    private static Outcome.Builder pending(Account account, RequestIdentity question) {
        return Outcome.builder().account(account.name()).reference(question.reference()).status(PaymentStatus.PENDING)
                .resultCategory(ResultCategory.PENDING).source(Source.QUERY);
    }
}
