package io.github.cameldaraja.examples.gateway;

import io.github.cameldaraja.api.DarajaNotSentException;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaThrottledException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** Shops ask for payments and payouts, look at them, and are told what became of them. */
public class GatewayRoutes extends RouteBuilder {

    @Override
    public void configure() {
        // asks the customer and does not wait: what comes back is an acknowledgement, which is no payment
        from("rest:post:payments").routeId("push")
            .onException(Exception.class).handled(true)
                .bean("payments", "refuse")
                .to("direct:answer")
            .end()
            .bean("clients", "admit")
            .bean("payments", "push")
            .to("daraja:stkPush?idempotencyKey=${variable.key}")
            .bean("payments", "sent")
            .to("direct:answer");

        from("rest:post:payouts").routeId("payout")
            .onException(Exception.class).handled(true)
                .bean("payments", "refuse")
                .to("direct:answer")
            .end()
            .bean("clients", "admitPayout")
            .bean("payments", "payout")
            .to("daraja:b2c?idempotencyKey=${variable.key}&commandId={{gateway.payoutCommand}}")
            .bean("payments", "sent")
            .to("direct:answer");

        from("rest:get:payments/{id}").routeId("payment")
            .onException(Exception.class).handled(true)
                .bean("payments", "refuse")
                .to("direct:answer")
            .end()
            .bean("clients", "admit")
            .bean("payments", "find")
            .to("direct:answer");

        // what the shop did not take for a day: it looks, and has it sent again
        from("rest:get:webhooks/parked").routeId("parked")
            .onException(Exception.class).handled(true)
                .bean("payments", "refuse")
                .to("direct:answer")
            .end()
            .bean("clients", "admit")
            .bean("webhooks", "parked")
            .to("direct:answer");

        from("rest:post:webhooks/{event}/release").routeId("release")
            .onException(Exception.class).handled(true)
                .bean("payments", "refuse")
                .to("direct:answer")
            .end()
            .bean("clients", "admit")
            .bean("webhooks", "release")
            .to("direct:answer");

        from("rest:get:openapi.json").routeId("openapi")
            .removeHeaders("*")
            .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
            .setBody(constant("resource:classpath:gateway.openapi.json"));

        from("direct:answer").routeId("answer")
            .bean(Answer.class, "write");

        // what became of them: stored with the mark that this was told, no failure is handled here
        from("daraja:stkPush?transacted=true").routeId("pushed")
            .bean("webhooks", "store");

        from("daraja:b2c?transacted=true").routeId("paid-out")
            .bean("webhooks", "store");

        // a push whose acknowledgement and callback are both lost is found here, and told by the route pushed; what comes to this one
        // was paid by hand
        from("daraja:pullTransactions?transacted=true&delay={{gateway.pull}}&initialDelay={{gateway.firstPull}}").routeId("pulled")
            .bean("webhooks", "store");

        // once at each start
        from("timer:register?repeatCount=1&delay=0").routeId("register")
            // whoever is told twice changes nothing, so this may be repeated; a refusal needs a person
            .onException(DarajaThrottledException.class, DarajaNotSentException.class, DarajaOutcomeUnknownException.class)
                .maximumRedeliveries(20).redeliveryDelay(1000).useExponentialBackOff().backOffMultiplier(2)
                .maximumRedeliveryDelay(300_000)
            .end()
            .setBody(simple("{\"NominatedNumber\": \"{{gateway.nominatedNumber}}\"}"))
            .to("daraja:pullRegister")
            .log("Registered for Pull: ${header.CamelDarajaResultDescription}");

        from("timer:webhooks?period={{gateway.webhookPeriod}}&synchronous=true").routeId("due")
            .split(method("webhooks", "due"))
                .to("seda:webhook?waitForTaskToComplete=Never&blockWhenFull=true")
            .end();

        from("seda:webhook?concurrentConsumers={{gateway.webhookSenders}}").routeId("webhook")
            .onException(Exception.class).handled(true)
                .bean("webhooks", "failed")
            .end()
            .bean("webhooks", "request")
            // where to is in a header
            .to("http://webhook?connectTimeout=5000&responseTimeout=10000&httpClientConfigurer=#onlyOnce")
            .bean("webhooks", "delivered");

        from("timer:purge?period=1h").routeId("purge")
            .bean("webhooks", "purge");
    }
}
