package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.api.DarajaNotSentException;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaThrottledException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.transaction.FailingRepository;
import io.github.cameldaraja.transaction.FailingRepository.Step;
import io.github.cameldaraja.transaction.MemoryTransactionRepository;
import io.github.cameldaraja.transaction.Transaction;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** Two nodes on one store: who joins a payment of the other one is told what becomes of it, and it is sent once. */
class NodesTest extends EndToEnd {

    private static final StkPush.Request HUNDRED = new StkPush.Request(PHONE, 100, "INV-1");
    private static final Map<String, Object> ORDER = Map.of("order", "order-1");

    private final MemoryTransactionRepository store = new MemoryTransactionRepository(safaricom.clock(), 1000);

    private Shop node(TransactionRepository store) {
        return Shop.at(safaricom).with(component -> {
            component.setRepository(store);
            component.setAskWhenLate(false);
        }).route("key", "daraja:stkPush?idempotencyKey=${header.order}")
                .route("wait", "daraja:stkPush?idempotencyKey=${header.order}&awaitOutcome=true&outcomeTimeout=10m");
    }

    private CompletableFuture<Exchange> startSending(Shop node, String route, Script script) {
        safaricom.faults().nextPush(script);
        CompletableFuture<Exchange> sending = node.sendAsync("direct:" + route, HUNDRED, ORDER);
        await().until(() -> safaricom.counters().pushes() == 1);
        return sending;
    }

