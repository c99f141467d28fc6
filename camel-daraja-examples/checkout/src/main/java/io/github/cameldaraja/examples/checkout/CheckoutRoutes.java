package io.github.cameldaraja.examples.checkout;

import io.github.cameldaraja.api.DarajaNotSentException;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaThrottledException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.dataformat.JsonLibrary;

/** The checkout: an order comes in over HTTP, the customer is asked to pay, and the answer says how it ended. */
public class CheckoutRoutes extends RouteBuilder {

    @Override
    public void configure() {
        from("rest:post:orders").routeId("checkout")
            // handled here and not by doTry: then the component sees that an outcome was not booked, and tells the second route
            .onException(Exception.class).handled(true)
                .bean("orders", "refuse")
                .to("direct:answer")
            .end()
            .unmarshal().json(JsonLibrary.Jackson, Purchase.class)
            .bean("orders", "open")
            .setVariable("order", simple("${body.id}"))
            .setBody(simple("${body.request}"))
            // waits for the customer without holding a thread
            .to("daraja:stkPush?awaitOutcome=true&idempotencyKey=${variable.order}")
            .bean("orders", "book")
            .to("direct:answer");

        // outcomes that no order waits for: late, corrected, with the receipt at last, or not booked above
        from("daraja:stkPush").routeId("late-outcomes")
            .bean("orders", "book");

        // what was paid while nobody was there to be told; if its push is still open, it ends up in the route above
        from("daraja:pullTransactions?delay={{shop.pull}}&initialDelay={{shop.firstPull}}").routeId("pulled")
            .bean("orders", "book");

        // once at each start: that we may look for those
        from("timer:register?repeatCount=1&delay=0").routeId("register")
            // whoever is told twice changes nothing, so these may be repeated; a refusal needs a person
            .onException(DarajaThrottledException.class, DarajaNotSentException.class, DarajaOutcomeUnknownException.class)
                .maximumRedeliveries(20).redeliveryDelay(1000).useExponentialBackOff().backOffMultiplier(2)
                .maximumRedeliveryDelay(300_000)
            .end()
            .setBody(simple("{\"NominatedNumber\": \"{{shop.nominatedNumber}}\"}"))
            .to("daraja:pullRegister")
            .log("Registered for Pull: ${header.CamelDarajaResultDescription}");

        from("rest:get:orders/{id}").routeId("order")
            .bean("orders", "find(${header.id})")
            .to("direct:answer");

        from("direct:answer").routeId("answer")
            // what came in would otherwise go back as response headers
            .removeHeaders("*")
            .choice()
                .when(simple("${body} == null"))
                    .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(404))
                    .setBody(constant("{\"reason\":\"no such order\"}"))
                .otherwise()
                    .setHeader(Exchange.HTTP_RESPONSE_CODE, simple("${body.httpStatus}"))
                    .marshal().json(JsonLibrary.Jackson)
            .end()
            .setHeader(Exchange.CONTENT_TYPE, constant("application/json"));
    }
}
