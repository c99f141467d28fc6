package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.B2c;
import io.github.cameldaraja.api.DarajaAuthenticationException;
import io.github.cameldaraja.api.DarajaNotSentException;
import io.github.cameldaraja.api.DarajaThrottledException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.ResultScript;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.transaction.MemoryTransactionRepository;
import io.github.cameldaraja.transaction.Transaction;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.logging.log4j.Level;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator whom Safaricom refuses signs nothing more: five wrong passwords in a row would lock him. */
class OperatorCircuitTest extends EndToEnd {

    private static final String WRONG = "Wrong#2026";

    @BeforeEach
    void money() {
        deposit(UTILITY, 100_000);
    }

    private Shop shop() {
        return newShop().route("pay", "daraja:b2c?idempotencyKey=${header.salary}")
                .route("wait", "daraja:b2c?idempotencyKey=${header.salary}&awaitOutcome=true&outcomeTimeout=1h")
                .route("balance", "daraja:accountBalance").route("status", "daraja:transactionStatus")
                .route("push", "daraja:stkPush").collecting("b2c", "stkPush");
    }

    private Shop wrong() {
        return shop().with(component -> component.getConfiguration().setInitiatorPassword(WRONG));
    }

    private MemoryTransactionRepository memory() {
        return new MemoryTransactionRepository(safaricom.clock(), 100_000);
    }

    private static Shop over(TransactionRepository repository, Shop shop) {
        return shop.with(component -> component.setRepository(repository)).open();
    }

    private static Exchange pay(Shop shop, String key) {
        return shop.send("direct:pay", new B2c.Request(PHONE, 100), Map.of("salary", key));
    }

    private static Outcome paid(Shop shop, String key) {
        return outcome(shop.send("direct:wait", new B2c.Request(PHONE, 100), Map.of("salary", key)));
    }

    private static boolean release(Shop shop) {
        return shop.component().services().operators().release("default").join();
    }

    private static boolean isStopped(Shop shop) {
        return !shop.component().services().operators().open().join().isEmpty();
    }

    private static HealthCheck.Result health(Shop shop) {
        return HealthCheckHelper.getHealthCheck(shop.context(), "daraja-operators-default").call();
    }

