package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.api.B2c;
import io.github.cameldaraja.api.DarajaNotSentException;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaThrottledException;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.simulator.RecordedRequest;
import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.ResultScript;
import io.github.cameldaraja.transaction.FailingRepository;
import io.github.cameldaraja.transaction.MemoryTransactionRepository;
import io.github.cameldaraja.transaction.Transaction;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Equal payouts are sent at a distance, because M-Pesa refuses those that come closer; each is paid once. */
class PayoutSpacingTest extends EndToEnd {

    private static final B2c.Request HUNDRED = new B2c.Request(PHONE, 100);
    private static final Duration GAP = Duration.ofMinutes(2);

    private final MemoryTransactionRepository store = new MemoryTransactionRepository(safaricom.clock(), 10_000);

    @BeforeEach
    void money() {
        deposit(UTILITY, 100_000);
    }

    private Shop shop(TransactionRepository repository) {
        return newShop().with(component -> {
            component.setRepository(repository);
            component.setPayoutSpacing(new DarajaComponent().getPayoutSpacing());
        }).route("pay", "daraja:b2c?idempotencyKey=${header.key}")
                .route("wait", "daraja:b2c?idempotencyKey=${header.key}&awaitOutcome=true&outcomeTimeout=10m")
                .route("v1", "daraja:b2c?idempotencyKey=${header.key}&awaitOutcome=true&version=v1").collecting("b2c");
    }

    private static CompletableFuture<Exchange> start(Shop shop, String route, B2c.Request body, Object key) {
        return shop.sendAsync("direct:" + route, body, Map.of("key", key));
    }

    private static void assertPaid(CompletableFuture<Exchange> done) {
        assertThat(outcome(done.join()).isCompleted()).isTrue();
    }

    private Transaction waiting(String key) {
        return await().until(() -> store.all().stream().filter(one -> key.equals(one.idempotencyKey()) && one.waitsToBeSent()).findFirst()
                .orElse(null), one -> one != null);
    }

    private List<Instant> sentAt() {
        return safaricom.requests().stream().filter(request -> request.path().contains("/b2c/")).map(RecordedRequest::at).toList();
    }

    @Test
    void equalLinesArePaidOneAfterTheOther() {
        try (Shop shop = shop(store).open()) {
            assertPaid(start(shop, "wait", HUNDRED, "1"));
            List<CompletableFuture<Exchange>> equal = new ArrayList<>();
            for (int i = 2; i < 5; i++) {
                equal.add(start(shop, i == 3 ? "v1" : "wait", HUNDRED, "" + i));
                waiting("" + i);
            }
            assertPaid(start(shop, "wait", new B2c.Request(PHONE, 101), "other amount"));
            assertPaid(start(shop, "wait", new B2c.Request("0712000061", 100), "other customer"));
            assertThat(count("b2c.received")).isEqualTo(3);
            assertThat(equal).noneMatch(CompletableFuture::isDone);

            for (CompletableFuture<Exchange> one : equal) {
                safaricom.clock().advance(GAP);
                assertPaid(one);
            }
            List<Instant> sent = sentAt();
            assertThat(sent).hasSize(6);
            List<Instant> spaced = List.of(sent.get(0), sent.get(3), sent.get(4), sent.get(5));
            for (int i = 1; i < 4; i++) {
                assertThat(Duration.between(spaced.get(i - 1), spaced.get(i))).isGreaterThanOrEqualTo(GAP.minusSeconds(1));
            }
            assertThat(transfers()).hasSize(6);
            assertThat(store.all()).noneMatch(Transaction::isUnattended);
        }
    }

    @Test
    void whoWouldHaveToWaitTooLongIsToldWhenToComeAgain() {
        try (Shop shop = shop(store).open()) {
            assertPaid(start(shop, "wait", HUNDRED, "first"));
            IntStream.range(0, 5).forEach(i -> {
                start(shop, "wait", HUNDRED, "n" + i);
                waiting("n" + i);
            });
            Instant now = safaricom.clock().instant();

            Exchange refused = start(shop, "wait", HUNDRED, "last").join();

            assertThat(refused.getException()).isInstanceOf(DarajaThrottledException.class)
                    .hasMessageContaining("payouts of the same amount to this customer come first").hasMessageContaining("nothing was sent");
            assertThat(((DarajaThrottledException) refused.getException()).getRetryAt()).isAfter(now.plus(GAP.multipliedBy(5)))
                    .isBeforeOrEqualTo(now.plus(GAP.multipliedBy(6)));
            assertThat(count("b2c.received")).isEqualTo(1);
        }
    }

