package io.github.cameldaraja;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.ErrorDetails;
import io.github.cameldaraja.api.Fields;
import io.github.cameldaraja.api.InvalidFieldException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.QueryApi;
import io.github.cameldaraja.api.Source;
import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/**
 * Asks about a payment and goes on with what Safaricom says now: a final status, PENDING, or UNKNOWN when the question got no
 * answer. It reads only; what it hears does not settle the stored payment.
 */
final class QueryProducer extends DefaultAsyncProducer {

    private final DarajaConfiguration options;
    private final DarajaServices services;
    private final QueryApi api;
    private final String operation;
    private RequestReader reader;

    QueryProducer(DarajaEndpoint endpoint, QueryApi api) {
        super(endpoint);
        this.options = endpoint.getConfiguration();
        this.services = endpoint.services();
        this.api = api;
        this.operation = endpoint.getOperation().name();
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        services.accounts().get(options.getAccount()).requireFor(operation, api.needsPasskey(), false);
        reader = new RequestReader(api, options.pinned(), options.isRequestHeaders());
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Account account;
        Fields fields;
        try {
            services.requireOpen(operation, options.getAccount());
            account = services.accounts().get(options.getAccount());
            fields = reader.read(exchange.getMessage(), Map.of());
        } catch (InvalidFieldException e) {
            exchange.setException(new DarajaRequestException("refused before sending: " + e.getMessage(),
                    ErrorDetails.local(operation, options.getAccount()), e));
            callback.done(true);
            return true;
        } catch (RuntimeException e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
        services.questions().ask(operation, api, account, fields).whenComplete((said, failure) -> {
            try {
                finish(exchange, fields, said, failure);
            } catch (RuntimeException e) {
                exchange.setException(e);
            }
            Workers.run(services.workers(), () -> callback.done(false));
        });
        return false;
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
