package io.github.cameldaraja.examples.marketplace;

import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.ResultScript;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.simulator.Transfer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The marketplace as a process, buyers and a clerk who use it, and somebody who kills the process meanwhile. */
final class KilledMarket implements AutoCloseable {

    /**
     * How it went.
     *
     * @param pushes   that Safaricom accepted
     * @param accepted top-ups and payouts that Safaricom accepted
     * @param attempts at them that the orders know
     * @param decided  by a person: nobody else could tell any more what had become of the payment
     * @param parked   outcomes that a route has failed on too often
     */
    record Result(long seed, MarketApp.Dsl dsl, int kills, int pushes, int accepted, int attempts, int decided, int parked,
                  Audit.Figures figures) {

        @Override
        public String toString() {
            return "marketplace: seed %d, routes in %s, %d kills, %d pushes, %d top-ups and payouts, %d decided by a person; %s"
                    .formatted(seed, dsl, kills, pushes, accepted, decided, figures);
        }
    }

    private static final int BUYERS = 3;
    private static final int SELLERS = 5;
    private static final long LONGEST_WAIT_SECONDS = 90;
    private static final long PATIENCE_MILLIS = 1_000;
    // should less happen than was thought of
    private static final long LONGEST_LIFE_SECONDS = 10;
    // longer than it takes to find a process dead, and than Pull leaves to the callbacks; shorter than the time after which the
    // component does not take a payment for that of a push any more
    private static final Duration DOWN = Duration.ofMinutes(4);
    // before the clock is let run, what is on its way may arrive
    private static final int CALM_LOOKS = 40;

    private final MarketApp.Dsl dsl;
    private final long seed;
    private final Random random;
    private final Path log;
    private final DarajaSimulator safaricom = DarajaSimulator.start(SimulatorSettings.defaults()
            .withAnswerDelay(Duration.ofMillis(30)).withConfirmationDelay(Duration.ofMillis(30)));
    private final ExecutorService threads = Executors.newFixedThreadPool(BUYERS + 1);
    private final Set<String> placed = ConcurrentHashMap.newKeySet();
    private final ShopWindow window;
    private final Map<String, String> settings;
    private Duration ahead = Duration.ZERO;
    private Program program;
    private int kills;
    private int decided;
    private volatile boolean closing;

    KilledMarket(Path data, long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        this.dsl = random.nextBoolean() ? MarketApp.Dsl.JAVA : MarketApp.Dsl.YAML;
        this.log = Path.of("target", "marketplace-" + seed + ".log");
        int port = Program.freePort();
        this.window = new ShopWindow("http://127.0.0.1:" + port);
        this.settings = LocalMarket.settings(safaricom, port, Program.freePort(), data);
        // what is late is asked about soon, and nothing waits long for something better
        settings.put("camel.component.daraja.askAfter", "1s");
        settings.put("camel.component.daraja.askInterval", "1s");
        settings.put("camel.component.daraja.mergeWindow", "1s");
        settings.put("market.pause", "1s");
    }

