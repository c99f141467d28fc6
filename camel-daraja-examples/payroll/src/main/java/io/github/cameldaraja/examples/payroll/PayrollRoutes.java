package io.github.cameldaraja.examples.payroll;

import io.github.cameldaraja.api.DarajaNotSentException;
import io.github.cameldaraja.api.DarajaThrottledException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.dataformat.JsonLibrary;

/** A file comes in, the balance is asked, lines are paid at the pace that is allowed, and what became of each is written down. */
public class PayrollRoutes extends RouteBuilder {

    @Override
    public void configure() {
        from("file:{{payroll.folder}}/in?include=payroll.*[.]csv&readLock=changed&readLockCheckInterval={{payroll.settle}}"
                + "&initialDelay={{payroll.poll}}&delay={{payroll.poll}}&move=${exchangeProperty.folder}/${file:name}")
            .routeId("files")
            // any other failure leaves the file where it is, to be taken up again
            .onException(InvalidPayrollException.class).handled(true)
                .setProperty("folder", constant("refused"))
                .setBody(simple("${exception.message}"))
                .to("file:{{payroll.folder}}/in/refused?fileName=${file:name}.txt")
            .end()
            .setProperty("folder", constant("done"))
            .bean("intake", "accept");

        // no run begins, or goes on after a stop, before the balance is enough for all of it
        from("timer:funds?period={{payroll.period}}").routeId("funds")
            .onException(Exception.class).handled(true)
                .bean("payroll", "notFunded")
            .end()
            .setBody(method("payroll", "question"))
            .filter(body().isNotNull())
                .setVariable("question", body())
                .setBody(constant(null))
                .to("daraja:accountBalance?awaitOutcome=true")
                .bean("payroll", "funded");

        from("timer:pay?period={{payroll.period}}&synchronous=true").routeId("pay")
            .split(method("payroll", "due")).parallelProcessing()
                .to("direct:send");

        from("direct:send").routeId("send")
            // nothing was sent: the same request again
            .onException(DarajaThrottledException.class, DarajaNotSentException.class)
                .maximumRedeliveries("{{payroll.redeliveries}}").redeliveryDelay("{{payroll.redeliveryDelay}}")
                .useExponentialBackOff().backOffMultiplier(3)
                .handled(true)
                .bean("payroll", "notAcknowledged")
            .end()
            .onException(Exception.class).handled(true)
                .bean("payroll", "notAcknowledged")
            .end()
            .filter(method("payroll", "goesOn"))
                // what Safaricom allows the short code
                .throttle(simple("{{payroll.perSecond}}"), simple("{{camel.component.daraja.shortCode}}"))
                // before anything is sent it is on disk that it may have been
                .bean("payroll", "claim")
                .filter(body().isNotNull())
                    .setVariable("line", body())
                    .setBody(simple("${body.request}"))
                    .to("daraja:b2c?idempotencyKey=${variable.line.key}")
                    .bean("payroll", "acknowledged");

        // callbacks, answers to the component's own questions, corrections: booked together with the mark that this was told
        from("daraja:b2c?transacted=true").routeId("outcomes")
            .bean("payroll", "book");

        // the only one that writes reports, so that no two write the same
        from("timer:reports?period={{payroll.reportPeriod}}&synchronous=true").routeId("reports")
            .bean("reports", "write");

        from("rest:get:payrolls").routeId("progress")
            .removeHeaders("*")
            .bean("payroll", "progress")
            .marshal().json(JsonLibrary.Jackson)
            .setHeader(Exchange.CONTENT_TYPE, constant("application/json"));

        from("rest:get:/").routeId("page")
            .removeHeaders("*")
            .setHeader(Exchange.CONTENT_TYPE, constant("text/html;charset=UTF-8"))
            .setHeader("Content-Security-Policy", constant("default-src 'self'; script-src 'unsafe-inline'; style-src 'unsafe-inline'"))
            .setBody(constant("resource:classpath:payroll.html"));
    }
}
