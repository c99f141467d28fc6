package io.github.cameldaraja;

import io.github.cameldaraja.api.Json;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.cloudevents.CloudEvent;
import org.apache.camel.cloudevents.CloudEvents;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.DataTypeTransformer;
import org.apache.camel.spi.Transformer;

/** Makes a CloudEvent of what the component tells: its attributes as Camel's CloudEvent headers, the body as JSON. */
@DataTypeTransformer(name = "daraja:application-cloudevents",
                     description = "Makes CloudEvents of outcomes, acknowledgements, answers, alerts and reports of the Daraja component:"
                             + " attributes in headers, the body as JSON")
public class DarajaCloudEventTransformer extends Transformer {

    private static final String JSON = "application/json";

    @Override
    public void transform(Message message, DataType fromType, DataType toType) {
        DarajaEvent event = DarajaEvent.of(message);
        set(message, CloudEvent.CAMEL_CLOUD_EVENT_ID, event.id());
        set(message, CloudEvent.CAMEL_CLOUD_EVENT_VERSION, CloudEvents.v1_0.version());
        set(message, CloudEvent.CAMEL_CLOUD_EVENT_TYPE, event.type());
        set(message, CloudEvent.CAMEL_CLOUD_EVENT_SOURCE, event.source());
        set(message, CloudEvent.CAMEL_CLOUD_EVENT_SUBJECT, event.subject());
        set(message, CloudEvent.CAMEL_CLOUD_EVENT_TIME, event.time());
        set(message, CloudEvent.CAMEL_CLOUD_EVENT_DATA_CONTENT_TYPE, JSON);
        set(message, Exchange.CONTENT_TYPE, JSON);
        message.setBody(new String(Json.write(message.getBody()), StandardCharsets.UTF_8));
    }

    private static void set(Message message, String header, String value) {
        if (value == null) {
            // one that an earlier event has left would be taken for ours
            message.removeHeader(header);
        } else {
            message.setHeader(header, value);
        }
    }
}
