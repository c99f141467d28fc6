package io.github.cameldaraja.transaction.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresContractTest extends JdbcContract {

    private static HikariDataSource pool;

    @BeforeAll
    static void startServer() throws Exception {
        pool = pool(TestDatabase.POSTGRESQL.empty());
    }

    @AfterAll
    static void closePool() {
        pool.close();
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
}
