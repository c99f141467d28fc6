package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.api.DarajaException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.simulator.ConfirmationScript;
import io.github.cameldaraja.simulator.FaultPlan;
import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.transaction.TransactionRepository;
import io.github.cameldaraja.transaction.jdbc.JdbcTransactionRepository;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** Several nodes look into one statement: one reads, the others leave it to him, and nothing counts twice. */
class PullNodesTest extends DatabaseEndToEnd {

    private static final Duration PAUSE = Duration.ofMinutes(5);

    private final List<Outcome> pulled = new CopyOnWriteArrayList<>();

    private Shop node(TransactionRepository store) {
        return newShop().with(component -> component.setRepository(store)).route("register", "daraja:pullRegister")
                .route("c2b", "daraja:c2bRegister").routes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        // nobody but the test polls
                        from("daraja:pullTransactions?startScheduler=false&delay=" + PAUSE.toMillis()).routeId("pull")
                                .process(e -> pulled.add(e.getMessage().getBody(Outcome.class)));
                    }
                });
    }

    private JdbcTransactionRepository store() {
        JdbcTransactionRepository store = Databases.repository(connections());
        store.setClock(safaricom.clock());
        return store;
    }

    private static int poll(Shop node) {
        try {
            return ((PullConsumer) node.context().getRoute("pull").getConsumer()).poll();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private long pages() {
        return safaricom.requests().stream().filter(request -> request.path().contains("/pulltransactions/v1/query")).count();
    }

    // every node has said that it lives since then: whoever has not would be taken for dead, and what it tells be told again
    private void pass(Duration time, Shop... nodes) {
        safaricom.clock().advance(time);
        for (Shop node : nodes) {
            node.component().getRepository().outbox().alive(node.component().services().node(),
                    safaricom.clock().instant().plusSeconds(30)).join();
        }
    }

    // five payments that no confirmation tells of
    private void miss(Shop node, Shop... others) {
        assertThat(node.send("direct:register", Map.of("phoneNumber", "0722000009")).getException()).isNull();
        safaricom.c2b().allConfirmations(ConfirmationScript.usual().lost());
        assertThat(node.send("direct:c2b", null).getException()).isNull();
        for (int i = 0; i < 5; i++) {
            paid("25471300000" + i, "inv " + i, 10 + i);
        }
        pass(Duration.ofMinutes(3), node);
        pass(Duration.ZERO, others);
    }

    private void assertEachIsTold(Shop node) {
        await().until(() -> node.component().services().deliveries().count().join().open() == 0);
        assertThat(pulled).extracting(Outcome::receiptNumber).doesNotHaveDuplicates().hasSize(5);
    }

    @Test
    void oneOfThemReadsAndTheOthersLeaveItToHimForThePause() {
        try (Shop one = node(store()).open(); Shop two = node(store()).open(); Shop three = node(store()).open()) {
            miss(one, two, three);

            List<CompletableFuture<Integer>> all = List.of(one, two, three).stream()
                    .map(node -> CompletableFuture.supplyAsync(() -> poll(node))).toList();

            assertThat(all.stream().mapToInt(CompletableFuture::join).sum()).isEqualTo(5);
            assertThat(pages()).as("one way through, until an empty page").isEqualTo(2);
            assertEachIsTold(one);
            for (int round = 1; round <= 2; round++) {
                // each has its own five minutes
                for (Shop node : List.of(one, two, three)) {
                    pass(Duration.ofSeconds(100), one, two, three);
                    assertThat(poll(node)).isZero();
                }
            }
            assertThat(pages()).as("ten minutes, so two readings more").isEqualTo(6);
            assertEachIsTold(one);
        }
    }

    @Test
    void whoDiesWhileHeReadsIsFollowedAndComesBackToNothing() {
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        CompletableFuture<Void> reading = new CompletableFuture<>();
        JdbcTransactionRepository store = store();
        TransactionRepository dying = Repositories.living(store, (call, arguments) -> {
            if (!call.equals("cursor") || !((String) arguments[0]).startsWith("pull") || !reading.complete(null)) {
                return null;
            }
            return goOn.thenCompose(now -> store.cursor((String) arguments[0]));
        });
        try (Shop one = node(dying).open(); Shop two = node(store()).open()) {
            miss(two, one);
            CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> poll(one));
            reading.join();

            assertThat(poll(two)).as("he reads").isZero();
            assertThat(pages()).isZero();
            pass(PAUSE, one, two);
            assertThat(poll(two)).isEqualTo(5);
            long pages = pages();
            goOn.complete(null);

            assertThatThrownBy(first::join).hasStackTraceContaining("another node has gone on with it");
            assertThat(pages()).isEqualTo(pages);
            assertEachIsTold(two);
        }
    }

    @Test
    void whatFailsIsFreeForTheNextAtOnce() {
        try (Shop one = node(store()).open(); Shop two = node(store()).open()) {
            miss(one, two);
            safaricom.pull().nextQueryError(500, "500.003.1001", "Internal Server Error");
            assertThatThrownBy(() -> poll(one)).hasMessageContaining("500.003.1001");

            assertThat(poll(two)).isEqualTo(5);

            assertEachIsTold(two);
        }
    }

    @Test
    void nodesThatFailInTurnComeToTheEndAllTheSame() {
        safaricom.clock().freeze();
        JdbcTransactionRepository store = store();
        try (Shop one = node(store).open(); Shop two = node(store()).open()) {
            assertThat(one.send("direct:register", Map.of("phoneNumber", "0722000009")).getException()).isNull();
            Instant first = safaricom.clock().instant().minus(Duration.ofHours(2));
            for (int i = 0; i < 150; i++) {
                safaricom.books().record(new LedgerEntry("UKL" + (1_000_000 + i), first.plusSeconds(i * 20L), "2547130" + (10_000 + i),
                        payBill, payBill, BigDecimal.TEN, "inv " + i, null, null));
            }
            safaricom.plan(PullTest.EVERY_THIRD);
            String cursor = "pullTransactions/default/" + payBill;
            List<Instant> positions = new ArrayList<>();
            int failures = 0;

            for (int polls = 0; polls < 60 && positions.stream().noneMatch(first.plusSeconds(3_000)::isBefore); polls++) {
                Shop node = polls % 2 == 0 ? one : two;
                Throwable failure = catchThrowable(() -> poll(node));
                // the last one may come to its end before the third query
                failures += failure instanceof DarajaException ? 1 : 0;
                String position = store.cursor(cursor).join();
                if (position != null) {
                    positions.add(Instant.parse(position));
                }
            }

            assertThat(failures).as("on both nodes").isGreaterThan(2);
            assertThat(positions).isSorted();
            await().until(() -> pulled.size() >= 150);
            assertThat(pulled).extracting(Outcome::receiptNumber).doesNotHaveDuplicates().hasSize(150);
        } finally {
            safaricom.plan(FaultPlan.NONE);
        }
    }
}
