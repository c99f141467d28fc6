package io.github.cameldaraja.crash;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** A database that outlives the nodes that work on it. */
final class Ground implements AutoCloseable {

    // more than all nodes of a test have threads for
    private static final int CONNECTIONS = 40;

    private final HikariDataSource pool = new HikariDataSource();

    Ground(DataSource database) {
        pool.setDataSource(database);
        pool.setMaximumPoolSize(CONNECTIONS);
        // one stays open, or H2 would close and open its file for each node
        pool.setMinimumIdle(1);
    }

    DataSource connections() {
        return pool;
    }

    /** Empties all tables, so that the next test has the database to itself. */
    void clear() {
        try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet all = statement.executeQuery("select table_name from information_schema.tables where"
                    + " (lower(table_name) like 'daraja\\_%' or lower(table_name) like 'crash\\_%')"
                    + " and lower(table_name) <> 'daraja_schema_history'")) {
                while (all.next()) {
                    tables.add(all.getString(1));
                }
            }
            for (String table : tables) {
                statement.execute("truncate table " + table);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void execute(String... statements) {
        try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of all rows as text. */
    List<String> ask(String sql, Object... values) {
        List<String> answer = new ArrayList<>();
        try (Connection connection = pool.getConnection(); var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    answer.add(rows.getString(1));
                }
            }
            return answer;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    long count(String sql, Object... values) {
        return Long.parseLong(ask(sql, values).get(0));
    }

    @Override
    public void close() {
        pool.close();
    }
}
