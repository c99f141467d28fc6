package io.github.cameldaraja.api;

/**
 * The request may have been accepted: never send it again; the component finds out what became of it, by asking where Daraja lets
 * it ask.
 */
public class DarajaOutcomeUnknownException extends DarajaException {

    private static final long serialVersionUID = 1L;

    public DarajaOutcomeUnknownException(String message, ErrorDetails details) {
        this(message, details, null);
    }

    public DarajaOutcomeUnknownException(String message, ErrorDetails details, Throwable cause) {
        super(message, details.orJudged(ResultCategory.SYSTEM, false), cause);
    }
}
