package io.github.cameldaraja.examples.chaos.audit;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** A database with the tables of a run, which tests fill as they like. The component's tables are its own, from its scripts. */
final class Ground implements AutoCloseable {

    private static final String[] TABLES = {
            "create table chaos_heard (id bigserial primary key, order_id varchar, reference varchar, operation varchar, status varchar,"
                    + " receipt varchar, amount numeric, result_code varchar, source varchar, verdict varchar, via varchar, node varchar,"
                    + " at timestamptz)",
            "create table chaos_ledger (reference varchar, direction varchar, order_id varchar, amount numeric, receipt varchar,"
                    + " node varchar, at timestamptz, primary key (reference, direction))",
            "create table chaos_order (order_id varchar primary key, reference varchar, answered varchar, at timestamptz)"};

    private final EmbeddedPostgres server;
    // a connection takes longer than all that is done with it
    private final HikariDataSource pool = new HikariDataSource();

    Ground() {
        try {
            server = EmbeddedPostgres.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        pool.setDataSource(server.getPostgresDatabase());
        pool.setMaximumPoolSize(2);
        for (String table : TABLES) {
            update(table);
        }
        Flyway.configure().dataSource(database()).locations("classpath:io/github/cameldaraja/transaction/jdbc")
                .placeholders(Map.of("text", "varchar", "decimal", "numeric", "bytes", "bytea", "time", "timestamp(6) with time zone",
                        "table", ""))
                .baselineOnMigrate(true).baselineVersion("0").load().migrate();
    }

    DataSource database() {
        return pool;
    }

    void empty() {
        for (String table : List.of("chaos_heard", "chaos_ledger", "chaos_order", "daraja_payment", "daraja_delivery")) {
            update("delete from " + table);
        }
    }

    void update(String sql, Object... values) {
        try (Connection connection = pool.getConnection(); PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() throws IOException {
        pool.close();
        server.close();
    }
}
