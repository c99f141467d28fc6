package io.github.cameldaraja.examples.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.transaction.jdbc.JdbcTransactionRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.commons.csv.CSVRecord;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A day of 100,000 payments, compared by the program in a process with a heap that could not hold them. */
@Tag("long")
class LargeDayTest {

    private static final int PAYMENTS = Integer.getInteger("payments", 100_000);
    private static final int DIFFERENCES = 50;
    private static final String HEAP = System.getProperty("heap", "64m");
    private static final String SECRET = "ThisSecretIsPublicAndProtectsNobody0001";
    // after a collection of everything: what is really needed
    private static final Pattern COLLECTED = Pattern.compile("Pause Full .*?\\d+M->(\\d+)M");
    private static final Pattern USED = Pattern.compile("(\\d+)M->\\d+M");

    @TempDir
    private Path data;

    @Test
    void allDifferencesAreFoundAndNoOther() throws Exception {
        try (DarajaSimulator safaricom = DarajaSimulator.start()) {
            LocalReconciliation.waitFor(safaricom, LocalTime.of(3, 30));
            LocalDate yesterday = LocalReconciliation.today(safaricom).minusDays(1);
            Instant begun = Instant.now();
            PlantedDay day = plant(safaricom, yesterday);
            Duration planting = Duration.between(begun, Instant.now());
            Duration ahead = Duration.between(Instant.now(), safaricom.clock().instant());
            safaricom.clock().resume();

            Process program = start(safaricom, yesterday, ahead);
            Duration comparing;
            try {
                await().atMost(Duration.ofMinutes(2)).until(() -> safaricom.counters().count("pull.queries") > 0);
                begun = Instant.now();
                Path page = data.resolve("reports").resolve(yesterday + ".html");
                await().atMost(Duration.ofMinutes(20)).failFast(() -> !program.isAlive()).until(() -> Files.exists(page));
                comparing = Duration.between(begun, Instant.now());
            } finally {
                program.destroyForcibly().waitFor();
            }

            List<CSVRecord> report = LocalReconciliation.rows(data, yesterday);
            System.out.printf("%,d payments, %d differences: planted in %d s, compared in %.1f s with %d calls of Pull; heap %s, at most"
                    + " %d MB in use, %d MB after a full collection%n", PAYMENTS, DIFFERENCES, planting.toSeconds(),
                    comparing.toMillis() / 1000.0, safaricom.counters().count("pull.queries"), HEAP, most(USED), most(COLLECTED));
            assertThat(PlantedDay.differences(report)).isEqualTo(day.planted()).hasSize(DIFFERENCES);
            assertThat(report).hasSize(day.agreeing() + DIFFERENCES);
        }
    }

    private PlantedDay plant(DarajaSimulator safaricom, LocalDate day) throws Exception {
        JdbcConnectionPool connections = JdbcConnectionPool.create(LocalReconciliation.ledger(data), "", "");
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            JdbcTransactionRepository ledger = new JdbcTransactionRepository(connections);
            ledger.setCamelContext(context);
            ledger.setSecret(SECRET);
            ledger.setClock(safaricom.clock());
            ledger.start();
            try {
                return PlantedDay.plant(safaricom, ledger, day, PAYMENTS, DIFFERENCES);
            } finally {
                ledger.stop();
            }
        } finally {
            // the last one closes the file
            connections.dispose();
        }
    }

    private Process start(DarajaSimulator safaricom, LocalDate day, Duration ahead) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-Xmx" + HEAP, "-Xlog:gc:file=" + data.resolve("gc.log"), "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "-Dlog4j2.configurationFile=log4j2.properties", "-Dreconciliation.day=" + day,
                // what is asked first must find Pull open
                "-Dreconciliation.firstDelay=8s"));
        Map<String, String> settings = LocalReconciliation.settings(safaricom, LocalReconciliation.freePort(), data);
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of(ReconciliationAhead.class.getName(), ahead.toString()));
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(data.resolve("log.txt").toFile()).start();
    }

    private long most(Pattern megabytes) throws IOException {
        return megabytes.matcher(Files.readString(data.resolve("gc.log"))).results()
                .map((MatchResult match) -> match.group(1)).mapToLong(Long::parseLong).max().orElse(-1);
    }
}
