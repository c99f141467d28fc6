package io.github.cameldaraja.transaction.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs each piece of work in a transaction of its own, and gives connections back as it got them. */
final class Database {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int ATTEMPTS = 10;

    private final DataSource dataSource;
    private final Dialect dialect;
    private final Turns turns;

    Database(DataSource dataSource, Dialect dialect) {
        this.dataSource = dataSource;
        this.dialect = dialect;
        this.turns = Turns.of(dialect);
    }

    /** For a transaction of somebody else's in the same database. */
    DatabaseTurn turn() {
        return turns.take();
    }

    /** Commits, or throws; what has lost a race is tried again. */
    <T> T run(Work<T> work) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(work, false);
            } catch (SharedFailureException e) {
                throw e;
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !dialect.hasLostARace(e)) {
                    throw e;
                }
                LOG.debug("Once more, after attempt {}: {}", attempt, e.getMessage());
                pause(attempt);
            }
        }
    }

    // those who were in each other's way must not meet again at once
    private static void pause(int attempt) throws SQLException {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(1L << Math.min(attempt, 6)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("the payments' database is stopped", e);
        }
    }

    /**
     * Does the work of several in one transaction; commits, or throws.
     *
     * @throws SharedFailureException if there is no connection, or if it is not known whether the commit was done
     */
    <T> T runShared(Work<T> work) throws SQLException {
        return once(work, true);
    }

    private <T> T once(Work<T> work, boolean shared) throws SQLException {
        try (DatabaseTurn turn = turns.take()) {
            return inTurn(turn, work, shared);
        }
    }

    private <T> T inTurn(DatabaseTurn turn, Work<T> work, boolean shared) throws SQLException {
        Connection connection = connect();
        Lent lent = null;
        boolean sound = true;
        try {
            // not before: who has the last connection may be about to commit
            turn.end();
            lent = Lent.of(connection);
            dialect.begin(connection);
            T result = work.in(new Session(connection, dialect, shared));
            commit(connection);
            return result;
        } catch (Throwable e) {
            sound = undo(connection, e);
            throw e;
        } finally {
            if (sound) {
                giveBack(connection, lent);
            }
        }
    }

    private Connection connect() throws SQLException {
        try {
            return dataSource.getConnection();
        } catch (SQLException | RuntimeException e) {
            throw new SharedFailureException("no connection to the payments' database, so nothing was stored: " + e.getMessage(), e);
        }
    }

    private void commit(Connection connection) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw dialect.hasLostARace(e) ? e : new SharedFailureException("the payments' database has not confirmed a commit, so it"
                    + " may have been stored, or not: " + e.getMessage(), e);
        }
    }

    // false if the connection was thrown away
    private static boolean undo(Connection connection, Throwable cause) {
        try {
            connection.rollback();
            return true;
        } catch (SQLException | RuntimeException e) {
            cause.addSuppressed(e);
        }
        try (connection) {
            // whoever gets it next must not commit our half
            connection.abort(Runnable::run);
        } catch (SQLException | RuntimeException e) {
            cause.addSuppressed(e);
        }
        return false;
    }

    // what is committed is stored, whatever becomes of the connection
    private static void giveBack(Connection connection, Lent lent) {
        try (connection) {
            if (lent != null) {
                lent.restore(connection);
            }
        } catch (SQLException | RuntimeException e) {
            LOG.debug("A connection could not be given back", e);
        }
    }

    /** How a connection was when we got it. */
    private record Lent(boolean autoCommit, int isolation) {

        static Lent of(Connection connection) throws SQLException {
            Lent found = new Lent(connection.getAutoCommit(), connection.getTransactionIsolation());
            if (!found.autoCommit) {
                // the pool's test of the connection may have begun a transaction
                connection.rollback();
            }
            if (found.isolation != Connection.TRANSACTION_READ_COMMITTED) {
                // who waits for a row must then see it as it is, and not as it was
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            }
            if (found.autoCommit) {
                connection.setAutoCommit(false);
            }
            return found;
        }

        void restore(Connection connection) throws SQLException {
            if (autoCommit) {
                connection.setAutoCommit(true);
            }
            if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
                connection.setTransactionIsolation(isolation);
            }
        }
    }
}
