package io.github.cameldaraja.transaction.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.io.TempDir;

class H2ContractTest extends JdbcContract {

    @TempDir
    Path directory;

    @Override
    HikariDataSource database() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:file:" + directory.resolve("payments"));
        return pool(database);
    }
}
