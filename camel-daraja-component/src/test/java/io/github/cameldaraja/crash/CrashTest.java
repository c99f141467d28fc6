package io.github.cameldaraja.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldaraja.DarajaComponent;
import io.github.cameldaraja.Shop;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.RecordedRequest;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import io.github.cameldaraja.transaction.Transaction;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Safaricom, a database, and nodes that come and go. After each test the books of all three must agree. */
abstract class CrashTest {

    @RegisterExtension
    static final DarajaSimulatorExtension SAFARICOM = new DarajaSimulatorExtension(SimulatorSettings.defaults()
            .withAnswerDelay(Duration.ofMillis(10)).withConfirmationDelay(Duration.ofMillis(10)).withUtilityFloat(1_000_000));

    /** How long a node that is silent counts as alive, and a little more. */
    static final Duration LEASE = Duration.ofSeconds(31);
    /** After this it is certain that nobody is sending a stored intent any more. */
    static final Duration LONGEST_SENDING = Duration.ofSeconds(131);
    /** When the first question about a payment is due. */
    static final Duration ASK_AFTER = Duration.ofSeconds(21);
    private static final Duration BEAT = Duration.ofSeconds(5);

    @TempDir
    Path disks;
    final DarajaSimulator safaricom = SAFARICOM.simulator();
    Ground ground;
    CashBook books;
    private final List<LivingNode> nodes = new ArrayList<>();
    private volatile LivingNode listening;
    /** What Safaricom knows as our address; behind it is whichever node we say. */
    private Wire gate;

    abstract Ground ground();

    @BeforeEach
    void open() {
        ground = ground();
        ground.clear();
        books = new CashBook(ground);
        gate = new Wire(() -> listening == null ? 0 : listening.port());
    }

    @AfterEach
    void close() {
        try {
            theBooksAgree();
        } finally {
            nodes.parallelStream().forEach(LivingNode::close);
            gate.close();
        }
    }

    private void theBooksAgree() {
        safaricom.books().verify();
        assertThat(books.credited()).as("what is paid is credited, and nothing else").isEqualTo(ground.ask("select reference from"
                + " daraja_payment where status = 'COMPLETED' and amount is not null order by reference"));
    }

    /** Starts a node; callbacks come to it from now on. */
    LivingNode node(String name) {
        return node(name, component -> { });
    }

    LivingNode node(String name, Consumer<DarajaComponent> settings) {
        return start(newNode(name).with(settings));
    }

    /** One that is not started yet. */
    LivingNode newNode(String name) {
        return new LivingNode(name, ground, safaricom, gate, disks.resolve(name));
    }

    LivingNode start(LivingNode node) {
        nodes.add(node);
        node.start();
        listening = node;
        return node;
    }

    /** Callbacks come to that node. */
    void listen(LivingNode node) {
        listening = node;
    }

    /** Lets time pass, slowly enough for all living nodes to say that they live, and returns when they have said so. */
    void pass(Duration time) {
        boolean several = nodes.stream().filter(LivingNode::isHeard).count() > 1;
        Duration step = several ? BEAT.multipliedBy(4) : time;
        for (Duration left = time; !left.isZero(); left = left.minus(step)) {
            step = left.compareTo(step) < 0 ? left : step;
            Instant now = safaricom.clock().instant().plus(step);
            safaricom.clock().advance(step);
            if (step.compareTo(BEAT) >= 0) {
                awaitBeats(now);
            }
        }
    }

    private void awaitBeats(Instant now) {
        long living = nodes.stream().filter(LivingNode::isHeard).count();
        OffsetDateTime until = now.plusSeconds(30).truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
        await().until(() -> ground.count("select count(*) from daraja_node where alive_until >= ?", until) >= living);
    }

    /** Returns when the nodes have had every opportunity to do something that they should not do. */
    void nothingElseHappens() {
        pass(BEAT.plusSeconds(1));
        pass(BEAT.plusSeconds(1));
    }

    /** The one stored payment. */
    Transaction onlyPayment(LivingNode node) {
        List<String> all = ground.ask("select reference from daraja_payment");
        assertThat(all).hasSize(1);
        return node.payment(all.get(0));
    }

    /** Safaricom's requests at a path that holds this. */
    List<RecordedRequest> requests(String path) {
        return safaricom.requests().stream().filter(request -> request.path().contains(path)).toList();
    }

    /**
     * Safaricom's callback of the last push, now.
     *
     * @return how it was answered; -1 for not at all
     */
    int pushCalledBack() {
        JsonNode answer = Shop.json(last(requests("/stkpush/v1")).answer());
        return concluded(() -> safaricom.resend(answer.get("CheckoutRequestID").asText()).join());
    }

    /** Safaricom's callback of the last payout or question, now. */
    int resultCalledBack() {
        return concluded(() -> safaricom.results().resend(last(safaricom.results().requests()).conversationId()).join());
    }

    // not before there is an outcome to tell
    private static int concluded(java.util.concurrent.Callable<Integer> callback) {
        return await().ignoreExceptionsMatching(e -> e instanceof CompletionException
                && e.getCause() instanceof IllegalStateException).until(callback, status -> true);
    }

    static <T> T last(List<T> all) {
        return all.get(all.size() - 1);
    }

}
