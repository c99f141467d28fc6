package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.account.Commons;
import io.github.cameldaraja.account.SharedToken;
import io.github.cameldaraja.api.DarajaAuthenticationException;
import io.github.cameldaraja.api.DarajaNotSentException;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.simulator.TokenFault;
import io.github.cameldaraja.transaction.TransactionRepository;
import io.github.cameldaraja.transaction.jdbc.JdbcTransactionRepository;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** Nodes on one database use one access token, and ask for a new one once in its life and once after each revocation. */
class SharedTokenTest extends DatabaseEndToEnd {

    private final AtomicInteger phones = new AtomicInteger(254_713_000);

    private Shop node() {
        return node(store());
    }

    private JdbcTransactionRepository store() {
        JdbcTransactionRepository store = Databases.repository(connections());
        store.setClock(safaricom.clock());
        return store;
    }

    private Shop node(TransactionRepository store) {
        return newShop().with(component -> {
            component.setRepository(store);
            component.setAskWhenLate(false);
        }).route("pay", "daraja:stkPush").collecting();
    }

    /** One whose way to what nodes have in common misbehaves. */
    private Shop node(Repositories.Instead instead) {
        return node(Repositories.sharing(store(), instead));
    }

    private StkPush.Request hundred() {
        return new StkPush.Request(phones.incrementAndGet() + "111", 100, "INV-1");
    }

    private CompletableFuture<Exchange> pay(Shop node) {
        return node.sendAsync("direct:pay", hundred());
    }

    private void assertPaid(List<CompletableFuture<Exchange>> payments) {
        for (CompletableFuture<Exchange> one : payments) {
            assertThat(one.orTimeout(20, TimeUnit.SECONDS).join().getException()).isNull();
        }
    }

    private void payAtOnce(int each, Shop... nodes) {
        List<CompletableFuture<Exchange>> all = new ArrayList<>();
        for (int i = 0; i < each; i++) {
            for (Shop node : nodes) {
                all.add(pay(node));
            }
        }
        assertPaid(all);
    }

    @Test
    void threeNodesAskOnceInALifeAndOnceAfterARevocation() throws Exception {
        try (Shop one = node().open(); Shop two = node().open(); Shop three = node().open()) {
            payAtOnce(20, one, two, three);
            assertThat(safaricom.counters().tokenCalls()).isEqualTo(1);
            assertThat(safaricom.counters().pushes()).as("none was refused").isEqualTo(60);
            int pushes = 60;
            for (int life = 2; life <= 4; life++) {
                safaricom.clock().advance(Duration.ofMinutes(59));
                payAtOnce(5, one, two, three);
                assertThat(safaricom.counters().tokenCalls()).isEqualTo(life);
                pushes += 15;
                assertThat(safaricom.counters().pushes()).as("the old one was given up in time").isEqualTo(pushes);
            }
            for (int calls = 5; calls <= 7; calls++) {
                safaricom.revokeTokens();
                payAtOnce(5, one, two, three);
                assertThat(safaricom.counters().tokenCalls()).isEqualTo(calls);
            }
            assertThat(safaricom.counters().acceptedPushes()).isEqualTo(60 + 6 * 15);
        }
        // a start is no reason for a new one either
        try (Shop later = node().open()) {
            payAtOnce(1, later);
            assertThat(safaricom.counters().tokenCalls()).isEqualTo(7);
        }
        String token = safaricom.requests().stream().filter(request -> request.path().contains("/stkpush/")).reduce((a, b) -> b)
                .orElseThrow().headers().get("authorization").substring("Bearer ".length());
        Map<String, String> everything = Databases.everything(connections());
        assertThat(everything.keySet()).contains("daraja_token.sealed", "daraja_token.app");
        assertThat(everything.values()).noneMatch(text -> text.contains(token)
                || text.contains(safaricom.credentials().consumerSecret()) || text.contains(safaricom.credentials().consumerKey()));
    }

    @Test
    void aTokenThatAPersonWantsAnewIsNewForAll() {
        try (Shop one = node().open(); Shop two = node().open()) {
            payAtOnce(1, two);
            DarajaServices services = one.component().services();
            // it has none yet, and does not take the one that is there
            services.gateway().refreshToken(services.accounts().get("default"));
            await().until(() -> safaricom.counters().tokenCalls() == 2);

            payAtOnce(5, one, two);

            assertThat(safaricom.counters().tokenCalls()).isEqualTo(2);
        }
    }

    @Test
    void whatAnotherAppIsGivenIsNotShared() {
        try (Shop one = node().open(); Shop other = node().with(component ->
                component.getConfiguration().setConsumerSecret("guessed")).open()) {
            payAtOnce(1, one);

            assertThat(pay(other).join().getException()).as("who does not know the secret").isNotNull();

            payAtOnce(1, one);
            assertThat(safaricom.counters().acceptedPushes()).isEqualTo(2);
        }
    }

