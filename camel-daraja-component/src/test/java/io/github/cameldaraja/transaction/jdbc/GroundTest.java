package io.github.cameldaraja.transaction.jdbc;

import static io.github.cameldaraja.transaction.jdbc.Nodes.intent;
import static io.github.cameldaraja.transaction.jdbc.Nodes.paid;
import static io.github.cameldaraja.transaction.jdbc.TestDatabase.H2;
import static io.github.cameldaraja.transaction.jdbc.TestDatabase.MARIADB;
import static io.github.cameldaraja.transaction.jdbc.TestDatabase.POSTGRESQL;
import static io.github.cameldaraja.transaction.jdbc.TestDatabase.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cameldaraja.Logs;
import io.github.cameldaraja.api.Verdict;
import io.github.cameldaraja.transaction.TransactionRepository;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.apache.logging.log4j.Level;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What is looked at before payments are kept in a database, and what a start says of what it finds. */
class GroundTest {

    @RegisterExtension
    final Nodes nodes = new Nodes();

    @TempDir
    Path directory;

    private void assertRefused(DataSource database, String... words) {
        assertThatThrownBy(() -> nodes.stopped(database).start()).hasMessageStartingWith("payments cannot be kept in this ")
                .hasMessageContainingAll(words);
    }

    private JdbcDataSource h2(String settings) {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:file:" + directory.resolve("payments") + settings);
        database.setUser("sa");
        return database;
    }

    @ParameterizedTest
    @ValueSource(strings = {"mem:payments", "memFS:payments", "nioMemLZF:payments"})
    void h2InMemoryIsRefused(String where) {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:" + where);

        assertRefused(database, "it is in memory, and forgets them with the process; use a file");
    }

    @ParameterizedTest
    // the second one is the default, and shows only with another connection
    @ValueSource(ints = {300, 500})
    void anH2UrlThatPutsWritingOffIsRefused(int millis) {
        assertRefused(h2(";WRITE_DELAY=" + millis), "WRITE_DELAY is " + millis + " ms", "take it out of the URL");
    }

    @Test
    void h2WritesBeforeItAnswers() throws SQLException {
        HikariDataSource pool = nodes.pool(h2(""), 4);
        nodes.start(pool, 2);

        for (DataSource other : List.of(pool, h2(""))) {
            try (Connection connection = other.getConnection(); Statement statement = connection.createStatement(); ResultSet delay =
                    statement.executeQuery("select setting_value from information_schema.settings where setting_name = 'WRITE_DELAY'")) {
                assertThat(delay.next()).isTrue();
                assertThat(delay.getInt(1)).isZero();
            }
        }
    }

    // closed with its last connection, it opens with its own default again, whatever its settings show
    @Test
    void h2WritesBeforeItAnswersAlsoAfterItWasClosed() throws SQLException {
        execute(h2("").getConnection(), "set write_delay 0");
        try (Connection open = h2("").getConnection()) {
            assertThat(writeDelay(open)).isPositive();
            nodes.start(h2(""), 1);
            assertThat(writeDelay(open)).isZero();
        }

        TransactionRepository node = nodes.start(h2(""), 1);
        try (Connection open = h2("").getConnection()) {
            assertThat(writeDelay(open)).isPositive();
            node.open(intent("a", null), null).join();
            assertThat(writeDelay(open)).isZero();
        }
    }

    private static int writeDelay(Connection connection) throws SQLException {
        return ((org.h2.engine.Database) ((SessionLocal) connection.unwrap(JdbcConnection.class).getSession()).getDatabase()).getStore().getMvStore()
                .getAutoCommitDelay();
    }

    @Test
    void whoMayNotChangeH2IsToldWho() throws SQLException {
        execute(h2("").getConnection(), "create user clerk password ''", "grant alter any schema to clerk");
        JdbcDataSource database = h2("");
        database.setUser("clerk");

        assertRefused(database, "ALTER USER … ADMIN TRUE");
        execute(h2("").getConnection(), "alter user clerk admin true", "create schema payments authorization clerk");
        database.setURL(database.getURL() + ";SCHEMA=PAYMENTS");
        assertThat(nodes.start(database, 1).open(intent("a", null), null).join().reference()).isEqualTo("a");
    }

    @ParameterizedTest
    @CsvSource({";MODE=Oracle,its mode is Oracle", ";LOCK_TIMEOUT=10,LOCK_TIMEOUT is 10 ms", ";IGNORECASE=TRUE,for another text"})
    void h2WithOddSettingsIsRefused(String setting, String word) {
        assertRefused(h2(setting), word);
    }

