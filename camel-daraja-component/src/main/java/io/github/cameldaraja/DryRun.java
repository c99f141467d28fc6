package io.github.cameldaraja;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.account.RequestIdentity;
import io.github.cameldaraja.api.DarajaNotSentException;
import io.github.cameldaraja.api.Fields;
import io.github.cameldaraja.api.PaymentApi;
import io.github.cameldaraja.api.Rehearsal;
import io.github.cameldaraja.gateway.GatewayRequest;
import io.github.cameldaraja.transaction.Terms;
import io.github.cameldaraja.transaction.TermsException;
import io.github.cameldaraja.transaction.Transaction;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/** A payout that is checked as far as it can be, and neither stored nor sent. */
final class DryRun {

    private final OutcomeProducer producer;
    private final PaymentApi api;
    private final Account account;
    private final Fields fields;

    DryRun(OutcomeProducer producer, PaymentApi api, Account account, Fields fields) {
        this.producer = producer;
        this.api = api;
        this.account = account;
        this.fields = fields;
    }

    void rehearse(Exchange exchange, AsyncCallback callback, Transaction intent, PayoutRules.Judged judged) {
        // the request is made, with all that the account must have for it, and dropped
        GatewayRequest.of(api, account, fields, account.owned(producer.services.clock(),
                RequestIdentity.ofRequest(intent.reference(), intent.ownId())), true);
        BigDecimal limit = account.payoutDailyMaximum();
        String day = OutcomeProducer.day(intent);
        (limit == null ? CompletableFuture.<BigDecimal>completedFuture(null)
                : producer.services.repository().spent(account.name(), day)).whenComplete((spent, failure) -> {
                    try {
                        if (failure != null) {
                            throw new DarajaNotSentException("dry run: the store does not say what was paid out today", producer.local(),
                                    failure);
                        }
                        if (limit != null) {
                            Terms.of(List.of(), new Terms.Budget(account.name(), day, limit)).check(intent, spent);
                        }
                        Rehearsal rehearsal = judged.rehearsal();
                        OutcomeHeaders.write(exchange.getMessage(), rehearsal);
                        exchange.getMessage().setBody(rehearsal);
                    } catch (TermsException e) {
                        fail(exchange, PaymentTerms.refusal(e, producer.local()));
                    } catch (RuntimeException e) {
                        fail(exchange, e);
                    }
                    producer.goOn(exchange, callback);
                });
    }

    private static void fail(Exchange exchange, RuntimeException why) {
        OutcomeHeaders.writeFailure(exchange.getMessage(), null, why);
        exchange.setException(why);
    }
}
