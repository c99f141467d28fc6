package io.github.cameldaraja.transaction.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.TimeZone;

/**
 * Statements of one transaction.
 *
 * @param dialect of the database
 * @param shared  whether others are in this transaction too, who must not be kept waiting
 */
record Session(Connection connection, Dialect dialect, boolean shared) {

    Session(Connection connection, Dialect dialect) {
        this(connection, dialect, false);
    }

    /** Reads one row. */
    @FunctionalInterface
    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** How many rows it changed. */
    int update(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    /** Whether the row is ours; waits for whoever is about to insert the same one. */
    boolean insertIfAbsent(String sql, Object... values) throws SQLException {
        try {
            return update(dialect.insertIfAbsent(sql), values) == 1;
        } catch (SQLException e) {
            if (dialect.isTaken(e)) {
                return false;
            }
            throw e;
        }
    }

    <T> List<T> all(Row<T> row, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> all = new ArrayList<>();
                while (rows.next()) {
                    all.add(row.of(rows));
                }
                return all;
            }
        }
    }

    /** The first row, or null. */
    <T> T first(Row<T> row, String sql, Object... values) throws SQLException {
        List<T> all = all(row, sql, values);
        return all.isEmpty() ? null : all.get(0);
    }

    /**
     * The row, which nobody else changes until the end of the transaction; or null.
     *
     * @param forUpdate selects one row, and ends with {@code for update}
     * @throws BusyException if others share the transaction and would have to wait for the row
     */
    <T> T lock(Row<T> row, String forUpdate, Object... values) throws SQLException {
        T locked = first(row, shared ? forUpdate + " skip locked" : forUpdate, values);
        if (locked == null && shared) {
            throw new BusyException();
        }
        return locked;
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        // for a column without a zone, which is in UTC; the others know theirs
        Timestamp time = row.getTimestamp(column, Calendar.getInstance(TimeZone.getTimeZone(ZoneOffset.UTC)));
        return time == null ? null : time.toInstant();
    }

    private void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            // cut, not rounded: rounded up, something due now would not be due yet
            statement.setObject(i + 1, value instanceof Instant instant ? dialect.time(instant.truncatedTo(ChronoUnit.MICROS)) : value);
        }
    }
}
