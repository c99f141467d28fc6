package io.github.cameldaraja.api;

/** A request to Daraja that did not end as it should; the subclasses say what the caller may do. */
public abstract class DarajaException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ErrorDetails details;

    protected DarajaException(String message, ErrorDetails details, Throwable cause) {
        super(message + " [" + details + "]", cause);
        this.details = details;
    }

    /** Everything that is known, credentials redacted. */
    public ErrorDetails getDetails() {
        return details;
    }

    public String getOperation() {
        return details.operation();
    }

    public String getAccount() {
        return details.account();
    }

    /** The HTTP status, 0 when no answer exists. */
    public int getHttpStatus() {
        return details.httpStatus();
    }

    /** Daraja's {@code errorCode} verbatim, or null. */
    public String getErrorCode() {
        return details.errorCode();
    }

    /** Daraja's {@code errorMessage} without credentials, or null. */
    public String getErrorMessage() {
        return details.errorMessage();
    }

    /** Whose matter it is, or null. */
    public ResultCategory getCategory() {
        return details.category();
    }

    /** Whether the same request, sent again later, is safe and may succeed. */
    public boolean isRetriable() {
        return Boolean.TRUE.equals(details.retriable());
    }

    /** Daraja's {@code requestId} for support cases, or null. */
    public String getRequestId() {
        return details.requestId();
    }
}
