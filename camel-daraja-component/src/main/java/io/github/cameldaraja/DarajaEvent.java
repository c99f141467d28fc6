package io.github.cameldaraja;

import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.Alert;
import io.github.cameldaraja.api.DarajaAnswer;
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
import org.apache.camel.Message;
import org.apache.camel.cloudevents.CloudEvents;

/**
 * What the component tells, as the attributes of a CloudEvent. The same news has the same id however often it is told; what corrects or
 * completes it has another one, and the same subject.
 *
 * @param subject the reference of a payment, or null
 * @param time    in ISO form
 */
record DarajaEvent(String id, String type, String source, String subject, String time) {

    private static final String TYPE_PREFIX = "io.github.cameldaraja.";
    private static final int ID_LENGTH = 16;

    private static DarajaEvent event(String id, String type, String source, String subject, OffsetDateTime time, Message message) {
        return new DarajaEvent(id, TYPE_PREFIX + type, source, subject, time == null
                ? CloudEvents.v1_0.getEventTime(message.getExchange()) : time.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME));
    }

    /**
     * The event that the body is.
     *
     * @throws IllegalArgumentException if it is nothing that the component tells, with the cure
     */
    static DarajaEvent of(Message message) {
        Object body = message.getBody();
        if (body instanceof Outcome outcome) {
            return event(id(outcome, message), outcome.operation() + "." + word(outcome.status()),
                    source(outcome.operation(), outcome.account()), outcome.reference(), outcome.transactionDate(), message);
        }
        if (body instanceof Acknowledgement acknowledgement) {
            // whatever its status is by now: the payment itself is told by the outcome alone
            return event(acknowledgement.reference() + "-acknowledged", acknowledgement.operation() + ".acknowledged",
                    source(acknowledgement.operation(), acknowledgement.account()), acknowledgement.reference(), null, message);
        }
        if (body instanceof Alert alert) {
            return event(digest(alert.kind(), alert.account(), alert.reference(), alert.time(), alert.message()),
                    "alert." + word(alert.kind()), source("alerts", alert.account()), alert.reference(), alert.time(), message);
        }
        if (body instanceof ReconcileSummary summary) {
            return event(digest(summary.account(), summary.from(), summary.until()), "reconcile.summary",
                    source("reconcile", summary.account()), null, summary.until(), message);
        }
        if (body instanceof DarajaAnswer) {
            String operation = message.getHeader(DarajaConstants.OPERATION, String.class);
            return event(message.getExchange().getExchangeId(), operation + ".answer",
                    source(operation, message.getHeader(DarajaConstants.ACCOUNT, String.class)), null, null, message);
        }
        throw new IllegalArgumentException("daraja:application-cloudevents makes events of outcomes, acknowledgements, answers, alerts and"
                + " reports of the daraja component, and the body is " + (body == null ? "empty" : "a " + body.getClass().getName())
                + "; transform it right after the daraja step, before the body is changed");
    }

    // neither who told it nor the verdict: told by another one it is the same news
    private static String id(Outcome outcome, Message message) {
        String push = outcome.reference() == null ? outcome.checkoutRequestId() : null;
        String news = digest(push, outcome.status(), outcome.resultCode(), outcome.receiptNumber(), plain(outcome.amount()));
        if (outcome.reference() != null) {
            return outcome.reference() + "-" + news;
        }
        // the answer about a push of somebody else's
        return outcome.checkoutRequestId() == null ? message.getExchange().getExchangeId() : news;
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
