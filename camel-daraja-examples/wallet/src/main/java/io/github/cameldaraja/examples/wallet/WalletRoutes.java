package io.github.cameldaraja.examples.wallet;

import io.github.cameldaraja.DarajaConstants;
import io.github.cameldaraja.api.DarajaNotSentException;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaThrottledException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.dataformat.JsonLibrary;

/** A customer asks for a top-up, and whatever tells that he has paid credits his wallet, once. */
public class WalletRoutes extends RouteBuilder {

    @Override
    public void configure() {
        // asks the customer and does not wait: what comes back is an acknowledgement, which is no payment
        from("rest:post:wallets/{phone}/top-up").routeId("top-up")
            .onException(Exception.class).handled(true)
                .bean("topUps", "refuse")
                .to("direct:answer")
            .end()
            .unmarshal().json(JsonLibrary.Jackson, TopUp.class)
            .setVariable("order", simple("${body?.orderId}"))
            .bean("topUps", "request")
            .to("daraja:stkPush?idempotencyKey=${variable.order}")
            .bean("topUps", "sent")
            .to("direct:answer");

        // a customer whom we asked has paid, or not
        from("daraja:stkPush?transacted=true").routeId("pushed")
            .to("direct:credit");

        // a customer has paid by hand: pay bill, and the wallet's number as the account
        from("daraja:c2bConfirmation?transacted=true").routeId("paid-by-hand")
            .to("direct:credit");

        // a customer has paid, and nobody told of it
        from("daraja:pullTransactions?transacted=true&delay={{wallet.pull}}&initialDelay={{wallet.firstPull}}").routeId("pulled")
            .to("direct:credit");

        // in the transaction of who calls it; no failure is handled here, so that it is rolled back and told again
        from("direct:credit").routeId("credit")
            .filter(header(DarajaConstants.STATUS).isEqualTo("COMPLETED"))
                .bean("wallets", "credit")
            .end();

        // once at each start: where payments are told, and that we may look for those that were not
        from("timer:register?repeatCount=1&delay=0").routeId("register")
            // whoever is told twice changes nothing, so these may be repeated; a refusal needs a person
            .onException(DarajaThrottledException.class, DarajaNotSentException.class, DarajaOutcomeUnknownException.class)
                .maximumRedeliveries(20).redeliveryDelay(1000).useExponentialBackOff().backOffMultiplier(2)
                .maximumRedeliveryDelay(300_000)
            .end()
            .to("daraja:c2bRegister?responseType=Completed")
            .setBody(simple("{\"NominatedNumber\": \"{{wallet.nominatedNumber}}\"}"))
            .to("daraja:pullRegister")
            .log("Registered for confirmations and Pull: ${header.CamelDarajaResultDescription}");

        from("rest:get:wallets/{phone}").routeId("wallet")
            .bean("wallets", "find(${header.phone})")
            .to("direct:answer");

        from("direct:answer").routeId("answer")
            // what came in would otherwise go back as response headers
            .removeHeaders("*")
            .choice()
                .when(simple("${body} == null"))
                    .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(404))
                    .setBody(constant("{\"reason\":\"no such wallet; the first payment opens it\"}"))
                .otherwise()
                    .setHeader(Exchange.HTTP_RESPONSE_CODE, simple("${body.httpStatus}"))
                    .marshal().json(JsonLibrary.Jackson)
            .end()
            .setHeader(Exchange.CONTENT_TYPE, constant("application/json"));
    }
}