    @Test
    void aFileIsUsedByOneProcessWhateverTheUrlSays() throws Exception {
        Connection first = h2(";FILE_LOCK=NO").getConnection();
        Process other = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), "org.h2.tools.Shell", "-url", h2(";FILE_LOCK=NO").getURL(), "-user", "sa",
                "-sql", "select 1").redirectErrorStream(true).start();

        assertThat(new String(other.getInputStream().readAllBytes())).contains("Database may be already in use");
        first.close();
    }

    @Test
    void ourPostgresKeepsWhatItCommits() throws Exception {
        try (Connection connection = POSTGRESQL.empty().getConnection(); Statement statement = connection.createStatement();
             ResultSet settings = statement.executeQuery("select current_setting('server_version'), current_setting('fsync'),"
                     + " current_setting('synchronous_commit'), current_setting('full_page_writes')")) {
            settings.next();
            System.out.printf("PostgreSQL %s: fsync %s, synchronous_commit %s, full_page_writes %s%n", settings.getString(1),
                    settings.getString(2), settings.getString(3), settings.getString(4));
            assertThat(settings.getString(2) + settings.getString(3) + settings.getString(4)).isEqualTo("ononon");
        }
    }

    @Test
    void aPostgresThatForgetsIsRefused() throws IOException {
        // the first two are off where nobody says otherwise
        try (EmbeddedPostgres forgetful = EmbeddedPostgres.builder().setServerConfig("full_page_writes", "off").start()) {
            assertRefused(forgetful.getPostgresDatabase(), "fsync is off", "set fsync = on", "synchronous_commit is off",
                    "full_page_writes is off", "set full_page_writes = on");
        }
    }

    @Test
    void aRoleThatDoesNotWaitForTheDiskIsRefused() throws Exception {
        PGSimpleDataSource database = (PGSimpleDataSource) POSTGRESQL.empty();
        execute(database.getConnection(), "create role hasty login superuser", "alter role hasty set synchronous_commit = off");
        database.setUser("hasty");

        assertRefused(database, "synchronous_commit is off, so that it answers before it has written");
    }

    @Test
    void aPoolThatDoesNotWaitForTheDiskIsRefused() throws Exception {
        HikariDataSource pool = nodes.pool(POSTGRESQL, 4);
        pool.setConnectionInitSql("set synchronous_commit to off");

        assertRefused(pool, "synchronous_commit is off");
    }

    @Test
    void readOnlyPostgresIsRefused() throws Exception {
        PGSimpleDataSource database = (PGSimpleDataSource) POSTGRESQL.empty();
        database.setOptions("-c default_transaction_read_only=on");

        assertRefused(database, "it is read-only here", "use the primary");
    }

    @Test
    void tablesThatACrashEmptiesAreRefused() throws Exception {
        DataSource database = POSTGRESQL.empty();
        nodes.start(database, 1).stop();
        execute(database.getConnection(), "alter table daraja_receipt set unlogged");

        assertRefused(database, "a crash empties the tables [daraja_receipt]");
    }

    @ParameterizedTest
    @CsvSource({"innodb_flush_log_at_trx_commit,2,1", "sync_binlog,0,1", "binlog_format,STATEMENT,MIXED", "read_only,1,0"})
    void aMariaDbThatMayForgetIsRefused(String variable, String wrong, String right) throws Exception {
        DataSource database = MARIADB.empty();
        String url = TestDatabase.mariaDb().url("mysql");
        execute(DriverManager.getConnection(url), "set global " + variable + " = " + wrong);
        try {
            assertRefused(database, variable.equals("read_only") ? "it is read-only: a replica" : variable.equals("binlog_format")
                    ? "set binlog_format to ROW or MIXED" : variable + " is " + wrong);
        } finally {
            execute(DriverManager.getConnection(url), "set global " + variable + " = " + right);
        }
    }

    @ParameterizedTest
    @CsvSource({"sessionVariables=sql_mode='',its sql_mode is not strict", "useAffectedRows=true,it counts changed rows"})
    void aMariaDbUrlThatLetsThingsSlipIsRefused(String setting, String word) throws Exception {
        MariaDbDataSource database = (MariaDbDataSource) MARIADB.empty();
        database.setUrl(database.getUrl() + "&" + setting);

        assertRefused(database, word);
    }

    @ParameterizedTest
    @CsvSource({"alter table daraja_cursor convert to character set utf8mb4 collate utf8mb4_general_ci,for another text",
        "alter table daraja_cursor convert to character set utf8mb4 collate utf8mb4_bin,for another text",
        "alter table daraja_key engine = Aria,the tables [daraja_key] have no transactions"})
    void tablesThatMariaDbHasChangedAreRefused(String change, String word) throws Exception {
        DataSource database = MARIADB.empty();
        nodes.start(database, 1).stop();
        execute(database.getConnection(), change);

        assertRefused(database, word);
    }

    @ParameterizedTest
    @EnumSource
    void theProbeLeavesNothing(TestDatabase database) throws Exception {
        DataSource connections = database.empty();
        nodes.start(connections, 1);

        try (Connection connection = connections.getConnection(); Statement statement = connection.createStatement();
             ResultSet rows = statement.executeQuery("select count(*) from daraja_cursor")) {
            rows.next();
            assertThat(rows.getInt(1)).isZero();
        }
    }

    @Test
    void aPoolThatNeverAnswersDoesNotHangTheStart() {
        CountDownLatch open = new CountDownLatch(1);
        FaultyDataSource connections = new FaultyDataSource(h2(""));
        connections.before("getConnection", () -> {
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        JdbcTransactionRepository repository = nodes.stopped(connections);
        repository.setStartPatience(Duration.ofMillis(100));

        try (Logs logs = new Logs(Level.WARN, "io.github.cameldaraja.transaction.jdbc")) {
            assertThatThrownBy(repository::start).hasStackTraceContaining("has not given two connections within PT0.6S")
                    .hasStackTraceContaining("it is exhausted or too small");
            assertThat(logs.lines()).first().asString().contains("The start waits since PT0.1S for two connections");
        }
        open.countDown();
        await().until(() -> connections.count("close") == 1);
    }

    @Test
    void aPoolOfOneIsRefused() {
        HikariDataSource pool = nodes.pool(h2(""), 1);
        pool.setConnectionTimeout(500);

        assertThatThrownBy(() -> nodes.stopped(pool).start())
                .hasStackTraceContaining("the pool of the payments' database gives no connection, and two are needed to start");
    }

    @ParameterizedTest
    @EnumSource
    void thePoolMayBeginTransactionsByItselfAndIsolateThem(TestDatabase database) throws Exception {
        HikariDataSource pool = nodes.pool(database, 8);
        pool.setAutoCommit(false);
        pool.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
        TransactionRepository one = nodes.start(pool, 4);
        TransactionRepository other = nodes.start(pool, 4);
        one.open(intent("a", "order-1"), null).join();
        Set<Verdict> verdicts = ConcurrentHashMap.newKeySet();

        for (int i = 0; i < 20; i++) {
            (i % 2 == 0 ? one : other).settle(paid("a", "R1"), "node").thenAccept(settled -> verdicts.add(settled.verdict()));
        }

        await().until(() -> verdicts.equals(Set.of(Verdict.APPLIED, Verdict.DUPLICATE)));
        assertThat(other.open(intent("b", "order-1"), null).join().reference()).isEqualTo("a");
        try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement();
             ResultSet rows = statement.executeQuery("select status from daraja_payment")) {
            assertThat(connection.getAutoCommit()).isFalse();
            assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
            rows.next();
            assertThat(rows.getString(1)).isEqualTo("COMPLETED");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionIsGivenBackAsItWas(TestDatabase kind) throws Exception {
        try (Connection connection = kind.empty().getConnection()) {
            Dialect dialect = Dialect.of(connection);
            FaultyDataSource always = new FaultyDataSource(new OneConnection(connection));
            Database database = new Database(always, dialect);
            for (boolean autoCommit : new boolean[] {true, false}) {
                connection.setAutoCommit(true);
                connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                connection.setAutoCommit(autoCommit);
                // as a pool does that tests its connections: where there is no auto-commit it begins a transaction
                execute(new OneConnection(connection).getConnection(), "select 1");

                String isolation = database.run(session -> {
                    assertThat(session.connection().getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
                    assertThat(session.connection().getAutoCommit()).isFalse();
                    return session.first(row -> row.getString(1), "select 'read committed'");
                });
                assertThatThrownBy(() -> database.run(session -> {
                    throw new IllegalStateException("no");
                })).hasMessage("no");

                assertThat(isolation).isEqualTo("read committed");
                assertThat(connection.getAutoCommit()).isEqualTo(autoCommit);
                assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
            }
        }
    }
}
