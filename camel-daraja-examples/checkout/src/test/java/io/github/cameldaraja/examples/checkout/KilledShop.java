package io.github.cameldaraja.examples.checkout;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldaraja.examples.checkout.demo.LocalShop;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.simulator.SimulatorSettings;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.h2.jdbcx.JdbcConnectionPool;

/** The shop as a process, customers who buy, and somebody who kills the process while they wait for the outcome. */
final class KilledShop implements AutoCloseable {

    /**
     * How it went.
     *
     * @param orders   that customers made
     * @param pushes   that Safaricom accepted
     * @param cut      answers that customers waited for when the process died
     * @param booked   by Safaricom: amount, by order
     * @param credited by the shop, in the same words; an order that is credited twice is there twice
     * @param parked   outcomes that a route has failed on too often
     */
    record Result(long seed, CheckoutApp.Dsl dsl, int kills, int orders, int pushes, int cut, List<String> booked,
                  List<String> credited, int parked) {

        @Override
        public String toString() {
            return ("checkout: seed %d, routes in %s, %d kills, %d orders, %d pushes, %d answers cut off; payments that Safaricom"
                    + " booked: %d, credited: %d").formatted(seed, dsl, kills, orders, pushes, cut, booked.size(), credited.size());
        }
    }

    /** Longer than it takes to find a process dead, and until Pull shows a payment. */
    static final Duration DOWN = Duration.ofMinutes(5);

    private static final int CUSTOMERS = 4;
    private static final int PHONES = 5;
    private static final long LONGEST_WAIT_SECONDS = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final Path data;
    private final long seed;
    private final CheckoutApp.Dsl dsl;
    private final Random random;
    private final Path log;
    private final DarajaSimulator safaricom = DarajaSimulator.start(SimulatorSettings.defaults()
            .withAnswerDelay(Duration.ofMillis(200)));
    private final ExecutorService threads = Executors.newFixedThreadPool(CUSTOMERS);
    private final AtomicInteger orders = new AtomicInteger();
    private final AtomicInteger cut = new AtomicInteger();
    private final Browser browser;
    private final Map<String, String> settings;
    private Duration ahead = Duration.ZERO;
    private Program program;
    private int kills;

    KilledShop(Path data, long seed) {
        this.data = data;
        this.seed = seed;
        this.random = new Random(seed);
        this.dsl = random.nextBoolean() ? CheckoutApp.Dsl.JAVA : CheckoutApp.Dsl.YAML;
        this.log = Path.of("target", "checkout-" + seed + ".log");
        int port = Program.freePort();
        this.browser = new Browser("http://127.0.0.1:" + port);
        this.settings = LocalShop.settings(safaricom, port, Program.freePort(), data);
        // what is late is asked about soon, and nothing waits long for something better
        settings.put("camel.component.daraja.askAfter", "1s");
        settings.put("camel.component.daraja.askInterval", "1s");
        settings.put("camel.component.daraja.mergeWindow", "1s");
        // a customer orders again before the prompt before has been forgotten
        settings.put("camel.component.daraja.promptGuard", "false");
        settings.put("shop.pull", "200");
        settings.put("shop.firstPull", "200");
    }

    DarajaSimulator safaricom() {
        return safaricom;
    }

    Browser browser() {
        return browser;
    }

    /** Starts it, and returns when it answers. */
    void opens() {
        start();
        until("the shop", this::answers);
    }

    void isKilled() {
        kills++;
        program.kill();
    }

    /** Time passes for Safaricom, and for the next process. */
    void pass(Duration time) {
        safaricom.clock().advance(time);
        ahead = ahead.plus(time);
    }

