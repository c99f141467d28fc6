package io.github.cameldaraja.examples.payroll;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cameldaraja.simulator.DarajaSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.springframework.jdbc.core.JdbcTemplate;

/** The payroll, started on this machine beside a simulated Safaricom, and the person who puts files into its folder. */
final class LocalPayroll implements AutoCloseable {

    static final String TITLES = "id,name,phone,amount,reason";

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final int port;
    private final Main main;

    private LocalPayroll(DarajaSimulator safaricom, PayrollApp.Dsl dsl, Path folder, Map<String, String> more) {
        this.folder = folder;
        port = Program.freePort();
        main = PayrollApp.create(dsl);
        // no shutdown hook: who opened it closes it
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        // the payroll lives in Safaricom's time, which a test moves
        main.bind("clock", safaricom.clock());
        settings(safaricom, port, Program.freePort(), folder).forEach(main::addOverrideProperty);
        more.forEach(main::addOverrideProperty);
    }

    /** Opens it with settings that overrule {@code application.properties}. */
    static LocalPayroll open(DarajaSimulator safaricom, PayrollApp.Dsl dsl, Path folder, Map<String, String> settings) {
        LocalPayroll payroll = new LocalPayroll(safaricom, dsl, folder, settings);
        try {
            payroll.main.start();
        } catch (Exception e) {
            payroll.close();
            throw new IllegalStateException(e);
        }
        return payroll;
    }

    /** What a test sets, here or for a process of its own. */
    static Map<String, String> settings(DarajaSimulator safaricom, int port, int callbacks, Path folder) {
        Map<String, String> settings = new HashMap<>();
        settings.put("payroll.folder", folder.toAbsolutePath().toString());
        settings.put("payroll.database", "jdbc:h2:file:" + folder.toAbsolutePath()
                + "/state/payroll;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000");
        settings.put("payroll.poll", "20");
        settings.put("payroll.settle", "20");
        settings.put("payroll.perSecond", "500");
        settings.put("payroll.redeliveryDelay", "5");
        settings.put("payroll.balancePeriod", "1s");
        settings.put("payroll.period", "20");
        settings.put("payroll.reportPeriod", "20");
        settings.put("camel.rest.port", String.valueOf(port));
        // stopping waits that long for threads that take longer anyway
        settings.put("camel.component.netty-http.shutdownTimeout", "20");
        settings.put("camel.component.daraja.baseUrl", safaricom.baseUrl());
        settings.put("camel.component.daraja.callbackBaseUrl", "http://127.0.0.1:" + callbacks);
        settings.put("camel.component.daraja.callbackPort", String.valueOf(callbacks));
        // the simulator stands any pace; what it shows still follows its own clock
        settings.put("camel.component.daraja.querySpacing", "0");
        settings.put("camel.main.shutdownTimeout", "5");
        return settings;
    }

    /** Puts a payroll into a folder, whole from the first moment. */
    static void put(Path folder, String fileName, byte[] content) {
        try {
            Path whole = Files.write(Files.createDirectories(folder.resolve("outside")).resolve(fileName), content);
            Files.move(whole, Files.createDirectories(folder.resolve("in")).resolve(fileName), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts a payroll into the folder. */
    void takes(String fileName, List<String> lines) {
        takes(fileName, text(lines));
    }

    void takes(String fileName, byte[] content) {
        put(folder, fileName, content);
    }

    static byte[] text(List<String> lines) {
        return (TITLES + "\n" + String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Waits until the file is in the table. */
    void hasTakenIn(String fileName) {
        await("end of " + fileName).atMost(LONGEST_WAIT).until(() -> !Files.exists(folder.resolve("in").resolve(fileName)));
    }

    /** The account of a run, as soon as it looks like that. */
    Account account(String run, Predicate<Account> wanted) {
        return await("account of " + run).atMost(LONGEST_WAIT)
                .until(() -> Account.read(folder, run), account -> account != null && wanted.test(account));
    }

    /** The result of a run, as soon as it is final. */
    Account result(String run) {
        return account(run, Account::isFinal);
    }

    /** Why a file was refused, as soon as it was. */
    List<String> refusal(String fileName) {
        Path refused = folder.resolve("in").resolve("refused");
        await("refusal of " + fileName).atMost(LONGEST_WAIT).until(() -> Files.exists(refused.resolve(fileName)));
        try {
            return Files.readAllLines(refused.resolve(fileName + ".txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What its page shows of a run; null if nothing. */
    JsonNode progress(String run) {
        return progress(port, run);
    }

    static JsonNode progress(int port, String run) {
        try {
            for (JsonNode one : JSON.readTree(page(port, "payrolls"))) {
                if (one.path("run").asText().equals(run)) {
                    return one;
                }
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String page(String path) {
        try {
            return page(port, path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String page(int port, String path) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + path))
                .timeout(Duration.ofSeconds(10)).build();
        try {
            return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    ProducerTemplate template() {
        return main.getCamelContext().createProducerTemplate();
    }

    /** The same database, outside of every transaction of a route. */
    JdbcTemplate sql() {
        return new JdbcTemplate(main.lookup("dataSource", DataSource.class));
    }

    @Override
    public void close() {
        main.stop();
    }
}
