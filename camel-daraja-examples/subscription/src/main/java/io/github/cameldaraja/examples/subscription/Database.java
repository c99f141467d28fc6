package io.github.cameldaraja.examples.subscription;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Three kinds of statements, each a transaction of its own. The primary keys decide what happens once. */
public final class Database {

    /** Makes something of a row. */
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private static final List<String> TABLES = List.of("""
            CREATE TABLE IF NOT EXISTS subscriber (
              account VARCHAR(12) PRIMARY KEY)""", """
            CREATE TABLE IF NOT EXISTS payment (
              receipt VARCHAR(15) PRIMARY KEY,
              amount DECIMAL(12, 2) NOT NULL,
              paid_at TIMESTAMP WITH TIME ZONE NOT NULL,
              account VARCHAR(12) REFERENCES subscriber)""", """
            CREATE TABLE IF NOT EXISTS standing_order (
              account VARCHAR(12) NOT NULL REFERENCES subscriber,
              number INTEGER NOT NULL,
              last_day DATE NOT NULL,
              status VARCHAR(10) NOT NULL,
              PRIMARY KEY (account, number))""");

    // unlike a foreign key that is not there
    private static final String DUPLICATE_KEY = "23505";

    private final DataSource dataSource;

    public Database(DataSource dataSource) {
        this.dataSource = dataSource;
        TABLES.forEach(this::change);
    }

    /** Whether the row is new; false if there is one with its key. */
    boolean insert(String sql, Object... values) {
        try {
            execute(sql, values);
            return true;
        } catch (SQLIntegrityConstraintViolationException e) {
            if (DUPLICATE_KEY.equals(e.getSQLState())) {
                return false;
            }
            throw failed(e);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** How many rows it has changed. */
    int change(String sql, Object... values) {
        try {
            return execute(sql, values);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    <T> List<T> read(String sql, RowReader<T> reader, Object... values) {
        try (Connection connection = dataSource.getConnection(); PreparedStatement statement = prepare(connection, sql, values);
                ResultSet rows = statement.executeQuery()) {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(reader.read(rows));
            }
            return all;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private int execute(String sql, Object... values) throws SQLException {
        try (Connection connection = dataSource.getConnection(); PreparedStatement statement = prepare(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    private static IllegalStateException failed(SQLException e) {
        return new IllegalStateException("the database said no: " + e.getMessage(), e);
    }
}
