package io.github.cameldaraja.api;

/** Key, secret, pass key or product are wrong: nothing happened, and nothing will until the configuration changes. */
public class DarajaAuthenticationException extends DarajaException {

    private static final long serialVersionUID = 1L;

    public DarajaAuthenticationException(String message, ErrorDetails details) {
        this(message, details, null);
    }

    public DarajaAuthenticationException(String message, ErrorDetails details, Throwable cause) {
        super(message, details.orJudged(ResultCategory.MERCHANT, false), cause);
    }
}