    Result survives(int times, int payments) {
        int gap = Math.max(1, 2 * payments / (times + 1));
        opens();
        List<CompletableFuture<Void>> customers = IntStream.range(0, CUSTOMERS).mapToObj(customer ->
                CompletableFuture.runAsync(() -> shop(customer, payments / CUSTOMERS), threads)).toList();
        for (int kill = 0; kill < times; kill++) {
            if (random.nextInt(4) > 0) {
                int busy = happened() + 1 + random.nextInt(gap);
                until("customers", () -> happened() >= busy || customers.stream().allMatch(CompletableFuture::isDone));
                LockSupport.parkNanos(random.nextInt(250_000_000));
            } else {
                // while it starts, or soon after
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(3_000)));
            }
            isKilled();
            pass(random.nextBoolean() ? Duration.ofSeconds(random.nextInt(60)) : DOWN);
            start();
        }
        customers.forEach(CompletableFuture::join);

        // the last one is found dead after a while, too, and what it held is free
        program.kill();
        pass(DOWN);
        start();
        until("all payments to be credited", () -> answers() && paid().equals(booked()));
        // and a little more, should anything be credited again
        int looks = safaricom.counters().count("pull.queries");
        until("more looks of Pull", () -> safaricom.counters().count("pull.queries") > looks + 5);
        if (!program.stop()) {
            throw new IllegalStateException("it does not stop when it is asked to");
        }
        return result();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        if (program != null) {
            program.kill();
        }
        safaricom.close();
    }

    private void start() {
        program = Program.start(CheckoutAhead.class, settings, log, dsl.name(), ahead.toString());
    }

    private int happened() {
        return safaricom.counters().pushes() + safaricom.counters().callbacksSent();
    }

    private void shop(int customer, int payments) {
        Random choice = new Random(seed + customer);
        for (int payment = 0; payment < payments; payment++) {
            String phone = "25472250%d%03d".formatted(customer, choice.nextInt(PHONES));
            safaricom.faults().forPhoneOnce(phone, fate(choice));
            buy("ORDER%05d".formatted(orders.incrementAndGet()), phone, 1 + choice.nextInt(1000));
        }
    }

    // as a browser does: the same order again until there is an answer, but it does not wait for ever
    private void buy(String order, String phone, int amount) {
        while (!Thread.currentThread().isInterrupted()) {
            boolean waiting = program.runs();
            try {
                int http = browser.buys(order, phone, amount, PATIENCE).join().http();
                if (http == 200 || http == 202) {
                    return;
                } else if (http != 503 && http != 404) {
                    throw new IllegalStateException("HTTP " + http + " for an order");
                }
            } catch (CompletionException e) {
                if (e.getCause() instanceof java.net.http.HttpTimeoutException
                        && !(e.getCause() instanceof java.net.http.HttpConnectTimeoutException)) {
                    return;
                }
                if (waiting && !(e.getCause() instanceof java.net.ConnectException)) {
                    cut.incrementAndGet();
                }
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static Script fate(Random choice) {
        return switch (choice.nextInt(10)) {
            case 0 -> Script.pays().callbackTimes(3);
            case 1 -> Script.pays().lostCallback();
            case 2 -> Script.pays().callbackAfter(Duration.ofSeconds(choice.nextInt(20)));
            case 3 -> Script.pays().callbackBeforeAnswer();
            case 4 -> Script.pays().contradictingFirst("1032");
            case 5 -> Script.pays().resetAfterAccepting();
            case 6 -> Script.result(1032);
            default -> Script.pays();
        };
    }

    private boolean answers() {
        try {
            return browser.looksAt("NOSUCH0001").join().json().has("reason");
        } catch (CompletionException e) {
            if (!program.runs()) {
                throw new IllegalStateException("it has ended by itself; see " + log.toAbsolutePath(), e);
            }
            return false;
        }
    }

    private Map<String, BigDecimal> booked() {
        safaricom.books().verify();
        Map<String, BigDecimal> all = new TreeMap<>();
        safaricom.books().entries().forEach(entry -> all.merge(entry.accountReference(), entry.amount(), BigDecimal::add));
        return all;
    }

    // as the page of orders says
    private Map<String, BigDecimal> paid() {
        Map<String, BigDecimal> all = new TreeMap<>();
        for (JsonNode order : browser.looksAt("").join().json()) {
            if (order.path("status").asText().equals("PAID")) {
                all.put(order.path("id").asText(), new BigDecimal(order.path("amount").asText()));
            }
        }
        return all;
    }

    // in the files that it left
    private Result result() {
        List<String> credited = read("shop", "select order_id, amount from credit order by order_id",
                row -> row.getString(1) + ' ' + row.getBigDecimal(2).setScale(2));
        int parked = read("payments", "select count(*) from daraja_delivery where state = 'PARKED'", row -> row.getInt(1)).get(0);
        return new Result(seed, dsl, kills, orders.get(), safaricom.counters().acceptedPushes(), cut.get(),
                safaricom.books().entries().stream().map(entry -> entry.accountReference() + ' ' + entry.amount().setScale(2))
                        .sorted().toList(), credited, parked);
    }

    private interface Row<T> {

        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> read(String file, String query, Row<T> row) {
        JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:file:" + data.resolve(file).toAbsolutePath(), "", "");
        try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement();
             ResultSet rows = statement.executeQuery(query)) {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(row.read(rows));
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            pool.dispose();
        }
    }

    void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                Map<String, BigDecimal> missing = booked();
                Map<String, BigDecimal> more = paid();
                paid().keySet().forEach(missing::remove);
                booked().keySet().forEach(more::remove);
                throw new IllegalStateException("waited in vain for " + what + ", seed " + seed + ", log " + log.toAbsolutePath()
                        + "\nbooked and not paid: " + missing + "\npaid and not booked: " + more);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