    @Test
    void aWrongPasswordIsTriedOnceAndThenNothingIsSigned() {
        try (Logs logs = new Logs(Level.ERROR, "io.github.cameldaraja"); Shop shop = wrong().open()) {
            assertThat(health(shop).getState()).isEqualTo(HealthCheck.State.UP);
            assertThat(paid(shop, "1").resultCode()).isEqualTo("2001");
            assertThat(safaricom.results().wrongPasswords()).isEqualTo(1);

            for (int i = 2; i <= 10; i++) {
                assertThat(pay(shop, "" + i).getException()).isInstanceOf(DarajaAuthenticationException.class)
                        .hasMessageStartingWith("nothing was sent").hasMessageContaining("2001").hasMessageContaining("release")
                        .hasMessageNotContaining(WRONG);
                assertThat(shop.send("direct:balance", null).getException()).isInstanceOf(DarajaAuthenticationException.class);
            }
            assertThat(count("b2c.received")).isEqualTo(1);
            assertThat(count("balance.received")).isZero();
            assertThat(safaricom.results().wrongPasswords()).isEqualTo(1);
            assertThat(logs.lines()).filteredOn(line -> line.contains("refuses the operator")).hasSize(1)
                    .allMatch(line -> line.contains("2001") && line.contains("default"));
            assertThat(logs.lines()).noneMatch(line -> line.contains(WRONG));

            HealthCheck.Result down = health(shop);
            assertThat(down.getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(down.getDetails()).containsKey("refused.default");
            assertThat(HealthCheckHelper.invokeReadiness(shop.context())).noneMatch(one -> one.getCheck().getId()
                    .startsWith("daraja"));
            assertThat(HealthCheckHelper.invokeLiveness(shop.context())).noneMatch(one -> one.getCheck().getId()
                    .startsWith("daraja"));

            // what he does not sign goes on
            shop.send("direct:push", new StkPush.Request(PHONE, 100, "INV-1"));
            await().until(() -> shop.outcomes().stream().anyMatch(one -> one.operation().equals("stkPush") && one.isCompleted()));
        }
    }

    @Test
    void aRefusedOneLeavesItsKeyFree() {
        MemoryTransactionRepository repository = memory();
        try (Shop shop = over(repository, wrong())) {
            paid(shop, "1");
            assertThat(pay(shop, "2").getException()).isInstanceOf(DarajaAuthenticationException.class);
        }
        // another password, and nobody need release anything
        try (Shop shop = over(repository, shop())) {
            assertThat(paid(shop, "2").isCompleted()).isTrue();
            assertThat(transfers()).hasSize(1);
            assertThat(health(shop).getState()).isEqualTo(HealthCheck.State.UP);
        }
        // the wrong one is still refused, and not tried
        try (Shop shop = over(repository, wrong())) {
            assertThat(pay(shop, "3").getException()).isInstanceOf(DarajaAuthenticationException.class);
        }
        assertThat(count("b2c.received")).isEqualTo(2);
    }

    @Test
    void questionsWaitWithoutCountingAndGoOnWithTheRightPassword() {
        MemoryTransactionRepository repository = memory();
        List<String> references = new ArrayList<>();
        safaricom.results().always(ResultApi.B2C, ResultScript.succeeds().lostCallback());
        try (Shop shop = over(repository, shop())) {
            for (int i = 0; i < 10; i++) {
                references.add(pay(shop, "" + i).getMessage().getBody(Acknowledgement.class).reference());
            }
            await().until(() -> transfers().size() == 10);
        }
        try (Shop shop = over(repository, wrong())) {
            advance(shop, Duration.ofSeconds(21));
            await().until(() -> isStopped(shop));
            for (int i = 0; i < 60; i++) {
                advance(shop, Duration.ofHours(1));
            }
            assertThat(safaricom.results().wrongPasswords()).isBetween(1, 2);
            assertThat(safaricom.results().operatorLocked()).isFalse();
            assertThat(repository.all()).allMatch(payment -> payment.status() == PaymentStatus.PENDING && payment.questions() <= 1
                    && payment.dueAt() != null);
        }
        try (Shop shop = over(repository, shop())) {
            await().until(() -> {
                advance(shop, Duration.ofMinutes(1));
                return repository.all().stream().allMatch(payment -> payment.status() == PaymentStatus.COMPLETED);
            });
            await().until(() -> shop.outcomes().size() == 10);
            assertThat(shop.outcomes()).extracting(Outcome::reference).containsExactlyInAnyOrderElementsOf(references);
        }
    }

    @Test
    void afterAReleaseOnlyAFewTryWhetherItIsRight() {
        try (Shop shop = wrong().open()) {
            paid(shop, "1");
            assertThat(release(shop)).isTrue();
            assertThat(release(shop)).as("released before").isFalse();
            assertThat(health(shop).getState()).isEqualTo(HealthCheck.State.UP);

            safaricom.results().always(ResultApi.B2C, ResultScript.succeeds().callbackAfter(Duration.ofSeconds(3)));
            safaricom.clock().freeze();
            List<CompletableFuture<Exchange>> all = new ArrayList<>();
            for (int i = 2; i <= 31; i++) {
                all.add(shop.sendAsync("direct:pay", new B2c.Request(PHONE, 100), Map.of("salary", "" + i)));
            }
            all.forEach(CompletableFuture::join);
            assertThat(all).filteredOn(one -> one.join().getException() == null).hasSize(2);
            assertThat(all).filteredOn(one -> one.join().getException() != null).hasSize(28)
                    .allMatch(one -> one.join().getException() instanceof DarajaThrottledException);
            advance(shop, Duration.ofSeconds(1));
            advance(shop, Duration.ofSeconds(3));
            await().until(() -> isStopped(shop));
            assertThat(safaricom.results().wrongPasswords()).isEqualTo(3);
            assertThat(safaricom.results().operatorLocked()).isFalse();
        }
    }

    @Test
    void afterAReleaseTheFirstGoodAnswerOpensTheWay() {
        try (Shop shop = shop().open()) {
            safaricom.results().lockOperator();
            assertThat(paid(shop, "1").resultCode()).isEqualTo("8006");
            assertThat(isStopped(shop)).isTrue();
            safaricom.results().unlockOperator();
            assertThat(release(shop)).isTrue();
            assertThat(paid(shop, "2").isCompleted()).isTrue();
            List<CompletableFuture<Exchange>> all = new ArrayList<>();
            for (int i = 3; i <= 22; i++) {
                all.add(shop.sendAsync("direct:wait", new B2c.Request(PHONE, 100), Map.of("salary", "" + i)));
            }
            assertThat(all).allMatch(one -> outcome(one.join()).isCompleted());
            assertThatThrownBy(() -> shop.component().services().operators().release("nobody")).hasMessageContaining("nobody");
        }
    }

    @Test
    void everyCodeAboutTheOperatorCountsWhereverItIsSaid() {
        try (Shop shop = shop().open()) {
            for (String code : List.of("2001", "18", "20", "21", "8006", "TP40153")) {
                safaricom.results().next(ResultApi.B2C, ResultScript.result(code));
                assertThat(paid(shop, "result " + code).resultCode()).isEqualTo(code);
                assertThat(isStopped(shop)).as("a result of %s", code).isTrue();
                assertThat(release(shop)).isTrue();

                safaricom.results().next(ResultApi.BALANCE, ResultScript.result(code));
                shop.send("direct:balance", null);
                await().until(() -> isStopped(shop));
                release(shop);

                safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().errorBeforeAccepting(400, code, "The initiator"));
                assertThat(pay(shop, "refused " + code).getException()).isNotNull();
                await().until(() -> isStopped(shop));
                release(shop);
                assertThat(paid(shop, "good " + code).isCompleted()).isTrue();
            }
        }
    }

