package io.github.cameldaraja;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.Fields;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentIds;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.QueryApi;
import io.github.cameldaraja.api.Source;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks about a payment and goes on with what Safaricom says now: a final status, PENDING, or UNKNOWN when the question got no
 * answer. What it hears of a stored payment passes the one door like any other evidence, and names that payment's reference, so
 * that a route that acts on it and one that is told the outcome can recognise each other.
 */
final class QueryProducer extends DarajaProducer {

    private static final Logger LOG = LoggerFactory.getLogger(QueryProducer.class);

    private final QueryApi api;

    QueryProducer(DarajaEndpoint endpoint, QueryApi api) {
        super(endpoint, api);
        this.api = api;
    }

    @Override
    void begin(Exchange exchange, AsyncCallback callback, Account account, Fields fields) {
        services.questions().ask(api, account, fields).thenCompose(said -> known(said, account, api.asksAbout(fields)))
                .whenComplete((said, failure) -> {
                    try {
                        finish(exchange, said, failure instanceof CompletionException wrapped ? wrapped.getCause() : failure);
                    } catch (RuntimeException e) {
                        exchange.setException(e);
                    }
                    goOn(exchange, callback);
                });
    }

    // with what is known of the payment, and heard by it
    private CompletableFuture<Outcome> known(Outcome said, Account account, PaymentIds asked) {
        Outcome answer = said.checkoutRequestId() != null ? said
                : said.toBuilder().checkoutRequestId(asked.checkoutRequestId()).build();
        return services.repository().find(account.shortCode(), asked).thenCompose(payment -> {
            if (payment == null || !payment.account().equals(said.account())) {
                return CompletableFuture.completedFuture(answer);
            }
            Outcome complete = payment.complete(answer);
            return complete.status().isFinal() ? services.asking().heard(complete) : CompletableFuture.completedFuture(complete);
        }).exceptionally(notStored -> {
            LOG.warn("An answer about {} could not be stored, and is asked for again: {}", asked, notStored.toString());
            return answer;
        });
    }

    private void finish(Exchange exchange, Outcome said, Throwable failure) {
        Outcome outcome = said;
        if (failure instanceof DarajaOutcomeUnknownException unanswered) {
            outcome = Outcome.builder().account(options.getAccount()).status(PaymentStatus.UNKNOWN).source(Source.QUERY)
                    .resultCode(unanswered.getErrorCode()).resultDescription(unanswered.getMessage()).build();
        } else if (failure != null) {
            OutcomeHeaders.writeFailure(exchange.getMessage(), null, failure);
            exchange.setException(failure);
            return;
        }
        outcome = outcome.toBuilder().operation(operation).build();
        OutcomeHeaders.write(exchange.getMessage(), outcome);
        exchange.getMessage().setBody(outcome);
    }
}
