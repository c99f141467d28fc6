package io.github.cameldaraja.api;

/** Too many requests, or the subscriber is busy: nothing happened, and a later repeat is safe. */
public class DarajaThrottledException extends DarajaException {

    private static final long serialVersionUID = 1L;

    public DarajaThrottledException(String message, ErrorDetails details) {
        this(message, details, null);
    }

    public DarajaThrottledException(String message, ErrorDetails details, Throwable cause) {
        super(message, details.orJudged(ResultCategory.SYSTEM, true), cause);
    }
}
