package io.github.cameldaraja.transaction.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Assumptions;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The databases that payments are kept in. A server is started by the first test that needs it, and ends with the JVM. */
enum TestDatabase {

    H2 {
        @Override
        DataSource empty() throws IOException {
            JdbcDataSource database = new JdbcDataSource();
            database.setURL("jdbc:h2:file:" + Files.createTempDirectory(Files.createDirectories(Path.of("target", "databases")), "h2")
                    .toAbsolutePath().resolve("payments"));
            return database;
        }
    },

    POSTGRESQL {
        @Override
        DataSource empty() throws Exception {
            String name = nameOf("schema");
            execute(server().getPostgresDatabase().getConnection(), "create schema " + name);
            PGSimpleDataSource database = (PGSimpleDataSource) server().getPostgresDatabase();
            database.setCurrentSchema(name);
            return database;
        }
    },

    MARIADB {
        @Override
        DataSource empty() throws Exception {
            MariaDbServer server = mariaDb();
            String name = nameOf("payments");
            execute(DriverManager.getConnection(server.url("mysql")), "create database " + name);
            return new MariaDbDataSource(server.url(name));
        }
    };

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static EmbeddedPostgres postgres;

    /** Connections to one that is empty. */
    abstract DataSource empty() throws Exception;

    /** The server, with what it needs to keep what it commits: by default it is started without. */
    static synchronized EmbeddedPostgres server() throws IOException {
        if (postgres == null) {
            postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "on").setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on").setServerConfig("max_connections", "200").start();
        }
        return postgres;
    }

    static MariaDbServer mariaDb() throws Exception {
        MariaDbServer server = MariaDbServer.shared();
        Assumptions.assumeTrue(server != null, "MariaDB is not installed; apt-get install mariadb-server brings it");
        return server;
    }

    static void execute(Connection connection, String... statements) throws SQLException {
        try (connection; Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String nameOf(String kind) {
        return "daraja_" + kind + "_" + COUNT.incrementAndGet();
    }
}
