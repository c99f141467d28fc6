package io.github.cameldaraja;

import io.github.cameldaraja.api.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.cloudevents.CloudEvents;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.DataTypeTransformer;
import org.apache.camel.spi.Transformer;

/** Makes a CloudEvent of what the component tells, in one JSON document that can be sent anywhere as it is. */
@DataTypeTransformer(name = "daraja:application-cloudevents+json",
                     description = "Makes CloudEvents of outcomes, acknowledgements, answers, alerts and reports of the Daraja component:"
                             + " one JSON document with attributes and data")
public class DarajaCloudEventJsonTransformer extends Transformer {

    @Override
    public void transform(Message message, DataType fromType, DataType toType) {
        DarajaEvent event = DarajaEvent.of(message);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("specversion", CloudEvents.v1_0.version());
        document.put("id", event.id());
        document.put("type", event.type());
        document.put("source", event.source());
        if (event.subject() != null) {
            document.put("subject", event.subject());
        }
        document.put("time", event.time());
        document.put("datacontenttype", "application/json");
        document.put("data", message.getBody());
        message.setHeader(Exchange.CONTENT_TYPE, "application/cloudevents+json; charset=UTF-8");
        message.setBody(new String(Json.write(document), StandardCharsets.UTF_8));
    }
}
