package io.github.cameldaraja.examples.payroll;

import io.github.cameldaraja.DarajaConstants;
import io.github.cameldaraja.api.DarajaNotSentException;
import io.github.cameldaraja.api.DarajaThrottledException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** A file comes in, its lines are paid one after the other, and what became of each is written down. */
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
            .bean("payroll", "accept")
            .split(body())
                .to("direct:pay")
            .end()
            .bean("payroll", "requireRunning");

        from("direct:pay").routeId("pay")
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
            .setVariable("payment", body())
            .filter(method("payroll", "goesOn"))
                .throttle(simple("{{payroll.perSecond}}"))
                // before anything is sent it is on disk that it may have been
                .bean("payroll", "claim")
                .filter(body().isNotNull())
                    .to("daraja:b2c?idempotencyKey=${variable.payment}")
                    .bean("payroll", "acknowledged");

        from("daraja:b2c").routeId("outcomes")
            .bean("payroll", "book");

        // payments that an earlier process has left open: asked about, never sent again
        from("timer:questions?period={{payroll.askPeriod}}").routeId("questions")
            .split(method("payroll", "left"))
                .throttle(simple("{{payroll.perSecond}}"))
                .setHeader(DarajaConstants.METADATA, simple("${body.metadata}"))
                .setBody(simple("${body.question}"))
                .to("daraja:transactionStatus");

        from("daraja:transactionStatus").routeId("answers")
            .bean("payroll", "answered");

        // the only one that writes reports, so that no two write the same
        from("timer:reports?delay={{payroll.reportPeriod}}&period={{payroll.reportPeriod}}").routeId("reports")
            .split(method("payroll", "unreported"))
                .setVariable("report", body())
                .setHeader(Exchange.FILE_NAME, simple("${body.fileName}"))
                .setBody(simple("${body.text}"))
                .to("file:{{payroll.folder}}/out?tempPrefix=.")
                .bean("payroll", "reported");
    }
}