    @Test
    void aNodeThatDiesBetweenTokenAndStoreKeepsTheOthersWaitingForItsLeaseOnly() {
        CompletableFuture<Void> lives = new CompletableFuture<>();
        CompletableFuture<Void> fetched = new CompletableFuture<>();
        JdbcTransactionRepository store = store();
        Commons commons = store.commons().orElseThrow();
        Shop dying = node(Repositories.sharing(store, (call, arguments) -> switch (call) {
            case "putToken" -> {
                fetched.complete(null);
                yield lives.thenCompose(now -> commons.putToken((String) arguments[0], (String) arguments[1],
                        (SharedToken) arguments[2]));
            }
            case "prolong" -> CompletableFuture.completedFuture(true);
            default -> null;
        })).with(component -> component.setStoreTimeout(Duration.ofMinutes(1)));
        try (dying; Shop other = node().open()) {
            dying.open();
            CompletableFuture<Exchange> first = pay(dying);
            fetched.join();

            CompletableFuture<Exchange> second = pay(other);
            safaricom.clock().advance(Duration.ofSeconds(9));
            other.look();
            assertThat(second).as("somebody is asking").isNotDone();
            safaricom.clock().advance(Duration.ofSeconds(2));

            assertPaid(List.of(second));
            assertThat(safaricom.counters().tokenCalls()).isEqualTo(2);
            // it was not dead, only slow: its own token is, and it takes the other's
            lives.complete(null);
            assertPaid(List.of(first));
            assertThat(safaricom.counters().tokenCalls()).isEqualTo(2);
            assertThat(safaricom.counters().pushes()).as("none was refused").isEqualTo(2);
        }
    }

    @Test
    void whereTheStoreIsDownEachNodeGoesOnByItselfAndLaterTheyAgreeAgain() {
        AtomicInteger broken = new AtomicInteger();
        Repositories.Instead flaky = (call, arguments) -> broken.get() > 0
                ? CompletableFuture.failedFuture(new IllegalStateException("the store is down")) : null;
        try (Shop one = node(flaky).open(); Shop two = node(flaky).open()) {
            payAtOnce(1, one, two);
            broken.set(1);
            safaricom.revokeTokens();

            // each kills the other's
            for (int i = 0; i < 3; i++) {
                payAtOnce(1, one);
                payAtOnce(1, two);
            }

            assertThat(safaricom.counters().acceptedPushes()).isEqualTo(8);
            broken.set(0);
            // what the store has died long ago, and that is no reason to refuse a payment
            payAtOnce(1, one);
            payAtOnce(1, two);
            payAtOnce(5, one, two);
            int calls = safaricom.counters().tokenCalls();
            payAtOnce(5, one, two);
            assertThat(safaricom.counters().tokenCalls()).isEqualTo(calls);
            assertThat(safaricom.counters().acceptedPushes()).isEqualTo(30);
        }
    }

    @Test
    void aStoreThatDoesNotAnswerIsNotWaitedForForEver() {
        Repositories.Instead hanging = (call, arguments) -> new CompletableFuture<>();
        try (Shop node = node(hanging).with(component -> component.setStoreTimeout(Duration.ofMillis(200))).open()) {
            payAtOnce(3, node);

            assertThat(safaricom.counters().tokenCalls()).isEqualTo(1);
        }
    }

    @Test
    void aRefusalIsHeardByWhoeverWaitsAndFreesTheNext() {
        try (Shop one = node().open(); Shop two = node().open()) {
            safaricom.faults().nextToken(TokenFault.INVALID_CREDENTIALS);
            assertThat(pay(one).join().getException()).isInstanceOf(DarajaAuthenticationException.class);

            payAtOnce(1, two, one);

            assertThat(safaricom.counters().tokenCalls()).isEqualTo(2);
        }
    }

    @Test
    void whoStopsWhileAnotherAsksDoesNotWait() {
        JdbcTransactionRepository store = store();
        Shop waiting = node(store).open();
        String app = waiting.component().services().accounts().get("default").appId();
        store.commons().orElseThrow().lease(app, "another", safaricom.clock().instant(), safaricom.clock().instant().plusSeconds(10))
                .join();
        CompletableFuture<Exchange> payment = pay(waiting);
        await().until(() -> store.commons().orElseThrow().token(app).thenApply(none -> true).join());
        waiting.close();

        assertThat(payment.orTimeout(10, TimeUnit.SECONDS).join().getException())
                .isInstanceOf(DarajaNotSentException.class);
        assertThat(safaricom.counters().tokenCalls()).isZero();
    }
}
