package io.github.cameldaraja.examples.checkout;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** As much JDBC as the shop needs: each piece of work is one transaction. */
final class Database {

    /** Work within one transaction. */
    @FunctionalInterface
    interface Work<T> {
        T on(Sql sql) throws SQLException;
    }

    /** Reads one row. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Statements of one transaction. */
    record Sql(Connection connection) {

        /** How many rows it has changed. */
        int update(String text, Object... values) throws SQLException {
            try (PreparedStatement statement = prepare(text, values)) {
                return statement.executeUpdate();
            }
        }

        <T> List<T> list(Row<T> row, String text, Object... values) throws SQLException {
            List<T> all = new ArrayList<>();
            try (PreparedStatement statement = prepare(text, values); ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    all.add(row.read(rows));
                }
            }
            return all;
        }

        private PreparedStatement prepare(String text, Object... values) throws SQLException {
            PreparedStatement statement = connection.prepareStatement(text);
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement;
        }
    }

    private final DataSource dataSource;

    Database(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Runs a script of the class path. */
    void run(String script) {
        try (InputStream in = Database.class.getResourceAsStream("/" + script)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            atOnce(sql -> sql.update(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Does all of it or, if it throws, nothing. */
    <T> T atOnce(Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.on(new Sql(connection));
                connection.commit();
                return result;
            } finally {
                // after a commit there is nothing to take back
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the shop's books cannot be read or written: " + e.getMessage(), e);
        }
    }
}
