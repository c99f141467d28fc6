package io.github.cameldaraja;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.Fields;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.QueryApi;
import io.github.cameldaraja.api.Source;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * Asks about a payment and goes on with what Safaricom says now: a final status, PENDING, or UNKNOWN when the question got no
 * answer. It reads only; what it hears does not settle the stored payment.
 */
final class QueryProducer extends DarajaProducer {

    private final QueryApi api;

    QueryProducer(DarajaEndpoint endpoint, QueryApi api) {
        super(endpoint, api, false);
        this.api = api;
    }

    @Override
    void begin(Exchange exchange, AsyncCallback callback, Account account, Fields fields) {
        services.questions().ask(operation, api, account, fields).whenComplete((said, failure) -> {
            try {
                finish(exchange, fields, said, failure);
            } catch (RuntimeException e) {
                exchange.setException(e);
            }
            goOn(exchange, callback);
        });
    }

    private void finish(Exchange exchange, Fields fields, Outcome said, Throwable failure) {
        Outcome outcome = said;
        if (failure instanceof DarajaOutcomeUnknownException unanswered) {
            outcome = Outcome.builder().account(options.getAccount()).status(PaymentStatus.UNKNOWN).source(Source.QUERY)
                    .resultCode(unanswered.getErrorCode()).resultDescription(unanswered.getMessage()).build();
        } else if (failure != null) {
            OutcomeHeaders.writeFailure(exchange.getMessage(), null, failure);
            exchange.setException(failure);
            return;
        }
        outcome = outcome.toBuilder().operation(operation)
                .checkoutRequestId(outcome.checkoutRequestId() == null ? fields.get("CheckoutRequestID")
                        : outcome.checkoutRequestId())
                .build();
        OutcomeHeaders.write(exchange.getMessage(), outcome);
        exchange.getMessage().setBody(outcome);
    }
}
