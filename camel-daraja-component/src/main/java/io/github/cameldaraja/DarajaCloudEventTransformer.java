package io.github.cameldaraja;

import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.Alert;
import io.github.cameldaraja.api.DarajaAnswer;
import io.github.cameldaraja.api.Json;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.ReconcileSummary;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.cloudevents.CloudEvent;
import org.apache.camel.cloudevents.CloudEvents;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.DataTypeTransformer;
import org.apache.camel.spi.Transformer;

/**
 * Makes a CloudEvent of what the component tells: its attributes as Camel's CloudEvent headers, the body as JSON. The same news has the
 * same id however often it is told; what corrects or completes it has another one, and the same subject.
 */
@DataTypeTransformer(name = "daraja:application-cloudevents",
                     description = "Makes CloudEvents of outcomes, acknowledgements, answers, alerts and reports of the Daraja component")
public class DarajaCloudEventTransformer extends Transformer {

    /** What all types begin with. */
    public static final String TYPE_PREFIX = "io.github.cameldaraja.";

    private static final String JSON = "application/json";
    private static final int ID_LENGTH = 16;

    private record Event(String id, String type, String source, String subject, OffsetDateTime time) {
    }

    @Override
    public void transform(Message message, DataType fromType, DataType toType) {
        Object body = message.getBody();
        Event event = event(message, body);
        set(message, CloudEvent.CAMEL_CLOUD_EVENT_ID, event.id);
        set(message, CloudEvent.CAMEL_CLOUD_EVENT_VERSION, CloudEvents.v1_0.version());
        set(message, CloudEvent.CAMEL_CLOUD_EVENT_TYPE, TYPE_PREFIX + event.type);
        set(message, CloudEvent.CAMEL_CLOUD_EVENT_SOURCE, event.source);
        set(message, CloudEvent.CAMEL_CLOUD_EVENT_SUBJECT, event.subject);
        set(message, CloudEvent.CAMEL_CLOUD_EVENT_TIME, event.time == null ? CloudEvents.v1_0.getEventTime(message.getExchange())
                : event.time.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME));
        set(message, CloudEvent.CAMEL_CLOUD_EVENT_DATA_CONTENT_TYPE, JSON);
        set(message, Exchange.CONTENT_TYPE, JSON);
        message.setBody(new String(Json.write(body), StandardCharsets.UTF_8));
    }

    private static Event event(Message message, Object body) {
        if (body instanceof Outcome outcome) {
            // neither who told it nor the verdict: told by another one it is the same news
            String news = digest(outcome.status(), outcome.resultCode(), outcome.receiptNumber(), plain(outcome.amount()));
            return new Event(outcome.reference() + "-" + news, outcome.operation() + "." + word(outcome.status()),
                    source(outcome.operation(), outcome.account()), outcome.reference(), outcome.transactionDate());
        }
        if (body instanceof Acknowledgement acknowledgement) {
            // whatever its status is by now: the payment itself is told by the outcome alone
            return new Event(acknowledgement.reference() + "-acknowledged", acknowledgement.operation() + ".acknowledged",
                    source(acknowledgement.operation(), acknowledgement.account()), acknowledgement.reference(), null);
        }
        if (body instanceof Alert alert) {
            return new Event(digest(alert.kind(), alert.account(), alert.reference(), alert.time(), alert.message()),
                    "alert." + word(alert.kind()), source("alerts", alert.account()), alert.reference(), alert.time());
        }
        if (body instanceof ReconcileSummary summary) {
            return new Event(digest(summary.account(), summary.from(), summary.until()), "reconcile.summary",
                    source("reconcile", summary.account()), null, summary.until());
        }
        if (body instanceof DarajaAnswer) {
            String operation = message.getHeader(DarajaConstants.OPERATION, String.class);
            return new Event(message.getExchange().getExchangeId(), operation + ".answer",
                    source(operation, message.getHeader(DarajaConstants.ACCOUNT, String.class)), null, null);
        }
        throw new IllegalArgumentException("daraja:application-cloudevents makes events of outcomes, acknowledgements, answers, alerts and"
                + " reports of the daraja component, and the body is " + (body == null ? "empty" : "a " + body.getClass().getName())
                + "; transform it right after the daraja step, before the body is changed");
    }

    private static String source(String operation, String account) {
        return "daraja:" + operation + (account == null ? "" : "?account=" + account);
    }

    private static String word(Enum<?> value) {
        return value == null ? "unknown" : value.name().toLowerCase(Locale.ROOT);
    }

    private static String plain(BigDecimal amount) {
        return amount == null ? null : amount.stripTrailingZeros().toPlainString();
    }

    private static void set(Message message, String header, String value) {
        if (value == null) {
            // one that an earlier event has left would be taken for ours
            message.removeHeader(header);
        } else {
            message.setHeader(header, value);
        }
    }

    private static String digest(Object... parts) {
        String text = Arrays.stream(parts).map(String::valueOf).collect(Collectors.joining("\n"));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, ID_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
