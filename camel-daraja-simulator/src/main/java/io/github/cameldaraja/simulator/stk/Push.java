package io.github.cameldaraja.simulator.stk;

import java.time.Instant;

import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.wire.Callback;

/**
 * An accepted push; its changing parts are guarded by {@link PushDesk}.
 */
public final class Push {

    private final String merchantRequestId;
    private final String checkoutRequestId;
    private final PushRequest request;
    private final Fate fate;
    private final Instant acceptedAt;
    private final Instant expiresAt;
    private String code;
    private LedgerEntry entry;
    private Callback callback;
    private int pendingAnswers;

    Push(String merchantRequestId, String checkoutRequestId, PushRequest request, Fate fate, Instant acceptedAt,
            Instant expiresAt) {
        this.merchantRequestId = merchantRequestId;
        this.checkoutRequestId = checkoutRequestId;
        this.request = request;
        this.fate = fate;
        this.acceptedAt = acceptedAt;
        this.expiresAt = expiresAt;
    }

    String merchantRequestId() {
        return merchantRequestId;
    }

    public String checkoutRequestId() {
        return checkoutRequestId;
    }

    public PushRequest request() {
        return request;
    }

    Fate fate() {
        return fate;
    }

    public Instant acceptedAt() {
        return acceptedAt;
    }

    public Instant expiresAt() {
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

    /** The callback, or null while pending. */
    synchronized Callback callback() {
        return callback;
    }

    synchronized void keepCallback(Callback written) {
        callback = written;
    }
}
