package io.github.cameldaraja.transaction.jdbc;

import static io.github.cameldaraja.transaction.jdbc.Nodes.intent;
import static io.github.cameldaraja.transaction.jdbc.Nodes.paid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cameldaraja.Logs;
import io.github.cameldaraja.api.PaymentIds;
import io.github.cameldaraja.api.Verdict;
import io.github.cameldaraja.transaction.PersonalData;
import io.github.cameldaraja.transaction.Transaction;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.io.File;
import java.math.BigDecimal;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables of an earlier version, and of a later one. */
class UpgradeTest {

    @RegisterExtension
    final Nodes nodes = new Nodes();

    @ParameterizedTest
    @EnumSource
    void everyRowOfVersionOneReadsAsBefore(TestDatabase database) throws Exception {
        HikariDataSource pool = nodes.pool(database, 4);
        List<Transaction> before = VersionOne.fill(pool);

        TransactionRepository repository = nodes.start(pool, 2);

        for (Transaction payment : before) {
            assertThat(repository.find(payment.reference()).join()).isEqualTo(payment);
        }
        Transaction full = before.get(0);
        for (PaymentIds ids : List.of(PaymentIds.receipt(" ukl7abcde1"), PaymentIds.checkout("c"), PaymentIds.originator("o"))) {
            assertThat(repository.find("174379", ids).join()).isEqualTo(full);
        }
        Transaction again = Transaction.intent("again", "b2c", "shop", "174379", VersionOne.KEY, BigDecimal.TEN, null, null, Map.of(),
                VersionOne.THEN);
        assertThat(repository.open(again, null).join()).as("pinned").isEqualTo(full);
        assertThat(repository.cursor("pull/shop").join()).isEqualTo("2026-11-01");
        assertThat(repository.findAlike("174379", new BigDecimal("1500.5"), VersionOne.THEN, VersionOne.THEN).join())
                .containsExactly(full);
        assertThat(repository.claimDue("default", VersionOne.THEN, VersionOne.THEN.plusSeconds(60), 10).join())
                .extracting(Transaction::reference).containsExactly("bare");
        assertThat(repository.settle(before.get(3).held(), "node").join().verdict()).isEqualTo(Verdict.APPLIED);
        PersonalData.Message message = repository.export("254712345678").join().messages().get(0);
        assertThat(message.body()).isEqualTo(new String(VersionOne.BODY, StandardCharsets.UTF_8));
        assertThat(message.receivedAt()).isEqualTo(VersionOne.THEN);
    }

