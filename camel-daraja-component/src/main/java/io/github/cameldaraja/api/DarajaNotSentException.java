package io.github.cameldaraja.api;

/** The request never left this machine: repeating it is safe. */
public class DarajaNotSentException extends DarajaException {

    private static final long serialVersionUID = 1L;

    public DarajaNotSentException(String message, ErrorDetails details) {
        this(message, details, null);
    }

    public DarajaNotSentException(String message, ErrorDetails details, Throwable cause) {
        super(message, details.orJudged(ResultCategory.SYSTEM, true), cause);
    }
}
