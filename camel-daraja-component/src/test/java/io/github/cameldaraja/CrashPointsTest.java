package io.github.cameldaraja;

import static io.github.cameldaraja.Shop.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.DarajaNotSentException;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaThrottledException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.RecordedCallback;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import io.github.cameldaraja.transaction.FailingRepository;
import io.github.cameldaraja.transaction.FailingRepository.Step;
import io.github.cameldaraja.transaction.MemoryTransactionRepository;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the design lists as crash points, as far as no database is needed. */
class CrashPointsTest {

    @RegisterExtension
    static final DarajaSimulatorExtension SAFARICOM =
            new DarajaSimulatorExtension(SimulatorSettings.defaults().withAnswerDelay(Duration.ofMillis(20)));

    private final DarajaSimulator safaricom = SAFARICOM.simulator();
    private final MemoryTransactionRepository store = new MemoryTransactionRepository(safaricom.clock(), 1000);
    private final FailingRepository ground = new FailingRepository(store);

    private Shop shop() {
        return Shop.at(safaricom).with(component -> component.setRepository(ground));
    }

    private static StkPush.Request hundred() {
        return new StkPush.Request(CUSTOMER, 100, "INV-1");
    }

    private List<Integer> callbackAnswers() {
        return safaricom.callbacks().stream().map(RecordedCallback::status).toList();
    }

    private PaymentStatus onlyStatus() {
        assertThat(store.all()).hasSize(1);
        return store.all().get(0).status();
    }

    @Test
    void anIntentThatCannotBeStoredIsNotSent() {
        ground.breakDown(Step.OPEN);
        try (Shop shop = shop().route("pay", "daraja:stkPush?awaitOutcome=true").open()) {
            assertThat(shop.send("direct:pay", hundred()).getException()).isInstanceOf(DarajaNotSentException.class);
            assertThat(safaricom.counters().pushes()).isZero();
        }
    }

    @Test
    void anAcknowledgementThatCannotBeStoredIsNoFailureOfThePush() {
        try (Shop shop = shop().route("pay", "daraja:stkPush").collecting().open()) {
            ground.breakDown(Step.UPDATE);
            Exchange done = shop.send("direct:pay", hundred());
            ground.repair();

            assertThat(done.getException()).isNull();
            assertThat(done.getMessage().getBody(Acknowledgement.class).status()).isEqualTo(PaymentStatus.PENDING);
            await().until(() -> shop.outcomes().size() == 1);
            assertThat(onlyStatus()).isEqualTo(PaymentStatus.COMPLETED);
            assertThat(safaricom.counters().pushes()).isEqualTo(1);
        }
    }

    @Test
    void aCallbackThatCannotBeStoredIsNotAnsweredWith200AndThePaymentIsFoundByAsking() {
        try (Shop shop = shop().route("pay", "daraja:stkPush").collecting().open()) {
            ground.breakDown(Step.SETTLE);
            shop.send("direct:pay", hundred());
            await().until(() -> callbackAnswers().equals(List.of(503)));
            assertThat(onlyStatus()).isEqualTo(PaymentStatus.PENDING);
            ground.repair();

            safaricom.clock().advance(Duration.ofSeconds(25));

            await().until(() -> shop.outcomes().size() == 1);
            assertThat(shop.outcomes().get(0).isCompleted()).isTrue();
            assertThat(shop.outcomes().get(0).receiptNumber()).as("a query names none").isNull();
        }
    }

    @Test
    void theStoreDownWhileAskingOnlyDelaysTheQuestion() {
        safaricom.faults().nextPush(Script.pays().lostCallback());
        try (Shop shop = shop().route("pay", "daraja:stkPush").collecting().open()) {
            shop.send("direct:pay", hundred());
            ground.breakDown(Step.CLAIM, Step.UPDATE, Step.SETTLE);
            safaricom.clock().advance(Duration.ofSeconds(25));
            shop.look();
            assertThat(safaricom.counters().queries()).isZero();
            ground.repair();

            await().until(() -> shop.outcomes().size() == 1);
        }
    }

    @Test
    void aRefusalThatCannotBeStoredIsARefusalAllTheSame() {
        safaricom.faults().nextPush(Script.pays().unableToLock());
        try (Shop shop = shop().route("pay", "daraja:stkPush?awaitOutcome=true").open()) {
            ground.breakDown(Step.ABANDON);
            assertThat(shop.send("direct:pay", hundred()).getException())
                    .isInstanceOf(DarajaThrottledException.class);
        }
    }

