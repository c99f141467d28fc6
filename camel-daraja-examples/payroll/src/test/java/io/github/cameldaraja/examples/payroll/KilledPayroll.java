package io.github.cameldaraja.examples.payroll;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.ResultScript;
import io.github.cameldaraja.simulator.SimulatorSettings;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.h2.jdbcx.JdbcConnectionPool;
import org.springframework.jdbc.core.JdbcTemplate;

/** The payroll as a process, a Safaricom with all its faults, and somebody who kills the process meanwhile. */
final class KilledPayroll implements AutoCloseable {

    /**
     * How it went.
     *
     * @param asked     what the file asks for: phone and amount, sorted
     * @param booked    what Safaricom has paid, in the same words
     * @param receipts  Safaricom's receipts with their amounts, sorted
     * @param told      the result file's, in the same words
     * @param sums      of the result file
     * @param shillings that the file asks for
     * @param left      in the account, which held just that
     * @param waited    whether the first run has waited for money
     * @param requests  that Safaricom has received, and how many of them it refused because it knew their id
     * @param parked    outcomes that a route has failed on too often
     */
    record Result(long seed, PayrollApp.Dsl dsl, int kills, List<String> asked, List<String> booked, List<String> receipts,
                  List<String> told, Map<String, String> sums, long shillings, long left, boolean waited, int requests, int refused,
                  int files, int parked, Duration lasted) {

        @Override
        public String toString() {
            return ("payroll: seed %d, routes in %s, %d kills, %d lines of %d shillings, file put in %d times; payments that Safaricom"
                    + " booked: %d, in the result file: %d; requests: %d, refused as known: %d; %d seconds, %.0f lines a second")
                    .formatted(seed, dsl, kills, asked.size(), shillings, files, booked.size(), told.size(), requests, refused,
                            lasted.toSeconds(), asked.size() * 1000.0 / lasted.toMillis());
        }
    }

    private static final String RUN = "payroll-2026-11";
    private static final String ACCOUNT = "Utility Account";
    private static final long LONGEST_WAIT_SECONDS = 600;
    // longer than it takes to find a process dead
    private static final Duration DOWN = Duration.ofMinutes(5);
    private static final Duration NIGHT = Duration.ofHours(2);
    private static final long LONGEST_DAY_SECONDS = 15;
    private static final int MOST_NIGHTS = 20;

    private final PayrollApp.Dsl dsl;
    private final Path folder;
    private final long seed;
    private final Random random;
    private final Path log;
    private final int port = Program.freePort();
    private final DarajaSimulator safaricom = DarajaSimulator.start(SimulatorSettings.defaults()
            .withAnswerDelay(Duration.ofMillis(50)));
    private final Map<String, String> settings;
    private final List<String> asked = new ArrayList<>();
    private Duration ahead = Duration.ZERO;
    private Program program;
    private byte[] file;
    private long shillings;
    private boolean waited;
    private int kills;
    private int files;
    private int nights;

    KilledPayroll(Path folder, long seed) {
        this.folder = folder;
        this.seed = seed;
        this.random = new Random(seed);
        this.dsl = random.nextBoolean() ? PayrollApp.Dsl.JAVA : PayrollApp.Dsl.YAML;
        this.log = Path.of("target", "payroll-" + seed + ".log");
        this.settings = LocalPayroll.settings(safaricom, port, Program.freePort(), folder);
        // what is late is asked about soon
        settings.put("camel.component.daraja.askAfter", "1s");
        settings.put("camel.component.daraja.askInterval", "1s");
        settings.put("payroll.reportPeriod", "2000");
        // nobody is there to put right what fails too often
        settings.put("payroll.attempts", "100");
    }

