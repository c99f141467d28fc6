package io.github.cameldaraja.transaction.jdbc;

import java.sql.SQLException;

/** The database itself has failed, and not the work: whoever shared the transaction has failed with it. */
final class SharedFailureException extends SQLException {

    private static final long serialVersionUID = 1L;

    SharedFailureException(String message, Exception cause) {
        super(message, cause instanceof SQLException known ? known.getSQLState() : null, cause);
    }
}
