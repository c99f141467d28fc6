package io.github.cameldaraja.examples.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.simulator.SimulatorSettings;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
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
import org.springframework.jdbc.core.JdbcTemplate;

/** The wallets as a process, customers who use them, and somebody who kills the process meanwhile. */
final class KilledWallet implements AutoCloseable {

    /**
     * How it went.
     *
     * @param orders   that customers made, each sent until it was answered
     * @param pushes   that Safaricom accepted
     * @param booked   by Safaricom: receipt, wallet and amount
     * @param credited by the wallets, in the same words
     * @param total    what Safaricom has booked
     * @param balances what all wallets hold
     * @param parked   outcomes that a route has failed on too often
     */
    record Result(long seed, WalletApp.Dsl dsl, int kills, int orders, int pushes, Set<String> booked, List<String> credited,
                  BigDecimal total, BigDecimal balances, int parked) {

        @Override
        public String toString() {
            return "wallet: seed %d, routes in %s, %d kills, %d orders, %d pushes; payments that Safaricom booked: %d, credited: %d"
                    .formatted(seed, dsl, kills, orders, pushes, booked.size(), credited.size());
        }
    }

    private static final int CUSTOMERS = 4;
    private static final int PHONES = 5;
    private static final long LONGEST_WAIT_SECONDS = 60;
    // longer than it takes to find a process dead, and than Pull leaves to the confirmations
    private static final Duration DOWN = Duration.ofMinutes(5);

    private final WalletApp.Dsl dsl;
    private final Path data;
    private final long seed;
    private final Random random;
    private final Path log;
    private final DarajaSimulator safaricom = DarajaSimulator.start(SimulatorSettings.defaults()
            .withAnswerDelay(Duration.ofMillis(50)).withConfirmationDelay(Duration.ofMillis(50)));
    private final ExecutorService threads = Executors.newFixedThreadPool(CUSTOMERS);
    private final AtomicInteger orders = new AtomicInteger();
    private final CustomersApp app;
    private final Map<String, String> settings;
    private Duration ahead = Duration.ZERO;
    private Program program;
    private int kills;

    KilledWallet(Path data, long seed) {
        this.data = data;
        this.seed = seed;
        this.random = new Random(seed);
        this.dsl = random.nextBoolean() ? WalletApp.Dsl.JAVA : WalletApp.Dsl.YAML;
        this.log = Path.of("target", "wallet-" + seed + ".log");
        int port = Program.freePort();
        this.app = new CustomersApp("http://127.0.0.1:" + port);
        this.settings = LocalWallet.settings(safaricom, port, Program.freePort(), data);
        // what is late is asked about soon, and nothing waits long for something better
        settings.put("camel.component.daraja.askAfter", "1s");
        settings.put("camel.component.daraja.askInterval", "1s");
        settings.put("camel.component.daraja.mergeWindow", "1s");
        // a customer tops up again before the prompt before has been forgotten
        settings.put("camel.component.daraja.promptGuard", "false");
        settings.put("wallet.pull", "200");
    }

