package io.github.cameldaraja.transaction.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("long")
class MariaDbContractTest extends JdbcContract {

    private static HikariDataSource pool;

    @BeforeAll
    static void startServer() throws Exception {
        pool = pool(TestDatabase.MARIADB.empty());
    }

    @AfterAll
    static void closePool() {
        if (pool != null) {
            pool.close();
        }
    }

    @Override
    HikariDataSource database() throws SQLException {
        try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement()) {
            boolean exists;
            try (ResultSet tables = statement.executeQuery("show tables like 'daraja_payment'")) {
                exists = tables.next();
            }
            for (String table : exists ? TABLES : List.<String>of()) {
                statement.execute("delete from " + table);
            }
        }
        return pool;
    }

    @Override
    void leave(HikariDataSource database) {
        // the next test takes it
    }
}
