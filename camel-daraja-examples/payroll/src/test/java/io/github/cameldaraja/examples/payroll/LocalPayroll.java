package io.github.cameldaraja.examples.payroll;

import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.simulator.DarajaSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;

/** The payroll, started on this machine beside a simulated Safaricom, and the person who puts files into its folder. */
final class LocalPayroll implements AutoCloseable {

    static final String TITLES = "id,name,phone,amount,reason";

    private final Path folder;
    private final Main main;

    private LocalPayroll(DarajaSimulator safaricom, PayrollApp.Dsl dsl, Path folder, Map<String, String> more) {
        this.folder = folder;
        main = PayrollApp.create(dsl);
        // no shutdown hook: who opened it closes it
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        // the payroll lives in Safaricom's time, which a test moves
        main.bind("clock", safaricom.clock());
        settings(safaricom).forEach(main::addOverrideProperty);
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

    /** Puts a payroll into the folder. */
    void takes(String fileName, List<String> lines) {
        takes(fileName, (TITLES + "\n" + String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    void takes(String fileName, byte[] content) {
        try {
            Path whole = Files.write(Files.createDirectories(folder.resolve("outside")).resolve(fileName), content);
            Files.move(whole, Files.createDirectories(folder.resolve("in")).resolve(fileName), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the file was worked through, to its last line. */
    void hasWorkedThrough(String fileName) {
        await("end of " + fileName).atMost(Duration.ofSeconds(60)).until(() -> !Files.exists(folder.resolve("in").resolve(fileName)));
    }

    /** The account of a run, as soon as it looks like that. */
    Account account(String run, Predicate<Account> wanted) {
        return await("account of " + run).atMost(Duration.ofSeconds(60))
                .until(() -> latest(run), account -> account != null && wanted.test(account));
    }

    /** The result of a run, as soon as it is final. */
    Account result(String run) {
        return account(run, Account::isFinal);
    }

    /** The newest account of a run as it is in its file, or null. */
    Account latest(String run) {
        Path result = folder.resolve("out").resolve(run + Report.RESULT);
        Path interim = folder.resolve("out").resolve(run + Report.INTERIM);
        try {
            // a result beside an interim report is just replacing it
            return Files.exists(result) ? Account.read(result) : Files.exists(interim) ? Account.read(interim) : null;
        } catch (IOException e) {
            // it was replaced in this very moment
            return null;
        }
    }

    /** Why a file was refused, as soon as it was. */
    List<String> refusal(String fileName) {
        Path refused = folder.resolve("in").resolve("refused");
        await("refusal of " + fileName).atMost(Duration.ofSeconds(60)).until(() -> Files.exists(refused.resolve(fileName)));
        try {
            return Files.readAllLines(refused.resolve(fileName + ".txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() {
        main.stop();
    }

    private Map<String, String> settings(DarajaSimulator safaricom) {
        int callbacks = freePort();
        Map<String, String> settings = new HashMap<>();
        settings.put("payroll.folder", folder.toString());
        settings.put("payroll.database", "jdbc:h2:file:" + folder.toAbsolutePath() + "/state/payroll;WRITE_DELAY=0");
        settings.put("payroll.poll", "20");
        settings.put("payroll.settle", "20");
        settings.put("payroll.perSecond", "500");
        settings.put("payroll.redeliveryDelay", "5");
        settings.put("payroll.reportPeriod", "20");
        settings.put("payroll.askPeriod", "200");
        settings.put("camel.component.daraja.baseUrl", safaricom.baseUrl());
        settings.put("camel.component.daraja.callbackBaseUrl", "http://127.0.0.1:" + callbacks);
        settings.put("camel.component.daraja.callbackPort", String.valueOf(callbacks));
        // the simulator stands any pace
        settings.put("camel.component.daraja.querySpacing", "0");
        settings.put("camel.main.shutdownTimeout", "5");
        return settings;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
