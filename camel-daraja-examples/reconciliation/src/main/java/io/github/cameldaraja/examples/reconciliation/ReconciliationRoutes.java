package io.github.cameldaraja.examples.reconciliation;

import io.github.cameldaraja.DarajaConstants;
import io.github.cameldaraja.api.DarajaNotSentException;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaThrottledException;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;

/** Every night yesterday's ledger is held against M-Pesa's statement and balances. Nothing is changed by it. */
public class ReconciliationRoutes extends RouteBuilder {

    @Override
    public void configure() {
        // the ledger: the component has stored a payment before it tells of it
        from("daraja:c2bConfirmation").routeId("payments")
            .log("Paid: ${header.CamelDarajaReceiptNumber}, KES ${header.CamelDarajaAmount}");

        // at midnight: what our accounts hold; the answer comes by callback
        from("quartz:reconciliation/midnight?cron={{reconciliation.midnight}}&trigger.timeZone=Africa/Nairobi").routeId("midnight")
            .to("direct:ask-balances");
        from("direct:ask-balances").routeId("ask-balances")
            .setBody(constant(""))
            .to("daraja:accountBalance");
        from("daraja:accountBalance").routeId("balances")
            .filter(header(DarajaConstants.STATUS).isEqualTo("COMPLETED"))
                .bean("balances", "keep");

        // when all payments of yesterday have reached both sides
        from("quartz:reconciliation/night?cron={{reconciliation.night}}&trigger.timeZone=Africa/Nairobi").routeId("night")
            .setBody(constant("yesterday"))
            .to("seda:days");
        // once at the start, if a day is named
        from("timer:day?repeatCount=1&delay={{reconciliation.firstDelay}}").routeId("day")
            .setBody(constant("{{reconciliation.day}}"))
            .filter(simple("${body} != 'none'"))
                .to("seda:days");

        // one day after the other: the thread waits for the end of each
        from("seda:days").routeId("days")
            .to("direct:compare?synchronous=true");

        from("direct:compare").routeId("compare")
            .onException(Exception.class).handled(true)
                .log(LoggingLevel.ERROR, "A person must look: ${variable.day} was not compared, there is no report:"
                    + " ${exception.message}")
                .bean("reconciliation", "giveUp")
            .end()
            .setVariable("day", body())
            .bean("reconciliation", "begin")
            .split(simple("${body.hours}")).stopOnException()
                .to("direct:statement")
            .end()
            // after the statement, so that what came in meanwhile is not missed
            .bean("reconciliation", "compare")
            .choice()
                .when(simple("${body.agrees}"))
                    .log("${body}")
                .otherwise()
                    .log(LoggingLevel.WARN, "A person must look: ${body}");

        // an hour of M-Pesa's statement, page by page
        from("direct:statement").routeId("statement")
            .onException(DarajaThrottledException.class, DarajaNotSentException.class, DarajaOutcomeUnknownException.class)
                .maximumRedeliveries(8).redeliveryDelay("{{reconciliation.redeliveryDelay}}")
                .useExponentialBackOff().backOffMultiplier(2)
            .end()
            .setVariable("page", body())
            .loopDoWhile(simple("${variable.page.open}"))
                .throttle(simple("{{reconciliation.pagesPerSecond}}"))
                .setBody(simple("${variable.page.request}"))
                // the producer only reads: what it lists does not reach the ledger
                .to("daraja:pullTransactions")
                .setVariable("page", method("statement", "add"))
            .end();

        // in production once in the life of a short code
        from("timer:registration?repeatCount=1&delay=0").routeId("registration").autoStartup("{{reconciliation.register}}")
            .onException(DarajaThrottledException.class, DarajaNotSentException.class, DarajaOutcomeUnknownException.class)
                .maximumRedeliveries(8).redeliveryDelay("{{reconciliation.redeliveryDelay}}")
                .useExponentialBackOff().backOffMultiplier(2)
            .end()
            .to("daraja:c2bRegister?responseType=Completed")
            .setBody(simple("{\"NominatedNumber\": \"{{reconciliation.nominatedNumber}}\"}"))
            .to("daraja:pullRegister");
    }
}
