package io.github.cameldaraja.examples.paybill;

import io.github.cameldaraja.api.DarajaNotSentException;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaThrottledException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.dataformat.JsonLibrary;

/** Customers pay from their phones; M-Pesa asks first, tells afterwards, and is asked for what it did not tell. */
public class PaybillRoutes extends RouteBuilder {

    @Override
    public void configure() {
        // once at each start: where payments are told, and that we may look for those that were not
        from("timer:register?repeatCount=1&delay=0").routeId("register")
            // whoever is told twice changes nothing, so these may be repeated; a refusal needs a person
            .onException(DarajaThrottledException.class, DarajaNotSentException.class, DarajaOutcomeUnknownException.class)
                .maximumRedeliveries(20).redeliveryDelay(1000).useExponentialBackOff().backOffMultiplier(2)
                .maximumRedeliveryDelay(300_000)
            .end()
            // Completed: a question that nobody answers must not turn a customer away
            .to("daraja:c2bRegister?responseType=Completed")
            .log("C2B URLs: ${header.CamelDarajaResultDescription}")
            .setBody(simple("{\"NominatedNumber\": \"{{paybill.nominatedNumber}}\"}"))
            .to("daraja:pullRegister")
            .log("Pull: ${header.CamelDarajaResultDescription}");

        // may this payment happen? Who is late, or fails, has said yes: what fits no account can be sorted out later
        from("daraja:c2bValidation?answerTimeout=3s&defaultAnswer=accept").routeId("validation")
            .bean("check", "answer");

        // a customer has paid
        from("daraja:c2bConfirmation").routeId("confirmation")
            .to("direct:credit");

        // a customer has paid, and no confirmation told of it
        from("daraja:pullTransactions?delay={{paybill.pull}}&initialDelay={{paybill.firstPull}}").routeId("pull")
            .to("direct:credit");

        // a customer whom we asked has paid, or not
        from("daraja:stkPush").routeId("push")
            .to("direct:credit");

        // nothing is handled here: if it fails, the component tells the payment again
        from("direct:credit").routeId("credit")
            .bean("cashier", "credit");

        // a clerk asks a customer to pay
        from("rest:post:prompts").routeId("prompt")
            .onException(Exception.class).handled(true)
                .bean("prompts", "refuse")
                .to("direct:answer")
            .end()
            .unmarshal().json(JsonLibrary.Jackson, Prompt.class)
            .setVariable("prompt", simple("${body.id}"))
            .bean("prompts", "request")
            .to("daraja:stkPush?idempotencyKey=${variable.prompt}")
            .bean("prompts", "sent")
            .to("direct:answer");
    }
}
