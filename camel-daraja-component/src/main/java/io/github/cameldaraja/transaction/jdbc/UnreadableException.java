package io.github.cameldaraja.transaction.jdbc;

/** What is stored in a row cannot be read: it was sealed with a secret that is not known here, or was changed since. */
final class UnreadableException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message names the row and nothing of what it holds
     */
    UnreadableException(String message, Throwable cause) {
        super(message, cause);
    }
}
