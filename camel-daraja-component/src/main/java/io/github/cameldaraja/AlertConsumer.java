package io.github.cameldaraja;

import io.github.cameldaraja.api.Alert;
import io.github.cameldaraja.transaction.Alarms;
import io.github.cameldaraja.transaction.Delivery;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Tells a route what a person must look at. */
final class AlertConsumer extends OutcomeConsumer {

    AlertConsumer(DarajaEndpoint endpoint, Processor processor) {
        super(endpoint, processor, false);
    }

    @Override
    void write(Message message, Delivery delivery) {
        Alert alert = Alarms.read(delivery.outcome());
        OutcomeHeaders.write(message, alert);
        message.setBody(alert);
    }
}