    Result survives(int times, int lines) {
        long begin = System.nanoTime();
        write(lines);
        int gap = Math.max(1, 2 * lines / (times + 1));
        fund(shillings - 1);
        start();
        putIn();
        until("the run to wait for money", () -> progress() != null && progress().path("reason").asText().startsWith("insufficient"));
        waited = received() == 0;
        fund(1);
        for (int kill = 0; kill < times; kill++) {
            if (random.nextInt(4) > 0) {
                int busy = received() + 1 + random.nextInt(gap);
                until("lines", () -> received() >= busy || isAccepted());
                LockSupport.parkNanos(random.nextInt(30_000_000));
            } else {
                // while it starts, or soon after
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(3_000)));
            }
            kill(random.nextBoolean() ? Duration.ofSeconds(random.nextInt(60)) : DOWN);
        }
        // the last one is found dead after a while, too, and what it held is free
        program.kill();
        pass(DOWN);
        start();
        long night = System.nanoTime();
        for (JsonNode now = progress(); now == null || now.path("paid").path("lines").asInt() < lines; now = progress()) {
            // it has more to do than to show a page
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(isAccepted() ? 100 : 1_000));
            if (now != null && now.path("state").asText().equals("DONE") && now.path("failed").path("lines").asInt() > 0) {
                // of those who were not paid and nobody knows why, as only a query told: a person lets them be tried again
                putIn();
                until("the file to be taken in", () -> !Files.exists(folder.resolve("in").resolve(RUN + ".csv")));
            } else if (isAccepted() && System.nanoTime() - night > TimeUnit.SECONDS.toNanos(LONGEST_DAY_SECONDS)) {
                // what was asked about in vain is asked about again at growing distances
                stop();
                pass(NIGHT);
                start();
                night = System.nanoTime();
                nights++;
            }
            if (nights > MOST_NIGHTS) {
                throw new IllegalStateException("somebody is not paid, seed " + seed + ", log " + log.toAbsolutePath()
                        + "\nthe page says: " + now);
            }
        }
        until("the result", () -> {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            Account account = Account.read(folder, RUN);
            return account != null && account.isFinal() && account.with(LineStatus.PAID).size() == lines
                    && account.with(LineStatus.PAID).stream().noneMatch(row -> row.receipt().isEmpty());
        });
        stop();
        return result(Duration.ofNanos(System.nanoTime() - begin));
    }

    @Override
    public void close() {
        if (program != null) {
            program.kill();
        }
        safaricom.close();
    }

    private void write(int lines) {
        List<String> rows = new ArrayList<>();
        for (int line = 1; line <= lines; line++) {
            String phone = "25472%07d".formatted(line);
            int amount = 10 + random.nextInt(1000);
            shillings += amount;
            asked.add(phone + " " + amount);
            rows.add("E%05d,\"Person, %d\",%s,%d,Salary November".formatted(line, line, phone, amount));
            ResultScript fate = fate();
            if (fate != null) {
                safaricom.results().forReceiverOnce(phone, fate);
            }
        }
        // M-Pesa says in the middle that there is not enough
        safaricom.results().forReceiverOnce("25472%07d".formatted(lines / 2), ResultScript.result(1));
        file = LocalPayroll.text(rows);
    }

    private ResultScript fate() {
        return switch (random.nextInt(40)) {
            case 0 -> ResultScript.succeeds().lostCallback();
            case 1 -> ResultScript.succeeds().resetAfterAccepting();
            case 2 -> ResultScript.succeeds().resetAfterAccepting().lostCallback();
            case 3 -> ResultScript.succeeds().resetBeforeAccepting();
            case 4 -> ResultScript.succeeds().errorAfterAccepting();
            case 5 -> ResultScript.succeeds().callbackTimes(3);
            case 6 -> ResultScript.succeeds().callbackBeforeAnswer();
            case 7 -> ResultScript.succeeds().spikeArrest();
            case 8 -> ResultScript.succeeds().toldAsTimeout();
            case 9 -> ResultScript.succeeds().callbackAfter(Duration.ofSeconds(random.nextInt(20)));
            case 10 -> ResultScript.succeeds().html503AfterAccepting();
            default -> null;
        };
    }

    private void start() {
        if (program != null && program.runs()) {
            throw new IllegalStateException("it still runs");
        }
        program = Program.start(PayrollAhead.class, settings, log, dsl.name(), ahead.toString());
    }

    private void stop() {
        if (!program.stop()) {
            throw new IllegalStateException("it does not stop when it is asked to");
        }
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

    private void putIn() {
        files++;
        LocalPayroll.put(folder, RUN + ".csv", file);
    }

    private void fund(long amount) {
        safaricom.books().deposit(safaricom.credentials().shortCode(), ACCOUNT, BigDecimal.valueOf(amount));
    }

    private int received() {
        return safaricom.counters().count("b2c.received");
    }

    // whatever the payroll knows of it
    private boolean isAccepted() {
        return safaricom.counters().count("b2c.accepted") >= asked.size();
    }

    // null while it does not answer
    private JsonNode progress() {
        try {
            return LocalPayroll.progress(port, RUN);
        } catch (UncheckedIOException e) {
            if (!program.runs()) {
                throw new IllegalStateException("it has ended by itself; see " + log.toAbsolutePath(), e);
            }
            return null;
        }
    }

    private Result result(Duration lasted) {
        safaricom.books().verify();
        List<String> booked = new ArrayList<>();
        List<String> receipts = new ArrayList<>();
        safaricom.books().transfers().forEach(payment -> {
            booked.add(payment.to() + " " + payment.amount().longValueExact());
            receipts.add(payment.receipt() + " " + payment.amount().longValueExact());
        });
        Account account = Account.read(folder, RUN);
        List<String> told = new ArrayList<>();
        account.with(LineStatus.PAID).forEach(row -> told.add(row.receipt() + " " + row.amount()));
        List.of(asked, booked, receipts, told).forEach(Collections::sort);
        return new Result(seed, dsl, kills, asked, booked, receipts, told, account.sums(), shillings,
                safaricom.books().balance(safaricom.credentials().shortCode(), ACCOUNT), waited, received(),
                safaricom.counters().count("b2c.duplicates"), files, parked(), lasted);
    }

    // in the file that it left
    private int parked() {
        JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:file:" + folder.toAbsolutePath() + "/state/payroll", "", "");
        try {
            return new JdbcTemplate(pool).queryForObject("select count(*) from daraja_delivery where state = 'PARKED'", Integer.class);
        } finally {
            pool.dispose();
        }
    }

    private void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("waited in vain for " + what + ", seed " + seed + ", log " + log.toAbsolutePath()
                        + "\nthe page says: " + progress() + "\nbooked: " + safaricom.books().transfers().size());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }
}
