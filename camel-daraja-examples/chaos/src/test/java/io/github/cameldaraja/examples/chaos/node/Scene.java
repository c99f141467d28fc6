package io.github.cameldaraja.examples.chaos.node;

import io.github.cameldaraja.examples.chaos.plan.Kind;
import io.github.cameldaraja.examples.chaos.plan.Payment;
import io.github.cameldaraja.examples.chaos.plan.Product;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.simulator.Transfer;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Two nodes, their database, Safaricom, and customers who all mean well. */
final class Scene implements AutoCloseable {

    private static final int SPEED = 10;
    private static final long FLOAT = 1_000_000_000;

    final Postgres postgres;
    final DarajaSimulator safaricom = DarajaSimulator.start(SimulatorSettings.defaults().withUtilityFloat(FLOAT)
            .withAnswerDelay(Duration.ofSeconds(2)));
    final List<NodeProcess> nodes;
    final Client client;
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
    private final ClockFile clock;
    private final Balancer balancer;

    Scene(Path directory, Consumer<NodeProcess.Reached> listener, String... options) {
        postgres = new Postgres(directory.resolve("postgres"));
        postgres.start();
        Tables.create(postgres.dataSource());
        safaricom.clock().speed(SPEED);
        clock = new ClockFile(directory.resolve("clock"), safaricom.clock());
        List<Integer> callbackPorts = List.of(FreePort.find(), FreePort.find());
        balancer = new Balancer(vertx, callbackPorts);
        nodes = Stream.of(0, 1).map(i -> new NodeProcess(i == 0 ? "a" : "b", postgres.url(), safaricom.baseUrl(), balancer.url(),
                clock.file(), directory.resolve(i == 0 ? "a" : "b"), callbackPorts.get(i), Duration.ofSeconds(12),
                List.of(options), listener)).toList();
        client = new Client(vertx, safaricom, nodes.stream().map(NodeProcess::ordersPort).toList());
        nodes.forEach(NodeProcess::start);
        nodes.forEach(NodeProcess::awaitStart);
        nodes.get(0).register();
    }

    /**
     * The i-th order: of all kinds, some of whose clients wait, or send twice. No payout by v1: a kill can take both its
     * acknowledgement and its result, and then nobody can be asked.
     */
    static Payment payment(int i) {
        int turn = i % 20;
        Kind kind = turn < 10 ? Kind.PUSH : turn < 14 ? Kind.PAYOUT : turn < 18 ? Kind.PAY_BILL : Kind.RETURN;
        Product product = kind != Kind.PAYOUT ? null : turn == 11 ? Product.POCHI : Product.V3;
        boolean posted = kind == Kind.PUSH || kind == Kind.PAYOUT;
        return new Payment(i, kind, product, Payment.phone(i), 10 + i * 7919L % 49_999, posted && i % 3 == 0, posted && i % 7 == 0);
    }

    /** Begins these orders, so many at a time. */
    void order(int from, int until, int atOnce) {
        Semaphore room = new Semaphore(atOnce);
        for (int i = from; i < until; i++) {
            room.acquireUninterruptibly();
            CompletableFuture<Void> done = client.begin(payment(i));
            done.whenComplete((answered, failure) -> room.release());
        }
        room.acquireUninterruptibly(atOnce);
    }

    /** What has moved at Safaricom: direction, order and shillings, sorted. */
    List<String> books() {
        List<String> books = new ArrayList<>();
        for (LedgerEntry entry : safaricom.books().payments()) {
            books.add("IN C" + entry.accountReference().substring(1) + ' ' + entry.amount().toBigInteger());
        }
        for (Transfer transfer : safaricom.books().transfers()) {
            books.add("OUT " + Payment.id((int) (Long.parseLong(transfer.to()) - Long.parseLong(Payment.phone(0)))) + ' '
                    + transfer.amount().toBigInteger());
        }
        books.sort(null);
        return books;
    }

    /** What the application believes, in the same form. */
    List<String> ledger() {
        return ask("select direction || ' ' || order_id || ' ' || round(amount) from chaos_ledger").stream().sorted().toList();
    }

    long count(String sql) {
        return Long.parseLong(ask(sql).get(0));
    }

    List<String> ask(String sql) {
        List<String> answer = new ArrayList<>();
        try (Connection connection = postgres.dataSource().getConnection(); Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                answer.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return answer;
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
