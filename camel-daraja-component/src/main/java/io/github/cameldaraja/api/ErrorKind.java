package io.github.cameldaraja.api;


/** What a failure allows the caller to do; each kind is one exception. */
public enum ErrorKind {

    /** Refused: only another request helps. */
    REQUEST(DarajaRequestException::new),
    /** Credentials or product are wrong: only another configuration helps. */
    AUTHENTICATION(DarajaAuthenticationException::new),
    /** The token was refused before anything was processed: a new one, once, is worth a try. */
    TOKEN(DarajaAuthenticationException::new),
    /** Too many requests, or busy: nothing happened, later it may work. */
    THROTTLED(DarajaThrottledException::new),
    /** Never left this machine. */
    NOT_SENT(DarajaNotSentException::new),
    /** May have been accepted. */
    UNKNOWN(DarajaOutcomeUnknownException::new);

    private final Factory factory;

    ErrorKind(Factory factory) {
        this.factory = factory;
    }

    /** The exception of this kind. */
    public DarajaException exception(String message, ErrorDetails details, Throwable cause) {
        return factory.create(message, details, cause);
    }

    private interface Factory {
        DarajaException create(String message, ErrorDetails details, Throwable cause);
    }
}