    private static void assertReplayed(Exchange done, Object reference) {
        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getHeaders()).containsEntry(DarajaConstants.REPLAYED, true)
                .containsEntry(DarajaConstants.REFERENCE, reference);
    }

    // a node whose answer from Safaricom is stored when the test says so
    private Shop slowNode(CompletableFuture<Void> answered) {
        return node(Repositories.of(store, (call, arguments) -> switch (call) {
            case "update" -> answered.thenCompose(now -> update(arguments));
            case "abandon" -> answered.thenCompose(now -> store.abandon((String) arguments[0], (Outcome) arguments[1]));
            default -> null;
        }));
    }

    @SuppressWarnings("unchecked")
    private CompletableFuture<Transaction> update(Object[] arguments) {
        return store.update((String) arguments[0], (UnaryOperator<Transaction>) arguments[1]);
    }

    private Shop lookingNode(AtomicInteger looks) {
        return node(Repositories.of(store, (call, arguments) -> {
            if (call.equals("find") && arguments.length == 1) {
                looks.incrementAndGet();
            }
            return null;
        }));
    }

    private static Exchange done(CompletableFuture<Exchange> one) {
        return one.orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Test
    void whoComesWhileTheOtherNodeIsSendingGetsItsAcknowledgement() {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        AtomicInteger looks = new AtomicInteger();
        try (Shop sender = slowNode(answered).open(); Shop joiner = lookingNode(looks).open()) {
            CompletableFuture<Exchange> sending = startSending(sender, "key", Script.pays().lostCallback());
            CompletableFuture<Exchange> joining = joiner.sendAsync("direct:key", HUNDRED, ORDER);
            await().until(() -> looks.get() >= 3);
            assertThat(joining).isNotDone();
            answered.complete(null);

            Exchange joined = done(joining);
            assertReplayed(joined, pending(done(sending)).reference());
            assertThat(joined.getMessage().getHeaders()).containsEntry(DarajaConstants.STATUS, "PENDING").containsEntry(
                    DarajaConstants.CHECKOUT_REQUEST_ID, done(sending).getMessage().getHeader(DarajaConstants.CHECKOUT_REQUEST_ID));
            assertThat(safaricom.counters().pushes()).isEqualTo(1);
        }
    }

    @Test
    void whoHasJoinedIsToldWhenTheOtherNodeIsRefused() {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        AtomicInteger looks = new AtomicInteger();
        try (Shop sender = slowNode(answered).open(); Shop joiner = lookingNode(looks).open()) {
            CompletableFuture<Exchange> sending = startSending(sender, "wait", Script.pays().systemBusy());
            CompletableFuture<Exchange> waiting = joiner.sendAsync("direct:wait", HUNDRED, ORDER);
            await().until(() -> looks.get() == 1);
            CompletableFuture<Exchange> joining = joiner.sendAsync("direct:key", HUNDRED, ORDER);
            await().until(() -> looks.get() >= 3);
            answered.complete(null);

            assertThat(done(sending).getException()).isInstanceOf(DarajaThrottledException.class);
            assertRefusal(done(joining), DarajaNotSentException.class, "500.003.02", "SYSTEM", true);
            safaricom.clock().advance(Duration.ofSeconds(2));
            assertRefusal(done(waiting), DarajaNotSentException.class, "500.003.02", "SYSTEM", true);
            assertThat(safaricom.counters().pushes()).isEqualTo(1);
            // and its own attempt is the first
            assertThat(outcome(joiner.send("direct:wait", HUNDRED, ORDER)).isCompleted()).isTrue();
        }
    }

    @Test
    void ofASenderThatNeverToldWhatBecameOfItNothingIsKnownAfterAWhile() {
        // it has sent, and dies before it can store what it was answered
        FailingRepository dying = new FailingRepository(store);
        try (Shop sender = node(dying).open(); Shop joiner = node(store).open()) {
            dying.breakDown(Step.UPDATE);
            startSending(sender, "key", Script.pays().lostCallback()).join();
            CompletableFuture<Exchange> joined = joiner.sendAsync("direct:key", HUNDRED, ORDER);
            CompletableFuture<Exchange> waiting = joiner.sendAsync("direct:wait", HUNDRED, ORDER);
            joiner.look();
            assertThat(joined).as("its answer could still come").isNotDone();

            safaricom.clock().advance(Duration.ofSeconds(36));

            assertThat(done(joined).getException()).isInstanceOf(DarajaOutcomeUnknownException.class)
                    .hasMessageContaining("not sent again");
            assertThat(joiner.send("direct:key", HUNDRED, ORDER).getException()).as("at once, from now on")
                    .isInstanceOf(DarajaOutcomeUnknownException.class);
            assertThat(waiting).as("the callback may come at any time").isNotDone();
            assertThat(safaricom.counters().pushes()).isEqualTo(1);
        }
    }

    @Test
    void whoStopsDoesNotWaitForTheOtherNode() throws Exception {
        FailingRepository dying = new FailingRepository(store);
        try (Shop sender = node(dying).open()) {
            dying.breakDown(Step.UPDATE);
            startSending(sender, "key", Script.pays().lostCallback()).join();
            CompletableFuture<Exchange> joined;
            try (Shop joiner = node(store).open()) {
                joined = joiner.sendAsync("direct:key", HUNDRED, ORDER);
                joiner.look();
            }
            assertThat(joined.get(1, TimeUnit.SECONDS).getException()).isInstanceOf(DarajaOutcomeUnknownException.class);
        }
    }

    @Test
    void whoWaitsOnTheOtherNodeGoesOnWithTheOutcomeAndTakesItFromNobody() {
        try (Shop first = node(store).collecting().open(); Shop second = node(store).collecting().open()) {
            CompletableFuture<Exchange> taker = startSending(first, "wait", Script.pays().callbackAfter(Duration.ofMinutes(1)));
            await().until(() -> store.all().get(0).status() == PaymentStatus.PENDING);
            CompletableFuture<Exchange> joiner = second.sendAsync("direct:wait", HUNDRED, ORDER);
            second.look();
            assertThat(joiner).isNotDone();

            safaricom.clock().advance(Duration.ofMinutes(1));
            Outcome paid = outcome(done(taker));
            assertThat(done(taker).getMessage().getHeader(DarajaConstants.REPLAYED)).isNull();
            safaricom.clock().advance(Duration.ofSeconds(2));

            assertReplayed(done(joiner), paid.reference());
            assertThat(outcome(done(joiner))).isEqualTo(paid);
            assertThat(List.of(first, second)).allMatch(node -> node.outcomes().isEmpty());
            assertThat(safaricom.counters().pushes()).isEqualTo(1);
        }
    }

    @Test
    void whoWaitsOnTheOtherNodeDoesNotKeepTheOutcomeFromTheConsumer() {
        try (Shop first = node(store).collecting().open(); Shop second = node(store).open()) {
            Exchange acknowledged = startSending(first, "key", Script.pays().callbackAfter(Duration.ofMinutes(1))).join();
            CompletableFuture<Exchange> joiner = second.sendAsync("direct:wait", HUNDRED, ORDER);
            second.look();

            // the callback comes to the first node, on which nobody waits
            safaricom.clock().advance(Duration.ofMinutes(1));
            Outcome told = told(first, pending(acknowledged).reference());
            safaricom.clock().advance(Duration.ofSeconds(2));

            assertReplayed(done(joiner), told.reference());
            assertThat(outcome(done(joiner)).receiptNumber()).isEqualTo(told.receiptNumber());
            assertThat(first.outcomes()).hasSize(1);
        }
    }

    @Test
    void whoWaitsOnTheOtherNodeForWhatOnlyAPersonKnowsIsToldSo() {
        try (Shop first = node(store).open(); Shop second = node(store).open()) {
            startSending(first, "key", Script.pays().lostCallback()).join();
            CompletableFuture<Exchange> joiner = second.sendAsync("direct:wait", HUNDRED, ORDER);
            second.look();
            store.update(store.all().get(0).reference(), one -> one.unresolved(safaricom.clock().instant())).join();

            safaricom.clock().advance(Duration.ofSeconds(2));

            assertThat(outcome(done(joiner)).status()).isEqualTo(PaymentStatus.UNRESOLVED);
        }
    }

    @Test
    void aStoreThatThrowsOnceDoesNotEndTheLooking() {
        AtomicInteger looks = new AtomicInteger();
        TransactionRepository throwing = Repositories.of(store, (call, arguments) -> {
            if (call.equals("find") && arguments.length == 1 && looks.incrementAndGet() == 2) {
                throw new IllegalStateException("the store is down");
            }
            return null;
        });
        try (Shop first = node(store).collecting().open(); Shop second = node(throwing).open()) {
            startSending(first, "key", Script.pays().callbackAfter(Duration.ofMinutes(1))).join();
            CompletableFuture<Exchange> joiner = second.sendAsync("direct:wait", HUNDRED, ORDER);
            await().until(() -> {
                safaricom.clock().advance(Duration.ofSeconds(1));
                return looks.get() >= 2;
            });
            safaricom.clock().advance(Duration.ofMinutes(1));
            await().until(() -> first.outcomes().size() == 1);
            // not for so long that its time is over
            advance(second, Duration.ofSeconds(3));

            assertThat(outcome(done(joiner)).isCompleted()).isTrue();
            assertThat(looks.get()).isGreaterThan(2);
        }
    }
}
