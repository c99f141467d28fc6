package io.github.cameldaraja.transaction.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresContractTest extends JdbcContract {

    private static EmbeddedPostgres server;
    private static HikariDataSource pool;

    @BeforeAll
    static void startServer() throws IOException {
        server = EmbeddedPostgres.builder().setServerConfig("fsync", "on").setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on").start();
        pool = pool(server.getPostgresDatabase());
    }

    @AfterAll
    static void stopServer() throws IOException {
        pool.close();
        server.close();
    }

    @Override
    HikariDataSource database() throws SQLException {
        try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement();
             ResultSet tables = statement.executeQuery("select to_regclass('daraja_payment')")) {
            tables.next();
            if (tables.getString(1) != null) {
                statement.execute("truncate " + String.join(", ", TABLES));
            }
        }
        return pool;
    }

    @Override
    void leave(HikariDataSource database) {
        // the next test takes it
    }

    @Test
    void theServerKeepsWhatItCommits() throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
             ResultSet settings = connection.createStatement().executeQuery("select current_setting('fsync'),"
                     + " current_setting('synchronous_commit'), current_setting('full_page_writes')")) {
            settings.next();
            assertThat(settings.getString(1) + settings.getString(2) + settings.getString(3)).isEqualTo("ononon");
        }
    }

    @Test
    void aServerThatForgetsIsRefused() throws IOException {
        // its default
        try (EmbeddedPostgres forgetful = EmbeddedPostgres.start()) {
            assertThatThrownBy(() -> start(forgetful.getPostgresDatabase()))
                    .hasStackTraceContaining("fsync is off and synchronous_commit is off");
        }
    }

    @Test
    void aConnectionThatDoesNotWaitForTheDiskIsRefused() {
        HikariDataSource pool = pool(server.getPostgresDatabase());
        pool.setConnectionInitSql("set synchronous_commit to off");
        try (pool) {
            assertThatThrownBy(() -> start(pool)).hasStackTraceContaining("fsync is on and synchronous_commit is off");
        }
    }

    private static void start(DataSource dataSource) {
        JdbcTransactionRepository repository = new JdbcTransactionRepository(dataSource);
        repository.setCamelContext(new DefaultCamelContext());
        repository.setSecret(SECRET);
        repository.start();
    }
}
