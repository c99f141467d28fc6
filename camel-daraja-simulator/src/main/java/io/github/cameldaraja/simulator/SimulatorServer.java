package io.github.cameldaraja.simulator;

import java.io.PrintStream;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * The simulator as a program of its own.
 *
 * <p>{@code --port 8174} (or the system property {@code port}), {@code --host 127.0.0.1}, {@code --handset} (every
 * prompt waits for a person).
 */
public final class SimulatorServer {

    private static final String DEFAULT_PORT = "8174";

    private SimulatorServer() {
    }

    /** Runs until the process is ended. */
    public static void main(String[] args) throws InterruptedException {
        SimulatorSettings settings;
        try {
            settings = settings(List.of(args), System.getProperty("port", DEFAULT_PORT));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println("usage: [--port 8174] [--host 127.0.0.1] [--handset]");
            System.exit(2);
            return;
        }
        DarajaSimulator simulator;
        try {
            simulator = DarajaSimulator.start(settings);
        } catch (IllegalStateException e) {
            System.err.println(e.getMessage() + ": " + e.getCause().getMessage());
            System.exit(1);
            return;
        }
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            simulator.close();
            ended.countDown();
        }));
        if (Boolean.getBoolean("endWithParent")) {
            ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(0)));
        }
        welcome(simulator, System.out);
        ended.await();
    }

    static SimulatorSettings settings(List<String> args, String defaultPort) {
        SimulatorSettings settings = SimulatorSettings.defaults().withPort(port(defaultPort));
        for (Iterator<String> rest = args.iterator(); rest.hasNext();) {
            String[] parts = rest.next().split("=", 2);
            switch (parts[0]) {
                case "--port" -> settings = settings.withPort(port(value(parts, rest)));
                case "--host" -> settings = settings.withHost(value(parts, rest));
                case "--handset" -> settings = settings.withHandset(true);
                default -> throw new IllegalArgumentException("unknown option " + parts[0]);
            }
        }
        return settings;
    }

    static void welcome(DarajaSimulator simulator, PrintStream out) {
        Credentials c = simulator.credentials();
        String base = simulator.baseUrl();
        out.println("A local Safaricom listens on " + base);
        out.println();
        out.println("  consumer key     " + c.consumerKey());
        out.println("  consumer secret  " + c.consumerSecret());
        out.println("  pay bill         " + c.shortCode());
        out.println("  passkey          " + c.passkey());
        out.println("  till / store     " + c.tillNumber() + " / " + c.storeNumber());
        out.println("  payouts from     " + simulator.payoutShortCode());
        out.println("  initiator        " + c.initiatorName() + " / " + c.initiatorPassword());
        out.println("  certificate      " + base + "/simulator/certificate.pem");
        out.println();
        out.println("  overview  " + base + "/");
        out.println("  handset   " + base + "/handset");
        out.println("  books     " + base + "/books");
        out.println();
        out.println("Ctrl+C ends it.");
        out.flush();
    }

    private static String value(String[] parts, Iterator<String> rest) {
        if (parts.length == 2) {
            return parts[1];
        }
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(parts[0] + " needs a value");
        }
        return rest.next();
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new IllegalArgumentException("not a port: " + text);
    }
}
