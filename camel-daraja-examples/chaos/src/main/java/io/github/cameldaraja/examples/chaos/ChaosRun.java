package io.github.cameldaraja.examples.chaos;

import io.github.cameldaraja.examples.chaos.audit.Audit;
import io.github.cameldaraja.examples.chaos.audit.Report;
import io.github.cameldaraja.examples.chaos.audit.Requests;
import io.github.cameldaraja.examples.chaos.audit.Run;
import io.github.cameldaraja.examples.chaos.audit.Safaricom;
import io.github.cameldaraja.examples.chaos.audit.Words;
import io.github.cameldaraja.examples.chaos.node.Balancer;
import io.github.cameldaraja.examples.chaos.node.Client;
import io.github.cameldaraja.examples.chaos.node.ClockFile;
import io.github.cameldaraja.examples.chaos.node.FreePort;
import io.github.cameldaraja.examples.chaos.node.NodeProcess;
import io.github.cameldaraja.examples.chaos.node.Postgres;
import io.github.cameldaraja.examples.chaos.node.Tables;
import io.github.cameldaraja.examples.chaos.plan.Kill;
import io.github.cameldaraja.examples.chaos.plan.Plan;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** One run: two nodes on one PostgreSQL at a Safaricom that follows the plan, from the first order to the audit. */
final class ChaosRun implements AutoCloseable {

    private static final long FLOAT = 1_000_000_000_000L;
    private static final Duration PULL_EVERY = Duration.ofSeconds(5);
    private static final int PROGRESS = 5_000;
    // so many orders begin at most while somebody is to be killed and started again; those of a short run must not all have begun
    private static final int LONGEST_LEAD = 1_000;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final PrintStream out = System.out;
    private final Instant began = Instant.now();
    private final Settings settings;
    private final Path directory;
    private final Plan plan;
    private final List<Kill> kills;
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
    private final Postgres postgres;
    private final DarajaSimulator safaricom;
    private final Sent sent;
    private final Wire wire;
    private final Words words;
    private final Requests requests;
    private final Forger forger = new Forger(HttpClient.newHttpClient());
    private final ClockFile clock;
    private final Balancer balancer;
    private final List<NodeProcess> nodes;
    private final Client client;
    private final Killer killer;
    private final AtomicInteger begun = new AtomicInteger();

    ChaosRun(Settings settings, Path directory) {
        this.settings = settings;
        this.directory = directory;
        plan = new Plan(settings.seed(), settings.payments());
        kills = plan.kills(settings.kills(), settings.databaseKills(), settings.stalls());
        sent = new Sent(plan.faults());
        wire = new Wire(settings.payments(), forger::hears);
        postgres = new Postgres(directory.resolve("postgres"));
        safaricom = DarajaSimulator.start(SimulatorSettings.defaults().withUtilityFloat(FLOAT).withWorkingFloat(FLOAT)
                .withAnswerDelay(Duration.ofSeconds(2)).withRecording(0));
        words = new Words(() -> safaricom.results().requests());
        requests = new Requests(() -> safaricom.books().payments());
        clock = new ClockFile(directory.resolve("clock"), safaricom.clock());
        List<Integer> callbackPorts = List.of(FreePort.find(), FreePort.find());
        balancer = new Balancer(vertx, callbackPorts);
        nodes = Stream.of("a", "b").map(name -> new NodeProcess(name, postgres.url(), safaricom.baseUrl(), balancer.url(),
                clock.file(), directory.resolve(name), callbackPorts.get("ab".indexOf(name)), PULL_EVERY,
                settings.without().isEmpty() ? List.of() : List.of("-Dwithout=" + settings.without()), this::reached)).toList();
        client = new Client(vertx, safaricom, nodes.stream().map(NodeProcess::ordersPort).toList());
        killer = new Killer(kills, plan, nodes, postgres, client, sent, begun::get);
    }

    private void reached(NodeProcess.Reached at) {
        killer.hears(at);
    }