    @Test
    void whoHoldsATransactionDoesNotWait() {
        try (Shop shop = shop(store).routes(new RouteBuilder() {
            @Override
            public void configure() {
                // as transacted() marks it
                from("direct:transacted").process(e -> e.getUnitOfWork().beginTransactedBy("test"))
                        .to("daraja:b2c?idempotencyKey=${header.key}");
            }
        }).open()) {
            assertPaid(start(shop, "wait", HUNDRED, "1"));
            Exchange refused = start(shop, "transacted", HUNDRED, "2").join();
            assertThat(refused.getException()).isInstanceOf(DarajaThrottledException.class).hasMessageContaining("cannot wait so long");
            assertThat(store.all()).hasSize(1);
        }
    }

    @Test
    void whatWasRefusedOrFailedIsNoReasonToWait() {
        try (Shop shop = shop(store).open()) {
            safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().systemBusy());
            assertThat(start(shop, "wait", HUNDRED, "1").join().getException()).isInstanceOf(DarajaThrottledException.class);
            safaricom.results().next(ResultApi.B2C, ResultScript.result(8));
            assertThat(outcome(start(shop, "wait", HUNDRED, "1").join()).status()).isEqualTo(PaymentStatus.FAILED);
            assertPaid(start(shop, "wait", HUNDRED, "2"));
        }
    }

    @Test
    void nodesKeepTheDistanceTogether() {
        try (Shop shop = shop(store).open(); Shop other = shop(store).open()) {
            assertPaid(start(shop, "wait", HUNDRED, "1"));
            CompletableFuture<Exchange> second = start(other, "pay", HUNDRED, "2");
            waiting("2");
            CompletableFuture<Exchange> joined = start(shop, "pay", HUNDRED, "2");
            assertThat(second).isNotDone();

            safaricom.clock().advance(GAP);
            String reference = pending(second.join()).reference();
            await().until(() -> {
                safaricom.clock().advance(Duration.ofSeconds(1));
                return joined.isDone();
            });
            assertThat(joined.join().getMessage().getHeaders()).containsEntry(DarajaConstants.REPLAYED, true)
                    .containsEntry(DarajaConstants.REFERENCE, reference);
            assertThat(transfers()).hasSize(2);
        }
    }

    @Test
    void whatWaitsWhenTheContextStopsIsNotSent() {
        CompletableFuture<Exchange> second;
        try (Shop shop = shop(store).open()) {
            assertPaid(start(shop, "wait", HUNDRED, "1"));
            second = start(shop, "wait", HUNDRED, "2");
            waiting("2");
        }
        assertThat(second.join().getException()).isInstanceOf(DarajaNotSentException.class).hasMessageContaining("waiting for its turn");
        try (Shop again = shop(store).open()) {
            CompletableFuture<Exchange> third = start(again, "wait", HUNDRED, "2");
            waiting("2");
            advance(again, GAP);
            assertPaid(third);
            advance(again, Duration.ofMinutes(10));
            assertThat(transfers()).hasSize(2);
        }
    }

    @Test
    void whoStopsWhileTheStoreIsAwayDoesNotSayThatItIsNotSent() {
        FailingRepository away = new FailingRepository(store);
        CompletableFuture<Exchange> second;
        try (Shop shop = shop(away).open()) {
            assertPaid(start(shop, "wait", HUNDRED, "1"));
            second = start(shop, "wait", HUNDRED, "2");
            waiting("2");
            away.breakDown(FailingRepository.Step.values());
        }
        assertThat(second.join().getException()).isInstanceOf(DarajaOutcomeUnknownException.class).hasMessageContaining("is stored to be sent");
        try (Shop next = shop(store).open()) {
            advance(next, GAP.plusSeconds(10));
            await().until(() -> store.all().stream().allMatch(payment -> payment.status() == PaymentStatus.COMPLETED));
            assertThat(transfers()).hasSize(2);
        }
    }

    @Test
    void whatWaitsWhenTheProcessDiesIsSentOnceByAnother() {
        FailingRepository dying = new FailingRepository(store);
        try (Shop first = shop(dying).open(); Shop next = shop(store).open()) {
            assertPaid(start(first, "wait", HUNDRED, "1"));
            start(first, "wait", HUNDRED, "2");
            Transaction waiting = waiting("2");
            dying.breakDown(FailingRepository.Step.values());

            advance(next, GAP.plusSeconds(5));
            assertThat(count("b2c.received")).as("who waits for it could still come").isEqualTo(1);
            await().until(() -> {
                advance(next, Duration.ofSeconds(5));
                return store.find(waiting.reference()).join().status() == PaymentStatus.COMPLETED;
            });

            assertThat(store.find(waiting.reference()).join().isUnattended()).isTrue();
            advance(next, Duration.ofMinutes(10));
            assertThat(count("b2c.received")).isEqualTo(2);
            assertThat(transfers()).hasSize(2);
            assertPaid(start(next, "wait", HUNDRED, "2"));
        }
    }
}
