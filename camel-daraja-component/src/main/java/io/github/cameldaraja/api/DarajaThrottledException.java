package io.github.cameldaraja.api;

import java.time.Instant;

/** Too many requests, or the subscriber is busy: nothing happened, and a later repeat is safe. */
public class DarajaThrottledException extends DarajaException {

    private static final long serialVersionUID = 1L;

    private final Instant retryAt;

    public DarajaThrottledException(String message, ErrorDetails details) {
        this(message, details, null);
    }

    public DarajaThrottledException(String message, ErrorDetails details, Throwable cause) {
        this(message, details, cause, null);
    }

    /**
     * @param retryAt from when on it may be tried again; null if nobody knows
     */
    public DarajaThrottledException(String message, ErrorDetails details, Throwable cause, Instant retryAt) {
        super(message, details.orJudged(ResultCategory.SYSTEM, true), cause);
        this.retryAt = retryAt;
    }

    /** From when on it may be tried again; null if nobody knows. */
    public Instant getRetryAt() {
        return retryAt;
    }
}