    @ParameterizedTest
    @EnumSource
    void nodesThatStartAtOnceUpgradeOnce(TestDatabase database) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(5);
        try {
            for (int i = 0; i < 3; i++) {
                HikariDataSource empty = nodes.pool(database, 20);
                startTogether(empty, threads);
            }
            HikariDataSource old = nodes.pool(database, 20);
            VersionOne.fill(old);
            startTogether(old, threads);
        } finally {
            threads.shutdown();
        }
    }

    private void startTogether(DataSource dataSource, ExecutorService threads) throws SQLException {
        List<CompletableFuture<JdbcTransactionRepository>> starting = IntStream.range(0, 5)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> nodes.start(dataSource, 1), threads)).toList();
        starting.forEach(CompletableFuture::join);
        assertThat(history(dataSource)).doesNotHaveDuplicates().contains("1", "2");
    }

    @ParameterizedTest
    @EnumSource
    void tablesOfALaterVersionAreLeftAlone(TestDatabase database) throws Exception {
        HikariDataSource pool = nodes.pool(database, 4);
        nodes.start(pool, 1).open(intent("a", null), null).join();
        String newest = history(pool).get(history(pool).size() - 1);
        change(pool, "insert into HISTORY (`installed_rank`, `version`, `description`, `type`, `script`, `checksum`, `installed_by`,"
                + " `execution_time`, `success`) values (99, '99', 'later', 'SQL', 'V99__later.sql', 1, 'x', 1, true)");

        assertThatThrownBy(() -> nodes.stopped(pool).start()).hasStackTraceContaining("the tables of payments are at version 99, and"
                + " this version of camel-daraja knows them up to " + newest + ": a newer one has upgraded them");
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "MARIADB"})
    void anUpgradeThatWasCutOffIsGoneOnWith(TestDatabase database) throws Exception {
        HikariDataSource pool = nodes.pool(database, 4);
        List<Transaction> before = VersionOne.fill(pool);
        nodes.start(pool, 1).stop();
        // the process has died between two statements, which are committed one by one
        change(pool, "delete from HISTORY where `version` <> '1'", "drop table daraja_interest", "drop table daraja_node");

        JdbcTransactionRepository repository = nodes.start(pool, 1);

        assertThat(repository.find("full").join()).isEqualTo(before.get(0));
        repository.outbox().interests("default", VersionOne.THEN).join();
        repository.stop();

        // a statement has failed, and Flyway remembers that
        String newest = history(pool).get(history(pool).size() - 1);
        change(pool, "update HISTORY set `success` = false where `version` = '" + newest + "'");
        try (Logs logs = new Logs(Level.WARN, "io.github.cameldaraja.transaction.jdbc")) {
            repository.start();
            assertThat(logs.lines()).first().asString().contains("has failed half way, and is gone on with");
        }
        assertThat(repository.find("full").join()).isEqualTo(before.get(0));
        assertThat(history(pool)).doesNotHaveDuplicates().endsWith(newest);
    }

    @ParameterizedTest
    @EnumSource
    void timesDoNotDependOnTheZoneOfTheMachine(TestDatabase database) throws Exception {
        TimeZone here = TimeZone.getDefault();
        DataSource connections = database.empty();
        List<Transaction> before = VersionOne.fill(connections);
        try {
            // there, the hour of these payments comes twice
            TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
            JdbcTransactionRepository repository = nodes.start(connections, 1);
            for (int hours = -2; hours <= 2; hours++) {
                Transaction payment = Transaction.intent("p" + hours, "stkPush", "shop", "174379", null, BigDecimal.ONE, null, null,
                        Map.of(), VersionOne.THEN.plusSeconds(hours * 3600L));
                repository.open(payment, null).join();
            }
            TimeZone.setDefault(TimeZone.getTimeZone("Africa/Nairobi"));
            JdbcTransactionRepository other = nodes.start(connections, 1);
            for (Transaction payment : before) {
                assertThat(other.find(payment.reference()).join()).isEqualTo(payment);
            }
            for (int hours = -2; hours <= 2; hours++) {
                assertThat(other.find("p" + hours).join().createdAt()).isEqualTo(VersionOne.THEN.plusSeconds(hours * 3600L));
            }
            assertThat(other.findAlike("174379", BigDecimal.ONE, VersionOne.THEN.minusSeconds(3600), VersionOne.THEN).join())
                    .extracting(Transaction::reference).containsExactly("p-1", "bare", "p0");
            assertThat(other.settle(paid("p1", "R1"), "node").join().verdict()).isEqualTo(Verdict.APPLIED);
        } finally {
            TimeZone.setDefault(here);
        }
    }

    @ParameterizedTest
    @CsvSource({"H2,flyway-core", "POSTGRESQL,flyway-database-postgresql", "MARIADB,flyway-mysql"})
    void aMissingJarIsNamed(TestDatabase database, String missing) throws Exception {
        DataSource connections = database.empty();
        List<URL> jars = new ArrayList<>();
        for (String entry : System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .split(File.pathSeparator)) {
            if (!entry.contains(missing)) {
                jars.add(Path.of(entry).toUri().toURL());
            }
        }
        ClassLoader here = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader without = new URLClassLoader(jars.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(without);
            Class<?> contextType = without.loadClass("org.apache.camel.CamelContext");
            Class<?> repositoryType = without.loadClass(JdbcTransactionRepository.class.getName());
            Object context = without.loadClass("org.apache.camel.impl.DefaultCamelContext").getConstructor(boolean.class)
                    .newInstance(false);
            Object repository = repositoryType.getConstructor(DataSource.class).newInstance(connections);
            repositoryType.getMethod("setCamelContext", contextType).invoke(repository, context);
            repositoryType.getMethod("setSecret", String.class).invoke(repository, Nodes.SECRET);

            assertThatThrownBy(() -> repositoryType.getMethod("start").invoke(repository))
                    .hasStackTraceContaining("add org.flywaydb:" + missing + " to the class path");
            contextType.getMethod("stop").invoke(context);
        } finally {
            Thread.currentThread().setContextClassLoader(here);
        }
    }

    private static List<String> history(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return new Session(connection, Dialect.of(connection)).all(row -> row.getString(1),
                    inHistory(connection, "select `version` from HISTORY order by `installed_rank`"));
        }
    }

    private static void change(DataSource dataSource, String... statements) throws SQLException {
        try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(inHistory(connection, sql));
            }
        }
    }

    private static String inHistory(Connection connection, String sql) throws SQLException {
        return sql.replace("HISTORY", "`daraja_schema_history`").replace("`", connection.getMetaData().getIdentifierQuoteString());
    }
}
