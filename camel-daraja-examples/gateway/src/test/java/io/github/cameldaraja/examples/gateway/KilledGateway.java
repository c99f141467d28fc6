package io.github.cameldaraja.examples.gateway;

import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.ResultScript;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.simulator.SimulatorSettings;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** The gateway as a process, a shop that uses it, and somebody who kills the process meanwhile. */
final class KilledGateway implements AutoCloseable {

    /**
     * How it went.
     *
     * @param booked   by Safaricom: receipt and amount, sorted
     * @param told     to the shop, in the same words: each payment once, however often its webhook came
     * @param payouts  that the shop asked for: phone and amount, sorted
     * @param paidOut  by Safaricom, in the same words
     * @param webhooks how many came
     * @param log      of the processes
     */
    record Result(long seed, GatewayApp.Dsl dsl, int kills, List<String> booked, List<String> told, List<String> payouts,
                  List<String> paidOut, int webhooks, Path log) {

        @Override
        public String toString() {
            return ("gateway: seed %d, routes in %s, %d kills; payments that Safaricom booked: %d, told by webhook: %d; payouts asked"
                    + " for: %d, paid: %d; webhooks: %d").formatted(seed, dsl, kills, booked.size(), told.size(), payouts.size(),
                            paidOut.size(), webhooks);
        }
    }

    private static final int TILLS = 4;
    private static final long LONGEST_WAIT_SECONDS = 120;
    // longer than it takes to find a process dead, and a webhook lost
    private static final Duration DOWN = Duration.ofMinutes(5);

    private final long seed;
    private final Random random;
    private final GatewayApp.Dsl dsl;
    private final Path log;
    private final DarajaSimulator safaricom = DarajaSimulator.start(SimulatorSettings.defaults()
            .withAnswerDelay(Duration.ofMillis(50)));
    private final Shop shop;
    private final Map<String, String> settings;
    private final ExecutorService threads = Executors.newFixedThreadPool(TILLS);
    private final List<String> payouts = Collections.synchronizedList(new ArrayList<>());
    private Duration ahead = Duration.ZERO;
    private Program program;
    private int kills;

    KilledGateway(Path data, long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        this.dsl = random.nextBoolean() ? GatewayApp.Dsl.JAVA : GatewayApp.Dsl.YAML;
        this.log = Path.of("target", "gateway-" + seed + ".log");
        int port = Program.freePort();
        this.shop = new Shop("shop").calling("http://127.0.0.1:" + port);
        this.settings = LocalGateway.settings(safaricom, port, Program.freePort(), data);
        settings.put("gateway.client.shop.webhook", shop.webhook());
        settings.put("gateway.webhookPause", "1s");
        // what is late is asked about soon
        settings.put("camel.component.daraja.askAfter", "1s");
        settings.put("camel.component.daraja.askInterval", "1s");
        safaricom.books().deposit(safaricom.credentials().shortCode(), "Utility Account", BigDecimal.valueOf(10_000_000));
    }

    Result survives(int times, int payments) {
        // one webhook of four is heard and not answered so, and comes again
        Random deafness = new Random(seed);
        shop.hears(event -> deafness.nextInt(4) == 0 ? 500 : 200);
        start();
        until("the first start", this::answers);
        List<CompletableFuture<Void>> tills = IntStream.range(0, TILLS).mapToObj(till ->
                CompletableFuture.runAsync(() -> sell(till, payments / TILLS), threads)).toList();
        for (int kill = 0; kill < times; kill++) {
            int busy = happened() + 1 + random.nextInt(Math.max(1, 3 * payments / (times + 1)));
            until("customers", () -> happened() >= busy || tills.stream().allMatch(CompletableFuture::isDone));
            LockSupport.parkNanos(random.nextInt(30_000_000));
            kill(random.nextBoolean() ? Duration.ofSeconds(random.nextInt(60)) : DOWN);
        }
        tills.forEach(CompletableFuture::join);
        // the last one is found dead after a while, too
        kill(DOWN);
        until("all payments to be told", () -> answers() && told().equals(booked()));
        if (!program.stop()) {
            throw new IllegalStateException("it does not stop when it is asked to");
        }
        safaricom.books().verify();
        List<String> paidOut = new ArrayList<>(safaricom.books().transfers().stream()
                .map(transfer -> transfer.to() + " " + transfer.amount().longValueExact()).toList());
        List.of(paidOut, payouts).forEach(Collections::sort);
        return new Result(seed, dsl, kills, booked(), told(), payouts, paidOut, shop.events().size(), log);
    }

