package io.github.cameldaraja.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.Ports;
import io.github.cameldaraja.Shop;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.SimulatorSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A shop of three processes behind a load balancer, on one PostgreSQL that keeps what it commits, at a Safaricom whose new tokens
 * kill the old; and what can be counted from outside. All clocks run ten times as fast.
 */
final class ThreeNodes implements AutoCloseable {

    /** The pause between two questions, by their clock. */
    static final Duration QUERY_SPACING = Duration.ofSeconds(4);
    private static final int SPEED = 10;
    /** How Safaricom answers a push or a question with a token that it has forgotten; it is sent again with another. */
    static final int TOKEN_REFUSED = 404;

    /** One of the processes. */
    final class Node {

        final String name;
        private final int port = Ports.free();
        private Child child;

        private Node(String name) {
            this.name = name;
        }

        /** Starts it, a further time perhaps; {@link #awaitStart} waits for it. */
        void start() {
            child = Child.starting(ShopNode.class, name, Grounds.postgresUrl(), out.url(), String.valueOf(port), balancer.url(),
                    disks.resolve(name).toString(), began.toString(), String.valueOf(SPEED),
                    pulls ? "pull" : "");
            starts.incrementAndGet();
        }

        void awaitStart() {
            child.awaitStart();
        }

        /** It begins so many payments, and an exchange waits for each. */
        void push(int from, int count) {
            child.order("push " + from + ' ' + count);
        }

        /** SIGKILL. */
        void kill() {
            child.kill();
            kills.incrementAndGet();
        }

        /** How many callbacks it has answered. */
        long callbacks() {
            return balancer.passed().stream().filter(passed -> passed.port() == port).count();
        }
    }

    final DarajaSimulator safaricom = DarajaSimulator.start(SimulatorSettings.defaults().withAnswerDelay(Duration.ofMillis(500)));
    final Ground ground = Grounds.postgres();
    final CashBook books;
    final List<Node> nodes;
    private final Path disks;
    private final boolean pulls;
    private final Instant began;
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicInteger starts = new AtomicInteger();
    private final AtomicInteger revocations = new AtomicInteger();
    private final AtomicInteger kills = new AtomicInteger();
    private volatile List<Node> open;
    private final Relay balancer = new Relay(this::ports);
    // one for all: a token belongs to the address that has given it
    private final Relay out = new Relay(() -> List.of(safaricom.port()));

    /**
     * @param disks where they spool
     * @param pulls whether they look into the statement as well, one of them at a time
     */
    ThreeNodes(Path disks, boolean pulls) {
        this.disks = disks;
        this.pulls = pulls;
        ground.clear();
        Quartz.makeTables(ground);
        books = new CashBook(ground);
        began = Instant.now();
        safaricom.clock().speed(SPEED);
        nodes = Stream.of("a", "b", "c").map(Node::new).toList();
        open = nodes;
        nodes.forEach(Node::start);
        nodes.forEach(Node::awaitStart);
        if (pulls) {
            nodes.get(0).child.order("register");
        }
    }

    /** The i-th payment, of a customer of his own. */
    static StkPush.Request payment(int i) {
        return new StkPush.Request(Killing.phone(i), amount(i), "INV-" + i);
    }

    private static long amount(int i) {
        return 10 + i % 90;
    }

    /** What stands in the books of the shop when that payment is credited once. */
    static String credit(int i) {
        return "INV-" + i + ' ' + amount(i);
    }

    /** Callbacks come to these only. */
    void hear(Node... few) {
        open = List.of(few);
    }

    // each in turn, and then the next ones if it does not answer
    private List<Integer> ports() {
        List<Integer> ports = open.stream().map(node -> node.port).collect(Collectors.toCollection(ArrayList::new));
        Collections.rotate(ports, turn.getAndIncrement());
        return ports;
    }

    /** Safaricom forgets all tokens. */
    void revoke() {
        safaricom.revokeTokens();
        revocations.incrementAndGet();
    }

    /** Safaricom tells of these payments, now. */
    void tell(IntStream payments) {
        Map<String, String> pushes = safaricom.books().payments().stream()
                .collect(Collectors.toMap(LedgerEntry::accountReference, LedgerEntry::checkoutRequestId));
        List<CompletableFuture<Integer>> told = payments.mapToObj(i -> safaricom.resend(pushes.get("INV-" + i))).toList();
        assertThat(told).allMatch(one -> one.join() == 200);
    }

    void awaitCredited(int payments, Duration patience) {
        await().atMost(patience).until(() -> books.credited().size() >= payments);
    }

    /** Questions about a push that began before another one about the same push had ended. */
    List<Relay.Passed> asksAtTheSameTime() {
        return questionsByPush().values().stream().flatMap(all -> Stream.iterate(1, i -> i < all.size(), i -> i + 1)
                .filter(i -> all.get(i).began() < all.get(i - 1).ended()).map(all::get)).toList();
    }

    /** The questions about each push, in order. */
    Map<String, List<Relay.Passed>> questionsByPush() {
        return questions().stream().collect(Collectors.groupingBy(
                question -> Shop.json(question.body()).get("CheckoutRequestID").asText(), LinkedHashMap::new, Collectors.toList()));
    }

    /** All questions of all nodes, in order. */
    List<Relay.Passed> questions() {
        return sent("/stkpushquery/");
    }

    /** How many questions one process alone may ask in that time of ours, after the first. */
    static long turns(Duration time) {
        return time.multipliedBy(SPEED).dividedBy(QUERY_SPACING);
    }

    int revocations() {
        return revocations.get();
    }

    /** How many tokens were asked for. */
    int tokens() {
        return sent("/oauth/").size();
    }

    private List<Relay.Passed> sent(String path) {
        return out.passed().stream().filter(passed -> passed.path().contains(path))
                .sorted(Comparator.comparing(Relay.Passed::began)).toList();
    }

    /** Figures for people. */
    void print(String title) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("processes started, killed", starts + ", " + kills);
        figures.put("paid at Safaricom", safaricom.books().payments().size());
        figures.put("credited", books.credited().size());
        figures.put("told to routes", books.told().size());
        figures.put("  the same twice", books.toldAgain());
        figures.put("  exchanges that waited", books.told().stream().filter(line -> line.contains("exchange")).count());
        nodes.forEach(node -> figures.put("callbacks heard by " + node.name, node.callbacks()));
        figures.put("callbacks that nobody heard", balancer.passed().stream().filter(passed -> passed.port() == 0).count());
        figures.put("questions", questions().size());
        figures.put("  most about one push", questionsByPush().values().stream().mapToInt(List::size).max().orElse(0));
        figures.put("  two at a time", asksAtTheSameTime().size());
        figures.put("looks into the statement", safaricom.counters().count("pull.queries"));
        figures.put("token calls, revocations", tokens() + ", " + revocations);
        figures.put("seconds", Duration.between(began, Instant.now()).toSeconds());
        System.out.println(title);
        figures.forEach((name, value) -> System.out.printf("  %-30s %s%n", name, value));
    }

    @Override
    public void close() {
        nodes.forEach(node -> node.child.close());
        balancer.close();
        out.close();
        safaricom.close();
    }
}
