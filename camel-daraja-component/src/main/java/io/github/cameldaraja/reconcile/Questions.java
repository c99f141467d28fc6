package io.github.cameldaraja.reconcile;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.api.DarajaException;
import io.github.cameldaraja.api.Fields;
import io.github.cameldaraja.api.Json;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.Owned;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.QueryApi;
import io.github.cameldaraja.api.ResultCategory;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.gateway.DarajaGateway;
import io.github.cameldaraja.gateway.GatewayRequest;
import io.github.cameldaraja.transaction.Transaction;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts one question to Safaricom and reads the answer, in all the ways in which "not yet" is said. */
public final class Questions {

    private static final Logger LOG = LoggerFactory.getLogger(Questions.class);

    private final Clock clock;
    private final DarajaGateway gateway;
    private final Map<String, QueryFor> byOperation;

    /**
     * How payments of one operation are asked about.
     *
     * @param name   the query's operation, for errors
     * @param api    the query
     * @param fields what identifies the payment, or null if there is nothing to ask with
     */
    public record QueryFor(String name, QueryApi api, Function<Transaction, Fields> fields) {
    }

    /**
     * @param byOperation how to ask, by the payment's operation
     */
    public Questions(Clock clock, DarajaGateway gateway, Map<String, QueryFor> byOperation) {
        this.clock = clock;
        this.gateway = gateway;
        this.byOperation = Map.copyOf(byOperation);
    }

    /** Whether there is anything to ask with: the id of an acknowledgement that came, and an API for the question. */
    public boolean canAsk(Transaction payment) {
        QueryFor query = byOperation.get(payment.operation());
        return query != null && query.fields().apply(payment) != null;
    }

    /** Asks about a stored payment for which {@link #canAsk} holds; the answer names its reference. */
    public CompletableFuture<Outcome> ask(Transaction payment, Account account) {
        QueryFor query = byOperation.get(payment.operation());
        return ask(query.name(), query.api(), account, query.fields().apply(payment), payment.reference());
    }

    /**
     * Asks with the given fields.
     *
     * @return the answer; {@link PaymentStatus#PENDING} for "not yet"; fails with a {@link DarajaException}, not wrapped
     */
    public CompletableFuture<Outcome> ask(String operation, QueryApi api, Account account, Fields fields) {
        return ask(operation, api, account, fields, null);
    }

    private CompletableFuture<Outcome> ask(String operation, QueryApi api, Account account, Fields fields, String reference) {
        String timestamp = account.timestamp(clock);
        Owned owned = new Owned(account.shortCode(), null, timestamp, api.needsPasskey() ? account.password(timestamp) : null, null);
        byte[] body = Json.write(api.request(fields, owned));
        CompletableFuture<Outcome> result = new CompletableFuture<>();
        gateway.send(new GatewayRequest(operation, account, api.path(), body, false)).whenComplete((answer, failure) -> {
            try {
                if (failure == null && !api.isAbout(fields, answer.body())) {
                    LOG.warn("{} for account '{}' was answered about another payment; it is asked again", operation, account.name());
                    result.complete(Outcome.builder().account(account.name()).reference(reference).status(PaymentStatus.PENDING)
                            .resultCategory(ResultCategory.PENDING).source(Source.QUERY).build());
                } else if (failure == null) {
                    result.complete(api.answer(answer.body()).account(account.name()).reference(reference).build());
                } else if (failure instanceof DarajaException refused && api.isPending(refused.getDetails())) {
                    result.complete(pending(refused, account, reference));
                } else {
                    result.completeExceptionally(failure);
                }
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    private static Outcome pending(DarajaException refused, Account account, String reference) {
        return Outcome.builder().account(account.name()).reference(reference).status(PaymentStatus.PENDING).resultCategory(ResultCategory.PENDING)
                .resultCode(refused.getErrorCode()).resultDescription(refused.getErrorMessage()).source(Source.QUERY).build();
    }
}
