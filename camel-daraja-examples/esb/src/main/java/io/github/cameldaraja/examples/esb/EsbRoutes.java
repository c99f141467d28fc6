package io.github.cameldaraja.examples.esb;

import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.InvalidFieldException;
import org.apache.camel.builder.RouteBuilder;

/** Who is in the queue is paid once, however often the broker brings the message, and what became of it goes to another queue. */
public class EsbRoutes extends RouteBuilder {

    @Override
    public void configure() {
        from("jms:queue:{{esb.payouts}}?transacted=true&lazyCreateTransactionManager=false&concurrentConsumers={{esb.consumers}}"
                + "&receiveTimeout=200").routeId("payouts")
            .onException(DarajaOutcomeUnknownException.class).handled(true)
                .bean("payouts", "unknown")
            .end()
            // nothing was sent, and nothing will help it
            .onException(DarajaRequestException.class, InvalidFieldException.class).handled(true).useOriginalMessage()
                .bean("payouts", "dead")
                .to("jms:queue:{{esb.dead}}?transacted=true&lazyCreateTransactionManager=false")
            .end()
            // any other failure is rolled back, and the broker brings the message again; but not for ever
            .onException(Exception.class).onWhen(method("payouts", "isLast")).handled(true).useOriginalMessage()
                .bean("payouts", "dead")
                .to("jms:queue:{{esb.dead}}?transacted=true&lazyCreateTransactionManager=false")
            .end()
            .setVariable("key", method("payouts", "key"))
            .to("daraja:b2c?idempotencyKey=${variable.key}&commandId={{esb.payoutCommand}}")
            .bean("payouts", "taken");

        // told again until the broker has it
        from("daraja:b2c").routeId("outcomes")
            .bean("payouts", "tell")
            .to("jms:queue:{{esb.outcomes}}?jmsMessageType=Text&deliveryPersistent=true");
    }
}