    @Test
    void anUnknownFateThatCannotBeStoredIsUnknownAllTheSame() {
        safaricom.faults().nextPush(Script.pays().lostCallback().resetAfterAccepting());
        try (Shop shop = shop().route("pay", "daraja:stkPush").open()) {
            ground.breakDown(Step.UPDATE);
            assertThat(shop.send("direct:pay", hundred()).getException()).isInstanceOf(DarajaOutcomeUnknownException.class);
            assertThat(safaricom.counters().pushes()).isEqualTo(1);
        }
    }

    @Test
    void timeoutAgainstSettleInOneInstantTellsExactlyOne() {
        // the wait ends when the customer answers: whoever wins, the outcome is told once
        int rounds = 40;
        try (Shop shop = Shop.at(safaricom).route("pay", "daraja:stkPush?awaitOutcome=true&outcomeTimeout=120ms")
                .collecting().open()) {
            List<CompletableFuture<Exchange>> all = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                String phone = "2547110000" + (10 + i);
                safaricom.faults().forPhone(phone, Script.pays().callbackAfter(Duration.ofMillis(60 + 2L * i)));
                all.add(shop.sendAsync("direct:pay", new StkPush.Request(phone, 10, null)));
            }
            List<Outcome> waited = all.stream().map(done -> done.join().getMessage().getBody(Outcome.class)).toList();
            long toldToTheWaiting = waited.stream().filter(Outcome::isCompleted).count();

            assertThat(waited).allMatch(outcome -> outcome.isCompleted() || outcome.status() == PaymentStatus.UNKNOWN);
            await().until(() -> toldToTheWaiting + shop.outcomes().size() == rounds);
            shop.look();
            assertThat(toldToTheWaiting + shop.outcomes().size()).as("and nobody twice").isEqualTo(rounds);
        }
    }

    @Test
    void routedAndBookedButNotMarkedIsToldAgainUnderTheSameReference() {
        List<String> booked = new ArrayList<>();
        AtomicInteger calls = new AtomicInteger();
        RouteBuilder diesAfterBooking = new RouteBuilder() {
            @Override
            public void configure() {
                from("daraja:stkPush").process(exchange -> {
                    booked.add(exchange.getMessage().getHeader(DarajaConstants.REFERENCE, String.class));
                    if (calls.incrementAndGet() == 1) {
                        throw new IllegalStateException("died after booking");
                    }
                });
            }
        };
        try (Shop shop = shop().route("pay", "daraja:stkPush").routes(diesAfterBooking).open()) {
            shop.send("direct:pay", hundred());
            await().until(() -> calls.get() == 1);
            safaricom.clock().advance(Duration.ofSeconds(2));

            await().until(() -> calls.get() == 2);
            assertThat(booked.get(0)).isEqualTo(booked.get(1));
        }
    }

    @Test
    void aSecretRotatedTwiceWithAnOpenPaymentIsFoundByAsking() {
        safaricom.faults().nextPush(Script.pays().callbackAfter(Duration.ofHours(1)));
        int port = Ports.free();
        try (Shop before = rotating(port, "the first secret of all the secrets", null)) {
            before.send("direct:pay", hundred());
        }
        try (Shop after = rotating(port, "the third secret of all the secrets", "the second secret of all the secrets")) {
            safaricom.clock().advance(Duration.ofHours(1));
            await().until(() -> callbackAnswers().equals(List.of(404)));

            await().until(() -> after.outcomes().size() == 1);
            assertThat(after.outcomes().get(0).isCompleted()).isTrue();
            assertThat(onlyStatus()).isEqualTo(PaymentStatus.COMPLETED);
        }
    }

    private Shop rotating(int port, String secret, String previous) {
        return shop().with(component -> {
            component.setCallbackPort(port);
            component.getConfiguration().setCallbackBaseUrl("http://127.0.0.1:" + port);
            component.getConfiguration().setCallbackSecret(secret);
            component.getConfiguration().setPreviousCallbackSecret(previous);
        }).route("pay", "daraja:stkPush").collecting().open();
    }

    @Test
    void aCorrectionAfterTheDeliveryIsDelivered() {
        safaricom.faults().nextPush(Script.pays().contradictingFirst("1032"));
        try (Shop shop = shop().route("pay", "daraja:stkPush").collecting().open()) {
            shop.send("direct:pay", hundred());

            await().until(() -> shop.outcomes().size() == 2);
            assertThat(shop.outcomes()).extracting(outcome -> outcome.status() + " " + outcome.verdict())
                    .containsExactly("CANCELLED applied", "COMPLETED corrected");
        }
    }
}