    Result survives(int times, int orders) {
        start();
        until("the first start", this::answers);
        List<CompletableFuture<Void>> buyers = IntStream.range(0, BUYERS).mapToObj(buyer ->
                CompletableFuture.runAsync(() -> buy(buyer, orders), threads)).toList();
        CompletableFuture<Void> clerk = CompletableFuture.runAsync(this::work, threads);
        // each order makes about five things happen
        int gap = Math.max(1, 5 * orders / (times + 1));
        for (int kill = 0; kill < times; kill++) {
            if (kill == 0 || random.nextInt(4) > 0) {
                int busy = happened() + 1 + random.nextInt(gap);
                long longest = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_LIFE_SECONDS);
                until("things to happen", () -> happened() >= busy || System.nanoTime() > longest);
                LockSupport.parkNanos(random.nextInt(30_000_000));
            } else {
                // while it starts, or soon after
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(3_000)));
            }
            kills++;
            program.kill();
            pass(random.nextBoolean() ? Duration.ofSeconds(random.nextInt(60)) : DOWN);
            start();
        }
        buyers.forEach(CompletableFuture::join);
        closing = true;
        clerk.join();

        // the last one is found dead after a while, too, and what it held is free
        program.kill();
        pass(DOWN);
        return end(orders);
    }

    @Override
    public void close() {
        closing = true;
        threads.shutdownNow();
        if (program != null) {
            program.kill();
        }
        safaricom.close();
    }

    // in this process, where a person can be played who decides what nobody else knows
    private Result end(int orders) {
        try (LocalMarket market = LocalMarket.open(safaricom, dsl, settings)) {
            int[] looks = { 0 };
            until("all orders to end", () -> {
                safaricom.clock().advance(looks[0]++ < CALM_LOOKS ? Duration.ofSeconds(20) : Duration.ofHours(6));
                List<String> open = market.table().orders().stream().filter(order -> !order.state().isFinal()).map(Order::id)
                        .toList();
                open.forEach(this::serve);
                market.table().legs().stream().filter(leg -> leg.status() == LegStatus.UNRESOLVED)
                        .forEach(leg -> decide(market, leg));
                return open.isEmpty();
            });
            // and a little more, should anything be told again
            safaricom.clock().advance(DOWN);
            int pulled = safaricom.counters().count("pull.queries");
            until("more looks of Pull", () -> safaricom.counters().count("pull.queries") > pulled + 3);
            int attempts = (int) market.table().legs().stream()
                    .filter(leg -> leg.kind() == LegKind.TOP_UP || leg.kind() == LegKind.PAYOUT).count();
            return new Result(seed, dsl, kills, safaricom.counters().acceptedPushes(),
                    safaricom.counters().count("b2b.accepted") + safaricom.counters().count("b2c.accepted"), attempts, decided,
                    market.database().queryForObject("select count(*) from daraja_delivery where state = 'PARKED'", Integer.class),
                    new Audit(safaricom, market.table(), market.strays()).agrees());
        }
    }

    // as it is done with a statement in the hand
    private void decide(LocalMarket market, Leg leg) {
        Set<String> known = market.table().legs().stream().map(Leg::receipt).filter(Objects::nonNull)
                .collect(Collectors.toCollection(() -> new HashSet<>(market.strays().keySet())));
        String receipt = receipts(market, leg).stream().filter(found -> !known.contains(found)).findFirst().orElse(null);
        market.desk().resolve(leg.reference(), receipt == null ? "FAILED" : "COMPLETED", receipt == null ? "" : receipt, "Wanjiru",
                "looked it up", "statement of the day");
        decided++;
    }

    private List<String> receipts(LocalMarket market, Leg leg) {
        if (leg.kind() == LegKind.COLLECT) {
            return safaricom.books().entries().stream().filter(entry -> leg.order().equals(entry.accountReference()))
                    .map(LedgerEntry::receipt).toList();
        }
        Order order = market.table().find(leg.order());
        List<String> collected = market.table().legs(leg.order()).stream().filter(one -> one.kind() == LegKind.COLLECT)
                .map(Leg::receipt).toList();
        return safaricom.books().transfers().stream().filter(transfer -> switch (leg.kind()) {
            case TOP_UP -> leg.order().equals(transfer.reference()) && transfer.operation().equals("BusinessPayToBulk");
            // a seller sells more than once: here amounts tell orders apart
            case PAYOUT -> order.seller().equals(transfer.to()) && transfer.amount().compareTo(leg.amount()) == 0;
            default -> collected.contains(transfer.reverses());
        }).map(Transfer::receipt).toList();
    }

    private void buy(int buyer, int orders) {
        Random choice = new Random(seed + buyer);
        for (int number = buyer; number < orders; number += BUYERS) {
            String order = "K" + number;
            String phone = "2547223%05d".formatted(number);
            String seller = "2547333%05d".formatted(number % SELLERS);
            safaricom.faults().forPhoneOnce(phone, fate(choice));
            safaricom.results().next(ResultApi.B2B, resultFate(choice));
            safaricom.results().next(ResultApi.B2C, resultFate(choice));
            safaricom.results().next(ResultApi.REVERSAL, resultFate(choice));
            // as a shop window does that must not ask twice: the same order until there is an answer
            int amount = 100 + number;
            until("an answer to " + order, () -> took(() -> window.places(order, phone, seller, amount)));
            placed.add(order);
            // one after the other, so that a kill meets orders at every stage
            long patience = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
            until(order, () -> hasEnded(order) || System.nanoTime() > patience);
        }
    }

    private boolean hasEnded(String order) {
        try {
            OrderState state = window.looksAt(order).state();
            return state != null && state.isFinal();
        } catch (CompletionException e) {
            return false;
        }
    }

    private void work() {
        while (!closing) {
            placed.forEach(order -> {
                if (!closing) {
                    serve(order);
                }
            });
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    // what the clerk does about an order; always the same about the same one
    private void serve(String order) {
        try {
            ShopWindow.Page page = window.looksAt(order);
            if (page.state() == OrderState.PAID) {
                int wish = new Random(seed * 31 + order.hashCode()).nextInt(10);
                if (wish < 8) {
                    took(() -> window.wishes(order, "delivered"));
                }
                if (wish >= 6) {
                    took(() -> window.wishes(order, "dispute"));
                }
            } else if (page.awaits() != null && page.awaits().startsWith("a person: it moved nothing")) {
                took(() -> window.wishes(order, "retry"));
            }
        } catch (CompletionException e) {
            // it is dead: later
        }
    }

    private boolean took(Supplier<CompletableFuture<ShopWindow.Page>> wish) {
        try {
            int http = wish.get().join().http();
            // 404 while it starts
            if (!Set.of(200, 202, 404, 409, 503).contains(http)) {
                throw new IllegalStateException("a wish is answered with HTTP " + http);
            }
            return http < 300;
        } catch (CompletionException e) {
            // it is dead, or was killed over this very wish
            return false;
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

    private static ResultScript resultFate(Random choice) {
        return switch (choice.nextInt(12)) {
            case 0 -> ResultScript.succeeds().callbackTimes(3);
            case 1 -> ResultScript.succeeds().lostCallback();
            case 2 -> ResultScript.succeeds().callbackAfter(Duration.ofSeconds(choice.nextInt(20)));
            case 3 -> ResultScript.succeeds().callbackBeforeAnswer();
            case 4 -> ResultScript.result(1);
            case 5 -> ResultScript.succeeds().resetAfterAccepting();
            case 6 -> ResultScript.succeeds().spikeArrest();
            default -> ResultScript.succeeds();
        };
    }

    private void start() {
        program = Program.start(MarketAhead.class, settings, log, dsl.name(), ahead.toString());
    }

    private void pass(Duration down) {
        safaricom.clock().advance(down);
        ahead = ahead.plus(down);
    }

    private int happened() {
        return safaricom.counters().pushes() + safaricom.counters().callbacksSent() + safaricom.counters().count("b2b.received")
                + safaricom.counters().count("b2c.received") + safaricom.counters().count("reversal.received");
    }

    private boolean answers() {
        try {
            return window.summary().http() == 200;
        } catch (CompletionException e) {
            if (!program.runs()) {
                throw new IllegalStateException("it has ended by itself; see " + log.toAbsolutePath(), e);
            }
            return false;
        }
    }

    private void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("waited in vain for " + what + ", seed " + seed + ", log " + log.toAbsolutePath());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