    @Test
    void whatIsNotAboutHimStopsNothing() {
        try (Shop shop = shop().open()) {
            for (String code : List.of("1", "17", "22", "2008", "2040", "SFC_IC0003")) {
                safaricom.results().next(ResultApi.B2C, ResultScript.result(code).callbackBeforeAnswer());
                pay(shop, code);
            }
            // of a push it is the customer's PIN
            safaricom.faults().nextPush(Script.result(2001));
            shop.send("direct:push", new StkPush.Request(PHONE, 100, "INV-1"));
            await().until(() -> shop.outcomes().stream().anyMatch(one -> "2001".equals(one.resultCode())));
            assertThat(isStopped(shop)).isFalse();
        }
    }

    @Test
    void nobodyElsesWordStopsAnything() {
        try (Shop shop = shop().with(component -> {
            component.setCallbackSources("196.201.214.0/24");
            component.setAskWhenLate(false);
        }).open()) {
            safaricom.results().next(ResultApi.B2C, ResultScript.result("2001"));
            pay(shop, "1");
            await().until(() -> shop.repository().kept().size() == 1);
            assertThat(isStopped(shop)).isFalse();
        }
    }

    @Test
    void aRefusalOfBeforeTheReleaseSaysNothingNew() {
        try (Shop shop = wrong().with(component -> component.setAskWhenLate(false)).open()) {
            safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().callbackAfter(Duration.ofHours(2)));
            Acknowledgement late = pay(shop, "1").getMessage().getBody(Acknowledgement.class);
            assertThat(paid(shop, "2").resultCode()).isEqualTo("2001");
            advance(shop, Duration.ofHours(1));
            assertThat(release(shop)).isTrue();
            advance(shop, Duration.ofHours(2));
            await().until(() -> shop.payment(late.reference()).status() == PaymentStatus.FAILED);
            assertThat(isStopped(shop)).isFalse();
        }
    }

    @Test
    void afterAReleaseOnlyAFewOfAllNodesTry(@TempDir Path directory) {
        JdbcConnectionPool connections = JdbcConnectionPool.create("jdbc:h2:file:" + directory.resolve("payments"), "sa", "");
        connections.setMaxConnections(30);
        try (Shop one = over(Databases.repository(connections), wrong()); Shop two = over(Databases.repository(connections), wrong());
             Shop three = over(Databases.repository(connections), wrong())) {
            paid(one, "1");
            assertThat(release(one)).isTrue();
            safaricom.results().always(ResultApi.B2C, ResultScript.succeeds().callbackAfter(Duration.ofSeconds(3)));
            safaricom.clock().advance(Duration.ofSeconds(2));
            safaricom.clock().freeze();
            List<CompletableFuture<Exchange>> all = new ArrayList<>();
            for (int i = 2; i <= 10; i++) {
                for (Shop node : List.of(one, two, three)) {
                    all.add(node.sendAsync("direct:pay", new B2c.Request(PHONE, 100), Map.of("salary", i + "/" + all.size())));
                }
            }
            all.forEach(CompletableFuture::join);
            assertThat(all).filteredOn(sent -> sent.join().getException() == null).hasSize(2);
            assertThat(all).filteredOn(sent -> sent.join().getException() != null).hasSize(25)
                    .allMatch(refused -> refused.join().getException() instanceof DarajaThrottledException);

            safaricom.clock().advance(Duration.ofSeconds(4));

            await().until(() -> isStopped(one) || isStopped(two) || isStopped(three));
            assertThat(safaricom.results().wrongPasswords()).isEqualTo(3);
            assertThat(safaricom.results().operatorLocked()).isFalse();
        } finally {
            connections.dispose();
        }
    }

    @Test
    void allNodesKnowAndARestartForgetsNothing(@TempDir Path directory) {
        JdbcConnectionPool connections = JdbcConnectionPool.create("jdbc:h2:file:" + directory.resolve("payments"), "sa", "");
        try {
            try (Shop one = over(Databases.repository(connections), wrong());
                 Shop other = over(Databases.repository(connections), wrong())) {
                paid(one, "1");
                safaricom.clock().advance(Duration.ofSeconds(2));
                assertThat(pay(other, "2").getException()).isInstanceOf(DarajaAuthenticationException.class);
            }
            try (Shop again = over(Databases.repository(connections), wrong())) {
                assertThat(health(again).getState()).isEqualTo(HealthCheck.State.DOWN);
                assertThat(pay(again, "3").getException()).isInstanceOf(DarajaAuthenticationException.class);
                assertThat(release(again)).isTrue();
                assertThat(paid(again, "4").resultCode()).isEqualTo("2001");
                assertThat(isStopped(again)).isTrue();
            }
            assertThat(safaricom.results().wrongPasswords()).isEqualTo(2);
        } finally {
            connections.dispose();
        }
    }

    @Test
    void aStoreThatDoesNotSayLetsNothingGo() {
        AtomicBoolean down = new AtomicBoolean();
        MemoryTransactionRepository repository = memory();
        try (Shop shop = over(Repositories.of(repository, (call, arguments) -> down.get() && call.equals("cursor")
                ? CompletableFuture.failedFuture(new IllegalStateException("the store is down")) : null), shop())) {
            down.set(true);
            assertThat(pay(shop, "1").getException()).isInstanceOf(DarajaNotSentException.class);
            assertThat(health(shop).getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(count("b2c.received")).isZero();
            down.set(false);
            assertThat(paid(shop, "1").isCompleted()).isTrue();
        }
    }

    @Test
    void whatCouldNotBeStoredIsStoredLater() {
        AtomicBoolean down = new AtomicBoolean(true);
        MemoryTransactionRepository repository = memory();
        try (Shop shop = over(Repositories.of(repository, (call, arguments) -> down.get() && call.equals("moveCursor")
                ? CompletableFuture.failedFuture(new IllegalStateException("the store is down")) : null), wrong())) {
            paid(shop, "1");
            for (int i = 2; i < 6; i++) {
                safaricom.clock().advance(Duration.ofSeconds(2));
                assertThat(pay(shop, "" + i).getException()).isInstanceOf(DarajaAuthenticationException.class);
            }
            down.set(false);
            safaricom.clock().advance(Duration.ofSeconds(2));
            pay(shop, "6");
        }
        try (Shop again = over(repository, wrong())) {
            assertThat(pay(again, "7").getException()).isInstanceOf(DarajaAuthenticationException.class);
        }
        assertThat(safaricom.results().wrongPasswords()).isEqualTo(1);
        assertThat(repository.all()).extracting(Transaction::status).containsOnly(PaymentStatus.FAILED);
    }
}