    private void start() {
        program = Program.start(GatewayAhead.class, settings, log, dsl.name(), ahead.toString());
    }

    // what Safaricom tells in the meantime finds nobody
    private void kill(Duration down) {
        kills++;
        program.kill();
        safaricom.clock().advance(down);
        ahead = ahead.plus(down);
        start();
    }

    private int happened() {
        return safaricom.counters().pushes() + safaricom.counters().count("b2c.received") + safaricom.counters().callbacksSent();
    }

    private void sell(int till, int payments) {
        Random choice = new Random(seed + till);
        for (int number = 0; number < payments; number++) {
            // each a customer of his own
            String phone = "2547%d%07d".formatted(till, number);
            int amount = 10 + choice.nextInt(1000);
            String body = Shop.body(phone, amount);
            if (choice.nextBoolean()) {
                payouts.add(phone + " " + amount);
                safaricom.results().forReceiverOnce(phone, switch (choice.nextInt(6)) {
                    case 0 -> ResultScript.succeeds().resetAfterAccepting();
                    case 1 -> ResultScript.succeeds().callbackBeforeAnswer();
                    case 2 -> ResultScript.succeeds().spikeArrest();
                    default -> ResultScript.succeeds();
                });
                sends("/payouts", "out-" + phone, body);
            } else {
                safaricom.faults().forPhoneOnce(phone, switch (choice.nextInt(5)) {
                    case 0 -> Script.pays().callbackTimes(3);
                    case 1 -> Script.pays().callbackAfter(Duration.ofSeconds(choice.nextInt(10)));
                    case 2 -> Script.result(1032);
                    default -> Script.pays();
                });
                sends("/payments", "in-" + phone, body);
            }
        }
    }

    // as a shop does that must not pay twice: the same request until there is an answer
    private void sends(String path, String key, String body) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Shop.Page answer = shop.posts(path, key, body);
                if (answer.http() == 200 || answer.http() == 202) {
                    return;
                } else if (answer.http() != 503) {
                    throw new IllegalStateException(path + " is answered " + answer);
                }
            } catch (UncheckedIOException e) {
                // it is dead, or was killed over this very request
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private boolean answers() {
        try {
            return shop.gets("/openapi.json", null).http() == 200;
        } catch (UncheckedIOException e) {
            if (!program.runs()) {
                throw new IllegalStateException("it has ended by itself; see " + log.toAbsolutePath(), e);
            }
            return false;
        }
    }

    private List<String> booked() {
        List<String> all = new ArrayList<>();
        safaricom.books().entries().forEach(entry -> all.add(entry.receipt() + " " + entry.amount().longValueExact()));
        safaricom.books().transfers().forEach(transfer -> all.add(transfer.receipt() + " " + transfer.amount().longValueExact()));
        Collections.sort(all);
        return all;
    }

    // one line for each payment, the receipt may have come later
    private List<String> told() {
        Map<String, String> paid = new ConcurrentHashMap<>();
        for (Shop.Event event : shop.events()) {
            if (event.status().equals("COMPLETED")) {
                String receipt = event.payment().path("receipt").asText("none");
                paid.merge(event.id(), receipt + " " + event.payment().path("amount").asInt(),
                        (before, now) -> before.startsWith("none") ? now : before);
            }
        }
        List<String> all = new ArrayList<>(paid.values());
        Collections.sort(all);
        return all;
    }

    private void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                List<String> missing = booked();
                missing.removeAll(told());
                throw new IllegalStateException("waited in vain for " + what + ", seed " + seed + ", log " + log.toAbsolutePath()
                        + "\nbooked and not told: " + missing);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        if (program != null) {
            program.kill();
        }
        shop.close();
        safaricom.close();
    }
}
