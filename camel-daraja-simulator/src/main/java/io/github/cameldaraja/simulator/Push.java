package io.github.cameldaraja.simulator;

import java.time.Instant;

/**
 * An accepted push; its changing parts are guarded by {@link PushDesk}.
 */
final class Push {

    private final String merchantRequestId;
    private final String checkoutRequestId;
    private final PushRequest request;
    private final Script script;
    private final Instant acceptedAt;
    private final Instant expiresAt;
    private String code;
    private LedgerEntry entry;
    private String callback;
    private int epoch;
    private int pendingAnswers;

    Push(String merchantRequestId, String checkoutRequestId, PushRequest request, Script script, Instant acceptedAt,
            Instant expiresAt) {
        this.merchantRequestId = merchantRequestId;
        this.checkoutRequestId = checkoutRequestId;
        this.request = request;
        this.script = script;
        this.acceptedAt = acceptedAt;
        this.expiresAt = expiresAt;
    }

    String merchantRequestId() {
        return merchantRequestId;
    }

    String checkoutRequestId() {
        return checkoutRequestId;
    }

    PushRequest request() {
        return request;
    }

    Script script() {
        return script;
    }

    Instant acceptedAt() {
        return acceptedAt;
    }

    Instant expiresAt() {
        return expiresAt;
    }

    synchronized boolean pending() {
        return code == null;
    }

    /** The result code, or null while pending. */
    synchronized String code() {
        return code;
    }

    /** The payment, or null if there is none. */
    synchronized LedgerEntry entry() {
        return entry;
    }

    synchronized void conclude(String result, LedgerEntry payment) {
        code = result;
        entry = payment;
    }

    /** Counts the queries answered while pending: 0, 1, 2, … */
    synchronized int nextPendingAnswer() {
        return pendingAnswers++;
    }

    /** The text of the callback, or null while pending. */
    synchronized String callback() {
        return callback;
    }

    /** The recorder's epoch in which the push was concluded. */
    synchronized int epoch() {
        return epoch;
    }

    synchronized void keepCallback(String body, int concludedIn) {
        callback = body;
        epoch = concludedIn;
    }
}
