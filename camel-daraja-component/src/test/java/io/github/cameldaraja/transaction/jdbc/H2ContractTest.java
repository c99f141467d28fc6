package io.github.cameldaraja.transaction.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.camel.impl.DefaultCamelContext;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2ContractTest extends JdbcContract {

    @TempDir
    Path directory;

    private HikariDataSource pool;

    @Override
    HikariDataSource database() {
        pool = pool(database("jdbc:h2:file:" + directory.resolve("payments")));
        return pool;
    }

    private static JdbcDataSource database(String url) {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL(url);
        return database;
    }

    @Test
    void aCommitIsWrittenBeforeItIsAnswered() throws SQLException {
        try (Connection connection = pool.getConnection(); ResultSet delay = connection.createStatement().executeQuery(
                "select setting_value from information_schema.settings where setting_name = 'WRITE_DELAY'")) {
            assertThat(delay.next()).isTrue();
            assertThat(delay.getInt(1)).isZero();
        }
    }

    @Test
    void aDatabaseInMemoryIsRefused() {
        JdbcTransactionRepository repository = new JdbcTransactionRepository(database("jdbc:h2:mem:payments"));
        repository.setCamelContext(new DefaultCamelContext());
        repository.setSecret(SECRET);

        assertThatThrownBy(repository::start).hasStackTraceContaining("in memory");
    }
}
