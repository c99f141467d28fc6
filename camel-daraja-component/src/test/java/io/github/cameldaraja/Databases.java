package io.github.cameldaraja;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cameldaraja.transaction.jdbc.JdbcTransactionRepository;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** Databases that keep payments, and everything that stands in them. */
public final class Databases {

    /** What tests encrypt with. */
    public static final String SECRET = "a secret of the shop, 32 characters or more";

    private Databases() {
    }

    static HikariDataSource h2(Path directory) {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:file:" + directory.resolve("payments"));
        return pool(database);
    }

    /** A server that keeps what it commits; its default does not. */
    static EmbeddedPostgres postgres() throws IOException {
        return EmbeddedPostgres.builder().setServerConfig("fsync", "on").setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on").start();
    }

    /** An empty database of that server. */
    static HikariDataSource empty(EmbeddedPostgres server) throws SQLException {
        execute(server.getPostgresDatabase(), "drop schema public cascade", "create schema public");
        return pool(server.getPostgresDatabase());
    }

    private static HikariDataSource pool(DataSource database) {
        HikariDataSource pool = new HikariDataSource();
        pool.setDataSource(database);
        pool.setMaximumPoolSize(8);
        pool.setMinimumIdle(0);
        return pool;
    }

    static JdbcTransactionRepository repository(DataSource database) {
        JdbcTransactionRepository repository = new JdbcTransactionRepository(database);
        repository.setSecret(SECRET);
        return repository;
    }

    static void execute(DataSource database, String... statements) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first column of all rows, as text. */
    static List<String> select(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement();
             ResultSet rows = statement.executeQuery(sql)) {
            List<String> all = new ArrayList<>();
            while (rows.next()) {
                all.add(rows.getString(1));
            }
            return all;
        }
    }

    /** Everything that stands in our tables, by table and column; bytes as characters. */
    static Map<String, String> everything(DataSource database) throws SQLException {
        Map<String, String> everything = new LinkedHashMap<>();
        for (String table : select(database, "select table_name from information_schema.tables"
                + " where lower(table_name) like 'daraja%' order by 1")) {
            try (Connection connection = database.getConnection(); Statement statement = connection.createStatement();
                 ResultSet rows = statement.executeQuery("select * from " + (table.contains("schema") ? '"' + table + '"' : table))) {
                while (rows.next()) {
                    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                        String text = rows.getObject(i) instanceof byte[] bytes ? new String(bytes, StandardCharsets.ISO_8859_1)
                                : String.valueOf(rows.getObject(i));
                        everything.merge((table + '.' + rows.getMetaData().getColumnName(i)).toLowerCase(), text,
                                (before, after) -> before + '\n' + after);
                    }
                }
            }
        }
        return everything;
    }
}
