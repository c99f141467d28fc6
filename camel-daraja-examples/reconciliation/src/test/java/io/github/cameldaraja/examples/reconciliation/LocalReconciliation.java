package io.github.cameldaraja.examples.reconciliation;

import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.api.NairobiTime;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The reconciliation, started on this machine beside a simulated Safaricom, and who reads its reports. */
final class LocalReconciliation implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path data;
    private final Main main;

    private LocalReconciliation(DarajaSimulator safaricom, ReconciliationApp.Dsl dsl, Path data, Map<String, String> more) {
        this.data = data;
        main = ReconciliationApp.create(dsl);
        // no shutdown hook: who opened it closes it
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        // it lives in Safaricom's time, which a test moves
        main.bind("clock", safaricom.clock());
        settings(safaricom, freePort(), data).forEach(main::addOverrideProperty);
        more.forEach(main::addOverrideProperty);
    }

    /** Opens it, and returns when it is registered. The simulator stays the caller's to close. */
    static LocalReconciliation open(DarajaSimulator safaricom, ReconciliationApp.Dsl dsl, Path data, Map<String, String> more) {
        int before = safaricom.counters().count("pull.registrations");
        LocalReconciliation reconciliation = new LocalReconciliation(safaricom, dsl, data, more);
        try {
            reconciliation.main.start();
            await().until(() -> safaricom.counters().count("pull.registrations") > before);
        } catch (Exception e) {
            reconciliation.close();
            throw new IllegalStateException(e);
        }
        return reconciliation;
    }

    /** What a test sets, here or for a process of its own. */
    static Map<String, String> settings(DarajaSimulator safaricom, int callbacks, Path data) {
        Map<String, String> settings = new HashMap<>();
        settings.put("reconciliation.folder", data.resolve("reports").toString());
        settings.put("reconciliation.ledger", ledger(data));
        settings.put("reconciliation.own", "jdbc:h2:file:" + data.toAbsolutePath() + "/own;DB_CLOSE_ON_EXIT=FALSE");
        settings.put("camel.component.daraja.spoolDirectory", data.resolve("spool").toString());
        settings.put("reconciliation.pagesPerSecond", "10000");
        settings.put("reconciliation.redeliveryDelay", "5");
        // only when a test says so
        settings.put("reconciliation.midnight", "0 0 0 1 1 ? 2099");
        settings.put("reconciliation.night", "0 0 0 1 1 ? 2099");
        settings.put("camel.component.daraja.baseUrl", safaricom.baseUrl());
        settings.put("camel.component.daraja.callbackBaseUrl", "http://127.0.0.1:" + callbacks);
        settings.put("camel.component.daraja.callbackPort", String.valueOf(callbacks));
        // the simulator stands any pace
        settings.put("camel.component.daraja.querySpacing", "0");
        settings.put("camel.main.shutdownTimeout", "5");
        return settings;
    }

    static String ledger(Path data) {
        return "jdbc:h2:file:" + data.toAbsolutePath() + "/ledger;DB_CLOSE_ON_EXIT=FALSE";
    }

    /** The ledger. */
    TransactionRepository payments() {
        return main.lookup("payments", TransactionRepository.class);
    }

    Main main() {
        return main;
    }

    ProducerTemplate template() {
        try {
            return main.getCamelTemplate();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Somebody wants a day compared. */
    void wants(String day) {
        template().sendBody("seda:days", day);
    }

    /** The report of a day, as soon as it is there. */
    List<CSVRecord> compares(String name, LocalDate day) {
        try {
            Files.deleteIfExists(page(day));
            wants(name);
            return report(day);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<CSVRecord> report(LocalDate day) {
        await("report of " + day).atMost(PATIENCE).until(() -> Files.exists(page(day)));
        return rows(data, day);
    }

    /** The page of a report that is there. */
    String read(LocalDate day) {
        try {
            return Files.readString(page(day));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean hasReports() {
        return Files.exists(data.resolve("reports")) && data.resolve("reports").toFile().list().length > 0;
    }

    static List<CSVRecord> rows(Path data, LocalDate day) {
        try (Reader reader = Files.newBufferedReader(data.resolve("reports").resolve(day + ".csv"));
                CSVParser csv = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get().parse(reader)) {
            return csv.getRecords();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path page(LocalDate day) {
        return data.resolve("reports").resolve(day + ".html");
    }

    @Override
    public void close() {
        main.stop();
    }

    static LocalDate today(DarajaSimulator safaricom) {
        return safaricom.clock().instant().atZone(NairobiTime.ZONE).toLocalDate();
    }

    static Instant at(LocalDate day, LocalTime time) {
        return day.atTime(time).atZone(NairobiTime.ZONE).toInstant();
    }

    /** Lets Safaricom's time stand still, at the next such time of a day. */
    static void waitFor(DarajaSimulator safaricom, LocalTime time) {
        safaricom.clock().freeze();
        Instant then = at(today(safaricom), time);
        if (!then.isAfter(safaricom.clock().instant())) {
            then = at(today(safaricom).plusDays(1), time);
        }
        safaricom.clock().advance(Duration.between(safaricom.clock().instant(), then));
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
