package io.github.cameldaraja.api;

/** Refused, by us before sending or by Daraja: nothing happened, and repeating the same request never helps. */
public class DarajaRequestException extends DarajaException {

    private static final long serialVersionUID = 1L;

    public DarajaRequestException(String message, ErrorDetails details) {
        this(message, details, null);
    }

    public DarajaRequestException(String message, ErrorDetails details, Throwable cause) {
        super(message, details.orJudged(ResultCategory.MERCHANT, false), cause);
    }
}
