package io.github.cameldaraja.examples.subscription;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.dataformat.JsonLibrary;

/** Plans that are activated by the code of a payment, renewed by a standing order, and prolonged by nothing but money. */
public class SubscriptionRoutes extends RouteBuilder {

    @Override
    public void configure() {
        from("rest:post:activations").routeId("activation")
            .onException(Exception.class).handled(true)
                .bean("activations", "failed")
                .to("direct:answer")
            .end()
            .unmarshal().json(JsonLibrary.Jackson, ActivationRequest.class)
            .bean("activations", "open")
            .setVariable("claim", body())
            .choice()
                .when(simple("${body.isCounted}"))
                    .bean("activations", "known")
                .otherwise()
                    .setBody(simple("${body.question}"))
                    // waits for Safaricom without holding a thread
                    .to("daraja:transactionStatus?awaitOutcome=true&outcomeTimeout={{subscription.patience}}")
                    .bean("activations", "verify")
            .end()
            .to("direct:answer");

        // whoever waited was told to try again, and then asks anew
        from("daraja:transactionStatus").routeId("late-answers")
            .log("The answer about ${header.CamelDarajaReceiptNumber} came too late: ${header.CamelDarajaStatus}");

        // every payment to our short code: by hand or by standing order, told at once or found by the pull
        from("daraja:c2bConfirmation").routeId("payments")
            .bean("plans", "book");

        from("daraja:pullTransactions?delay={{subscription.pull}}").routeId("pulled-payments")
            .bean("plans", "book");

        from("rest:post:renewals").routeId("renewal")
            // handled here and not by doTry: then the component sees that an outcome was not noted, and tells the second route
            .onException(Exception.class).handled(true)
                .bean("renewals", "failed")
                .to("direct:answer")
            .end()
            .unmarshal().json(JsonLibrary.Jackson, RenewalRequest.class)
            .bean("renewals", "open")
            .setVariable("order", body())
            .choice()
                .when(simple("${body.isNew}"))
                    .setBody(simple("${body.request}"))
                    // COMPLETED means that the order exists, not that money came
                    .to("daraja:standingOrder?awaitOutcome=true&idempotencyKey=${variable.order.name}")
                    .bean("renewals", "settle")
                .otherwise()
                    .bean("renewals", "known")
            .end()
            .to("direct:answer");

        // what customers say after the wait
        from("daraja:standingOrder").routeId("late-orders")
            .bean("renewals", "settle");

        from("rest:get:plans/{account}").routeId("plan")
            .bean("plans", "find(${header.account})")
            .to("direct:answer");

        from("direct:answer").routeId("answer")
            // what came in would otherwise go back as response headers
            .removeHeaders("*")
            .choice()
                .when(simple("${body} == null"))
                    .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(404))
                    .setBody(constant("{\"reason\":\"no such account\"}"))
                .otherwise()
                    .setHeader(Exchange.HTTP_RESPONSE_CODE, simple("${body.httpStatus}"))
                    .marshal().json(JsonLibrary.Jackson)
            .end()
            .setHeader(Exchange.CONTENT_TYPE, constant("application/json"));

        // in production once in the life of a short code
        from("timer:registration?repeatCount=1&delay=0").routeId("registration").autoStartup("{{subscription.register}}")
            .to("daraja:c2bRegister")
            .setBody(simple("${null}"))
            .to("daraja:pullRegister?phoneNumber={{subscription.nominatedNumber}}");
    }
}
