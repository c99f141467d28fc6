package io.github.cameldaraja.transaction.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs each piece of work in a transaction of its own. */
final class Database {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int ATTEMPTS = 10;

    private final DataSource dataSource;
    private final Dialect dialect;

    Database(DataSource dataSource, Dialect dialect) {
        this.dataSource = dataSource;
        this.dialect = dialect;
    }

    /** Commits, or throws. */
    <T> T run(Work<T> work) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(work);
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !hasLostARace(e)) {
                    throw e;
                }
                LOG.debug("Once more, after attempt {}: {}", attempt, e.getMessage());
            }
        }
    }

    private <T> T once(Work<T> work) throws SQLException {
        Connection connection = dataSource.getConnection();
        try {
            if (connection.getTransactionIsolation() != Connection.TRANSACTION_READ_COMMITTED) {
                // who waits for a row must then see it as it is, and not as it was
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            }
            connection.setAutoCommit(false);
            T result = work.in(new Session(connection, dialect));
            connection.commit();
            return result;
        } catch (Throwable e) {
            undo(connection, e);
            throw e;
        } finally {
            close(connection);
        }
    }

    private static void undo(Connection connection, Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    // what is committed is stored, whatever becomes of the connection
    private static void close(Connection connection) {
        try (connection) {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            LOG.debug("A connection could not be given back", e);
        }
    }

    // nothing of it was stored, and the next time it may be alone
    private static boolean hasLostARace(SQLException failure) {
        String state = failure.getSQLState();
        // a deadlock or its like, but not 40003: that one may have been stored; or the wait for a lock was too long
        return state != null && (state.startsWith("40") && !state.equals("40003") || state.equals("HYT00")
                || state.equals("55P03"));
    }
}
