package io.github.cameldaraja.examples.payroll;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.h2.jdbcx.JdbcConnectionPool;

/** As much JDBC as the payroll needs: each piece of work is one transaction. */
final class Database implements AutoCloseable {

    /** Work within one transaction. */
    @FunctionalInterface
    interface Work<T, E extends Exception> {
        T on(Transaction transaction) throws SQLException, E;
    }

    /** Reads one row. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Statements on one connection. */
    static final class Transaction {

        private final Connection connection;

        private Transaction(Connection connection) {
            this.connection = connection;
        }

        /** How many rows it has changed. */
        int update(String sql, Object... values) throws SQLException {
            try (PreparedStatement statement = prepare(sql, values)) {
                return statement.executeUpdate();
            }
        }

        <T> List<T> list(Row<T> row, String sql, Object... values) throws SQLException {
            List<T> all = new ArrayList<>();
            try (PreparedStatement statement = prepare(sql, values); ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    all.add(row.read(rows));
                }
            }
            return all;
        }

        private PreparedStatement prepare(String sql, Object... values) throws SQLException {
            PreparedStatement statement = connection.prepareStatement(sql);
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement;
        }
    }

    private final JdbcConnectionPool connections;

    Database(String url) {
        connections = JdbcConnectionPool.create(url, "sa", "");
    }

    /** Does all of it or, if it throws, nothing. */
    <T, E extends Exception> T atOnce(Work<T, E> work) throws E {
        try (Connection connection = connections.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.on(new Transaction(connection));
                connection.commit();
                return result;
            } finally {
                // after a commit there is nothing to take back
                connection.rollback();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the payroll's table cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        connections.dispose();
    }
}
