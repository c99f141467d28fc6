package io.github.cameldaraja;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.account.RequestIdentity;
import io.github.cameldaraja.api.AnswerApi;
import io.github.cameldaraja.api.DarajaAnswer;
import io.github.cameldaraja.api.DarajaException;
import io.github.cameldaraja.api.Fields;
import io.github.cameldaraja.gateway.GatewayAnswer;
import io.github.cameldaraja.gateway.GatewayRequest;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/** Calls an API that answers at once. What only reads is asked again a few times if no clear answer comes. */
final class AnswerProducer<A extends DarajaAnswer> extends DarajaProducer {

    private final AnswerApi<A> api;

    AnswerProducer(DarajaEndpoint endpoint, AnswerApi<A> api) {
        super(endpoint, api);
        this.api = api;
    }

    @Override
    void begin(Exchange exchange, AsyncCallback callback, Account account, Fields fields) {
        GatewayRequest request = GatewayRequest.of(api, account, fields,
                account.owned(services.clock(), RequestIdentity.ofLookUp()), !api.isRepeatable(fields));
        send(exchange, callback, fields, request, 1);
    }

    private void send(Exchange exchange, AsyncCallback callback, Fields fields, GatewayRequest request, int attempt) {
        services.gateway().send(request).whenComplete((answer, failure) -> {
            if (askAgain(failure, request.movesMoney(), attempt,
                    () -> send(exchange, callback, fields, request, attempt + 1))) {
                return;
            }
            try {
                finish(exchange, read(fields, answer, failure), failure);
            } catch (RuntimeException e) {
                exchange.setException(e);
            }
            goOn(exchange, callback);
        });
    }

    private A read(Fields fields, GatewayAnswer answer, Throwable failure) {
        if (failure == null) {
            return api.answer(fields, answer.body());
        }
        return failure instanceof DarajaException refused ? api.answer(refused.getDetails()).orElse(null) : null;
    }

    private void finish(Exchange exchange, A answer, Throwable failure) {
        if (answer == null) {
            OutcomeHeaders.writeFailure(exchange.getMessage(), null, failure);
            exchange.setException(failure);
            return;
        }
        OutcomeHeaders.write(exchange.getMessage(), operation, options.getAccount(), answer);
        if (options.isRawAnswer()) {
            exchange.getMessage().setBody(answer.details());
            return;
        }
        exchange.getMessage().setBody(api.body(answer));
        if (api.contentType() != null) {
            exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, api.contentType());
        }
    }
}
