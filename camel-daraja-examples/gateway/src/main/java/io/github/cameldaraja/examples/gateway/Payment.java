package io.github.cameldaraja.examples.gateway;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TreeMap;

/**
 * A payment as its client sees it. Whose phone it is, the client knows: the number goes neither into answers nor into webhooks.
 *
 * @param id                by which the gateway knows it
 * @param kind              {@code payment} or {@code payout}
 * @param status            {@code COMPLETED} is paid, {@code FAILED}, {@code CANCELLED} and {@code EXPIRED} are not; all others mean
 *                          that nobody knows yet
 * @param amount            shillings
 * @param receipt           M-Pesa's number for it; null while only a query has spoken
 * @param resultCode        M-Pesa's, verbatim
 * @param resultDescription M-Pesa's, for people
 * @param retriable         whether another payment for the same purpose makes sense, or null
 * @param transactionDate   when M-Pesa booked it
 * @param source            who told of it
 * @param verdict           what became of that message
 * @param metadata          the client's own
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Payment(String id, String kind, PaymentStatus status, BigDecimal amount, String receipt, String resultCode,
                      String resultDescription, Boolean retriable, OffsetDateTime transactionDate, String source, String verdict,
                      Map<String, String> metadata) {

    /** Of a client's own metadata, among what the gateway keeps there. */
    static final String OWN = "own.";
    /** Whose payment it is. */
    static final String CLIENT = "client";
    /** What the request was. */
    static final String REQUEST = "request";

    static Payment of(Outcome outcome) {
        return new Payment(outcome.reference(), kind(outcome.operation()), outcome.status(), outcome.amount(),
                outcome.receiptNumber(), outcome.resultCode(), outcome.resultDescription(), outcome.retriable(),
                outcome.transactionDate(), outcome.source() == null ? null : outcome.source().name(),
                outcome.verdict() == null ? null : outcome.verdict().toString(), own(outcome.metadata()));
    }

    /** One of which no more is known than where it stands. */
    static Payment of(String operation, String id, PaymentStatus status, BigDecimal amount, Map<?, ?> metadata) {
        return new Payment(id, kind(operation), status, amount, null, null, null, null, null, null, null, own(metadata));
    }

    private static String kind(String operation) {
        return "stkPush".equals(operation) ? "payment" : "payout";
    }

    private static Map<String, String> own(Map<?, ?> metadata) {
        if (metadata == null) {
            return null;
        }
        Map<String, String> own = new TreeMap<>();
        metadata.forEach((name, value) -> {
            if (name.toString().startsWith(OWN)) {
                own.put(name.toString().substring(OWN.length()), String.valueOf(value));
            }
        });
        return own.isEmpty() ? null : own;
    }
}
