package io.github.cameldaraja.examples.marketplace;

import io.github.cameldaraja.api.DarajaNotSentException;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaThrottledException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.dataformat.JsonLibrary;

/** People's wishes make payments due, one route sends what is due, and outcomes alone move the orders. */
public class MarketRoutes extends RouteBuilder {

    @Override
    public void configure() {
        from("rest:post:orders").routeId("place")
            .onException(Exception.class).handled(true)
                .bean("orders", "failed")
                .to("direct:answer")
            .end()
            .unmarshal().json(JsonLibrary.Jackson, NewOrder.class)
            .bean("orders", "place")
            .to("direct:answer");

        from("rest:post:orders/{id}/{wish}").routeId("wish")
            .onException(Exception.class).handled(true)
                .bean("orders", "failed")
                .to("direct:answer")
            .end()
            .choice()
                .when(simple("${header.wish} == 'delivered'")).bean("orders", "delivered(${header.id})")
                .when(simple("${header.wish} == 'dispute'")).bean("orders", "dispute(${header.id})")
                .when(simple("${header.wish} == 'retry'")).bean("orders", "retry(${header.id})")
                .otherwise().setBody(simple("${null}"))
            .end()
            .to("direct:answer");

        from("rest:get:orders/{id}").routeId("order")
            .bean("orders", "find(${header.id})")
            .to("direct:answer");

        from("rest:get:orders").routeId("summary")
            .bean("orders", "summary")
            .to("direct:answer");

        // whatever an order needs next: at once, and again after a restart
        from("timer:due?period={{market.pace}}").routeId("due")
            .split(method("legs", "due")).parallelProcessing()
                .to("direct:send")
            .end();

        // what comes back is an acknowledgement, which moves no order
        from("direct:send").routeId("send")
            .onException(Exception.class).handled(true)
                .bean("legs", "notAcknowledged")
            .end()
            .setVariable("leg", body())
            .bean("legs", "claim")
            .filter(body().isNotNull())
                .choice()
                    .when(simple("${variable.leg.kind} == 'COLLECT'"))
                        .to("daraja:stkPush?account=collecting&idempotencyKey=${variable.leg.payment}")
                    .when(simple("${variable.leg.kind} == 'TOP_UP'"))
                        .to("daraja:b2b?account=collecting&commandId=BusinessPayToBulk&receiver={{market.payouts}}"
                                + "&idempotencyKey=${variable.leg.payment}")
                    .when(simple("${variable.leg.kind} == 'PAYOUT'"))
                        .to("daraja:b2c?account=paying&idempotencyKey=${variable.leg.payment}")
                    .otherwise()
                        .to("daraja:reversal?account=collecting&idempotencyKey=${variable.leg.payment}")
                .end()
                .bean("legs", "acknowledged");

        from("daraja:stkPush?account=collecting&transacted=true").routeId("collected")
            .to("direct:book");

        from("daraja:b2b?account=collecting&transacted=true").routeId("topped-up")
            .to("direct:book");

        from("daraja:b2c?account=paying&transacted=true").routeId("paid-out")
            .to("direct:book");

        from("daraja:reversal?account=collecting&transacted=true").routeId("given-back")
            .to("direct:book");

        // payments and receipts that nobody told of: without the receipt nothing can be given back
        from("daraja:pullTransactions?account=collecting&transacted=true&delay={{market.pull}}"
                + "&initialDelay={{market.firstPull}}").routeId("pulled")
            .to("direct:book");

        // in the transaction of who calls it; no failure is handled here, so that it is rolled back and told again
        from("direct:book").routeId("book")
            .bean("outcomes", "book");

        // what M-Pesa says no more about is shown with the order; a person decides at the payments desk
        from("daraja:alerts").routeId("alerts")
            .bean("legs", "alert");

        // once at each start; whoever is told twice changes nothing
        from("timer:register?repeatCount=1&delay=0").routeId("register")
            .onException(DarajaThrottledException.class, DarajaNotSentException.class, DarajaOutcomeUnknownException.class)
                .maximumRedeliveries(20).redeliveryDelay(1000).useExponentialBackOff().backOffMultiplier(2)
                .maximumRedeliveryDelay(300_000)
            .end()
            .setBody(simple("{\"NominatedNumber\": \"{{market.nominatedNumber}}\"}"))
            .to("daraja:pullRegister?account=collecting")
            .log("Registered for Pull: ${header.CamelDarajaResultDescription}");

        from("direct:answer").routeId("answer")
            // what came in would otherwise go back as response headers
            .removeHeaders("*")
            .choice()
                .when(simple("${body} == null"))
                    .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(404))
                    .setBody(constant("{\"refused\":\"no such order, or no such wish\"}"))
                .otherwise()
                    .setHeader(Exchange.HTTP_RESPONSE_CODE, simple("${body.httpStatus}"))
                    .marshal().json(JsonLibrary.Jackson)
            .end()
            .setHeader(Exchange.CONTENT_TYPE, constant("application/json"));
    }
}