    Report run() throws Exception {
        String hash = plan.hash(kills);
        out.printf("Chaos: %,d payments, seed %d, plan %s%n", settings.payments(), settings.seed(), hash);
        out.printf("%d kills of two nodes, %d of the database, which stands still %d times%s%n", settings.kills(),
                settings.databaseKills(), settings.stalls(),
                settings.without().isEmpty() ? "" : "; without the guard " + settings.without());
        start();
        order();
        out.printf("All orders begun after %d s: %s%n", seconds(), client.counts());
        out.printf("Nodes killed at %s%n", killer.steps());
        new Drain(safaricom, postgres.dataSource(), out).run();
        out.printf("All is quiet after %d s%n", seconds());
        nodes.forEach(NodeProcess::close);
        return audit(hash);
    }

    private void start() {
        postgres.start();
        out.println("PostgreSQL keeps what it commits: " + postgres.settings());
        Tables.create(postgres.dataSource());
        safaricom.plan(sent);
        safaricom.onRequest(wire::request);
        safaricom.onCallback(wire::callback);
        safaricom.onRequest(requests);
        safaricom.onCallback(words);
        safaricom.clock().speed(settings.speed());
        client.onPaid((number, receipt) -> wire.paid(receipt, number));
        nodes.forEach(NodeProcess::start);
        nodes.forEach(NodeProcess::awaitStart);
        nodes.get(0).register();
    }

    private void order() throws InterruptedException {
        CompletableFuture<Void> killing = new CompletableFuture<>();
        Thread thread = new Thread(() -> kill(killing), "killer");
        thread.setDaemon(true);
        thread.start();
        Semaphore room = new Semaphore(settings.atOnce());
        int lead = Math.min(LONGEST_LEAD, Math.max(settings.atOnce(), settings.payments() / Math.max(1, kills.size()) / 2));
        for (int number = 0; number < settings.payments(); number++) {
            while (number - lead > killer.next() && !killing.isDone()) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
            awaitRoom(room, killing);
            CompletableFuture<Void> done = client.begin(plan.payment(number));
            begun.incrementAndGet();
            done.whenComplete((answered, failure) -> room.release());
            if (number > 0 && number % PROGRESS == 0) {
                out.printf("  %,d orders after %d s, %d nodes and %d databases killed%n", number, seconds(), killer.nodeKills(),
                        killer.databaseKills());
            }
        }
        // the last kills may wait for an order that comes no more
        begun.set(Integer.MAX_VALUE);
        killing.join();
        room.acquire(settings.atOnce());
    }

    private static void awaitRoom(Semaphore room, CompletableFuture<Void> killing) throws InterruptedException {
        do {
            if (killing.isCompletedExceptionally()) {
                // a run in which nobody is killed any more proves nothing, and a database that is down answers no order
                killing.join();
            }
        } while (!room.tryAcquire(1, TimeUnit.SECONDS));
    }

    private void kill(CompletableFuture<Void> done) {
        try {
            killer.run();
            done.complete(null);
        } catch (RuntimeException e) {
            done.completeExceptionally(e);
        }
    }

    private Report audit(String hash) throws SQLException, IOException {
        Report report = new Audit(settings.payments(), plan::payment, Safaricom.of(safaricom), postgres.dataSource())
                .with(new PlannedExcuses(plan, killer::isStruck, wire::received, wire::isSent, wire::isUnheard), words)
                .withReferences(requests)
                .withStories(plan::story, wire::lines)
                .withSpools(nodes.stream().map(node -> directory.resolve(node.name()).resolve("spool")).toList())
                .run();
        report.print(out, new Run(settings.seed(), hash, faults(), killer.nodeKills(), killer.databaseKills(), killer.stalls(),
                Duration.between(began, Instant.now())));
        return report;
    }

    private Map<String, Long> faults() {
        Map<String, Long> met = new LinkedHashMap<>();
        for (int number = 0; number < settings.payments(); number++) {
            plan.fate(number).met().forEach(fault -> met.merge(fault, 1L, Long::sum));
        }
        met.put("forged callbacks", forger.sent());
        met.put("forged callbacks that were taken", forger.believed());
        return met;
    }

    private long seconds() {
        return Duration.between(began, Instant.now()).toSeconds();
    }

    @Override
    public void close() {
        nodes.forEach(NodeProcess::close);
        client.close();
        balancer.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        clock.close();
        safaricom.close();
        postgres.close();
    }
}