    Result survives(int times, int payments) {
        int gap = Math.max(1, 2 * payments / (times + 1));
        start();
        until("the first start", this::answers);
        List<CompletableFuture<Void>> customers = IntStream.range(0, CUSTOMERS).mapToObj(customer ->
                CompletableFuture.runAsync(() -> shop(customer, payments / CUSTOMERS), threads)).toList();
        for (int kill = 0; kill < times; kill++) {
            if (random.nextInt(4) > 0) {
                int busy = happened() + 1 + random.nextInt(gap);
                until("customers", () -> happened() >= busy || customers.stream().allMatch(CompletableFuture::isDone));
                LockSupport.parkNanos(random.nextInt(30_000_000));
            } else {
                // while it starts, or soon after
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(3_000)));
            }
            kill(random.nextBoolean() ? Duration.ofSeconds(random.nextInt(60)) : DOWN);
        }
        customers.forEach(CompletableFuture::join);

        // the last one is found dead after a while, too, and what it held is free
        program.kill();
        pass(DOWN);
        start();
        until("all payments to be credited", () -> answers() && shown().equals(booked()));
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
        if (program != null && program.runs()) {
            throw new IllegalStateException("it still runs");
        }
        program = Program.start(WalletAhead.class, settings, log, dsl.name(), ahead.toString());
    }

    // what Safaricom tells in the meantime finds nobody
    private void kill(Duration down) {
        kills++;
        program.kill();
        pass(down);
        start();
    }

    private void pass(Duration down) {
        safaricom.clock().advance(down);
        ahead = ahead.plus(down);
    }

    private int happened() {
        return safaricom.counters().pushes() + safaricom.counters().callbacksSent();
    }

    private void shop(int customer, int payments) {
        Random choice = new Random(seed + customer);
        for (int payment = 0; payment < payments; payment++) {
            String phone = phone(customer, choice.nextInt(PHONES));
            int amount = 1 + choice.nextInt(1000);
            if (choice.nextInt(4) == 0) {
                safaricom.c2b().pay(phone, safaricom.credentials().shortCode(), phone, amount).join();
            } else {
                safaricom.faults().forPhoneOnce(phone, fate(choice));
                topUp(phone, amount);
            }
        }
    }

    // as an app does that must not ask twice: the same order until there is an answer
    private void topUp(String phone, int amount) {
        String order = "order-" + orders.incrementAndGet();
        while (!Thread.currentThread().isInterrupted()) {
            try {
                CustomersApp.Page answer = app.sends(phone, order, amount).join();
                if (answer.http() == 200 || answer.http() == 202) {
                    return;
                } else if (answer.http() != 503 && answer.http() != 404) {
                    throw new IllegalStateException("a top-up is answered " + answer);
                }
            } catch (CompletionException e) {
                // it is dead, or was killed over this very order
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

    private static String phone(int customer, int number) {
        return "25472240%d%03d".formatted(customer, number);
    }

    private boolean answers() {
        try {
            return app.looksAt("0700000000").http() == 404 && app.looksAt("0700000000").json().has("reason");
        } catch (CompletionException e) {
            if (!program.runs()) {
                throw new IllegalStateException("it has ended by itself; see " + log.toAbsolutePath(), e);
            }
            return false;
        }
    }

    private Set<String> booked() {
        safaricom.books().verify();
        Set<String> all = new TreeSet<>();
        safaricom.books().entries().forEach(entry -> all.add(line(entry.receipt(), entry.accountReference(), entry.amount())));
        return all;
    }

    // on the customers' phones
    private Set<String> shown() {
        Set<String> all = new TreeSet<>();
        for (int customer = 0; customer < CUSTOMERS; customer++) {
            for (int number = 0; number < PHONES; number++) {
                String phone = phone(customer, number);
                for (JsonNode entry : app.looksAt(phone).json().path("entries")) {
                    all.add(line(entry.path("receipt").asText(), phone, entry.path("amount").decimalValue()));
                }
            }
        }
        return all;
    }

    // in the file that it left
    private Result result() {
        JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:file:" + data.resolve("wallet").toAbsolutePath(), "", "");
        try {
            JdbcTemplate file = new JdbcTemplate(pool);
            List<String> credited = new Wallets(file).entries().stream()
                    .map(entry -> line(entry.receipt(), entry.wallet(), entry.amount())).sorted().toList();
            return new Result(seed, dsl, kills, orders.get(), safaricom.counters().acceptedPushes(), booked(), credited,
                    BigDecimal.valueOf(safaricom.books().merchantBalance(safaricom.credentials().shortCode())),
                    file.queryForObject("select sum(balance) from wallet", BigDecimal.class),
                    file.queryForObject("select count(*) from daraja_delivery where state = 'PARKED'", Integer.class));
        } finally {
            pool.dispose();
        }
    }

    private static String line(String receipt, String wallet, BigDecimal amount) {
        return receipt + " " + wallet + " " + amount.setScale(2);
    }

    private void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                Set<String> missing = booked();
                Set<String> more = shown();
                missing.removeAll(shown());
                more.removeAll(booked());
                throw new IllegalStateException("waited in vain for " + what + ", seed " + seed + ", log " + log.toAbsolutePath()
                        + "\nbooked and not credited: " + missing + "\ncredited and not booked: " + more);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
