package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.B2c;
import io.github.cameldaraja.api.DarajaNotSentException;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.Reversal;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.management.PaymentsDesk;
import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.ResultScript;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.transaction.FailingRepository;
import io.github.cameldaraja.transaction.FailingRepository.Step;
import io.github.cameldaraja.transaction.MemoryTransactionRepository;
import io.github.cameldaraja.transaction.Transaction;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The store is away in the moment in which Safaricom answers: what it has answered is stored when the store is back. */
class LateStoringTest extends EndToEnd {

    private static final String KEY = "?idempotencyKey=${header.key}";
    private static final B2c.Request HUNDRED = new B2c.Request(PHONE, 100);
    private static final ResultScript REFUSED =
            ResultScript.succeeds().errorBeforeAccepting(400, "400.002.02", "Bad Request - Invalid Remarks");
    private static final Duration LONGEST_SENDING = Duration.ofSeconds(131);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(11);

    private final MemoryTransactionRepository store = new MemoryTransactionRepository(safaricom.clock(), 10_000);
    private final FailingRepository shaky = new FailingRepository(store);

    @BeforeEach
    void money() {
        deposit(UTILITY, 10_000);
    }

    private Shop shop() {
        return newShop().with(component -> component.setRepository(shaky)).route("push", "daraja:stkPush" + KEY)
                .route("v1", "daraja:b2c" + KEY + "&version=v1").route("v3", "daraja:b2c" + KEY).collecting("stkPush", "b2c");
    }

    private static Exchange send(Shop shop, String route) {
        return shop.send("direct:" + route, route.equals("push") ? new StkPush.Request(PHONE, 100, "INV-1") : HUNDRED, Map.of("key", "1"));
    }

    private Transaction stored(Exchange done) {
        return store.find(done.getMessage().getHeader(DarajaConstants.REFERENCE, String.class)).join();
    }

    /** Lets the clock run until that is so. */
    private void pass(BooleanSupplier until) {
        await().until(() -> {
            safaricom.clock().advance(Duration.ofMillis(500));
            return until.getAsBoolean();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = { "v1", "push" })
    void anAcknowledgementIsStoredLateAndAskedAbout(String route) {
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().lostCallback());
        safaricom.faults().nextPush(Script.pays().lostCallback());
        try (Shop shop = shop().open()) {
            shaky.breakDown(Step.UPDATE);
            Exchange done = send(shop, route);
            assertThat(done.getException()).as("it is on its way").isNull();
            assertThat(stored(done).acknowledgement()).isNull();
            assertThat(stored(done).status()).isEqualTo(PaymentStatus.INITIATED);

            shaky.repair();
            pass(() -> stored(done).acknowledgement() != null);
            assertThat(stored(done).status()).isIn(PaymentStatus.PENDING, PaymentStatus.COMPLETED);
            pass(() -> stored(done).status() == PaymentStatus.COMPLETED);
            assertThat(told(shop, stored(done).reference()).isCompleted()).isTrue();
            assertThat(count("b2c.received") + safaricom.counters().pushes()).isEqualTo(1);
        }
    }

    @Test
    void whoAsksAgainBeforeTheAcknowledgementIsStoredGetsIt() {
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().lostCallback());
        try (Shop shop = shop().open()) {
            shaky.breakDown(Step.UPDATE);
            Exchange done = send(shop, "v1");
            shaky.repair();

            Exchange again = send(shop, "v1");

            assertThat(again.getException()).isNull();
            assertThat(again.getMessage().getHeaders()).containsEntry(DarajaConstants.REPLAYED, true)
                    .containsEntry(DarajaConstants.CONVERSATION_ID, done.getMessage().getHeader(DarajaConstants.CONVERSATION_ID));
            assertThat(count("b2c.received")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "v1", "v3" })
    void whatWasRefusedMayBeSentAgainAsSoonAsTheStoreIsBack(String route) {
        safaricom.results().next(ResultApi.B2C, REFUSED);
        try (Shop shop = shop().open()) {
            shaky.breakDown(Step.ABANDON);
            Exchange refused = send(shop, route);
            assertThat(refused.getException()).isInstanceOf(DarajaRequestException.class);
            String reference = store.all().get(0).reference();
            assertThat(store.find(reference).join().status()).isEqualTo(PaymentStatus.INITIATED);

            shaky.repair();
            Exchange again = send(shop, route);

            assertThat(again.getException()).isNull();
            assertThat(store.find(reference).join().isGivenUp()).isTrue();
            String second = again.getMessage().getHeader(DarajaConstants.REFERENCE, String.class);
            assertThat(second).isNotEqualTo(reference);
            assertThat(told(shop, second).isCompleted()).isTrue();
            // and it is stored once
            advance(shop, LONGEST_PAUSE);
            assertThat(send(shop, route).getMessage().getHeader(DarajaConstants.STATUS)).isEqualTo("COMPLETED");
            assertThat(count("b2c.received")).isEqualTo(2);
            assertThat(transfers()).hasSize(1);
        }
    }

    @Test
    void aRefusalIsStoredLateByItself() {
        safaricom.faults().nextPush(Script.pays().errorBeforeAccepting(400, "400.002.02", "Bad Request - Invalid Amount"));
        try (Shop shop = shop().open()) {
            shaky.breakDown(Step.ABANDON);
            assertThat(send(shop, "push").getException()).isInstanceOf(DarajaRequestException.class);
            shaky.repair();
            String reference = store.all().get(0).reference();
            pass(() -> store.find(reference).join().isGivenUp());
            assertThat(store.find(reference).join().outcome().resultCode()).isEqualTo("400.002.02");
            assertThat(shop.outcomes()).isEmpty();
        }
    }

    @Test
    void whoAsksAgainWhileItIsAwayWaitsAndSendsNothing() {
        safaricom.results().next(ResultApi.B2C, REFUSED);
        try (Shop shop = shop().open()) {
            shaky.breakDown(Step.ABANDON);
            send(shop, "v3");
            // the refusal could not be stored before it looks
            shaky.before(Step.FIND, shaky::repair);

            CompletableFuture<Exchange> again = shop.sendAsync("direct:v3", HUNDRED, Map.of("key", "1"));
            pass(again::isDone);

            assertThat(again.join().getException()).isInstanceOf(DarajaNotSentException.class).hasMessageContaining("may be tried again");
            assertThat(count("b2c.received")).isEqualTo(1);
            assertThat(send(shop, "v3").getException()).isNull();
            assertThat(count("b2c.received")).isEqualTo(2);
        }
    }

    @Test
    void aRefusedPayoutIsNotRepeatedHoweverLongTheStoreIsAway() {
        safaricom.results().next(ResultApi.B2C, REFUSED);
        try (Shop shop = shop().open()) {
            shaky.breakDown(Step.ABANDON);
            send(shop, "v3");
            String reference = store.all().get(0).reference();
            for (int i = 0; i < 5; i++) {
                advance(shop, LONGEST_SENDING);
            }
            assertThat(store.find(reference).join().status()).isEqualTo(PaymentStatus.INITIATED);
            shaky.repair();
            pass(() -> store.find(reference).join().isGivenUp());
            assertThat(count("b2c.received")).isEqualTo(1);
            assertThat(transfers()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({ "v1, false", "v3, false", "v3, true" })
    void aLateRefusalEndsOnlyWhatNobodyHasSentAgain(String route, boolean again) {
        safaricom.results().next(ResultApi.B2C, REFUSED);
        try (Shop shop = shop().with(component -> component.setAskWhenLate(false)).open()) {
            shaky.breakDown(Step.ABANDON);
            send(shop, route);
            String reference = store.all().get(0).reference();
            // another node took its sender for dead, and perhaps sends it
            store.update(reference, payment -> {
                Transaction lost = payment.fateUnknown(safaricom.clock().instant().plus(Duration.ofDays(1)), safaricom.clock().instant());
                return again ? lost.repeatable(lost.repetition().again()) : lost;
            }).join();
            shaky.repair();

            Exchange next = send(shop, route);

            assertThat(count("b2c.received")).isEqualTo(again ? 1 : 2);
            if (again) {
                assertThat(next.getException()).isInstanceOf(DarajaOutcomeUnknownException.class);
                assertThat(store.find(reference).join().mayBeRepeated()).isTrue();
            } else {
                assertThat(next.getException()).isNull();
            }
        }
    }

    @Test
    void anotherNodeDoesNotSendWhatWasRefusedWhileTheStoreWasAway() {
        safaricom.clock().freeze();
        safaricom.results().next(ResultApi.B2C, REFUSED);
        shaky.breakDown(Step.ABANDON, Step.CLAIM);
        FailingRepository shakyThere = new FailingRepository(store);
        try (Shop sender = shop().open(); Shop other = newShop().with(component -> component.setRepository(shakyThere)).open()) {
            assertThat(send(sender, "v3").getException()).isInstanceOf(DarajaRequestException.class);
            String reference = store.all().get(0).reference();
            shakyThere.breakDown(Step.CLAIM);
            other.look();
            advance(other, LONGEST_SENDING);
            // the other node is the faster one when the store is back
            shakyThere.repair();
            await().until(() -> store.find(reference).join().status() == PaymentStatus.UNKNOWN);
            for (int i = 0; i < 5; i++) {
                other.look();
            }
            assertThat(store.find(reference).join().isRepeated()).as("its sender has not had its time").isFalse();

            shaky.repair();
            advance(sender, LONGEST_PAUSE);
            await().until(() -> store.find(reference).join().isGivenUp());

            advance(other, Duration.ofMinutes(10));
            assertThat(count("b2c.received")).isEqualTo(1);
            assertThat(transfers()).isEmpty();
            assertThat(send(sender, "v3").getException()).as("its key is free").isNull();
            assertThat(count("b2c.received")).isEqualTo(2);
        }
    }

    @Test
    void thatTheFateIsUnknownIsStoredLate() {
        safaricom.faults().nextPush(Script.pays().callbackAfter(Duration.ofDays(1)).resetAfterAccepting());
        try (Shop shop = shop().open()) {
            shaky.breakDown(Step.UPDATE);
            Exchange done = send(shop, "push");
            assertThat(done.getException()).isInstanceOf(DarajaOutcomeUnknownException.class);
            assertThat(stored(done).status()).isEqualTo(PaymentStatus.INITIATED);
            shaky.repair();
            pass(() -> stored(done).status() == PaymentStatus.UNKNOWN);
            assertThat(send(shop, "push").getException()).isInstanceOf(DarajaOutcomeUnknownException.class);
            assertThat(safaricom.counters().pushes()).isEqualTo(1);
        }
    }

    @Test
    void aCallbackThatWasFasterStaysAndGetsTheIds() {
        try (Shop shop = shop().open()) {
            shaky.breakDown(Step.UPDATE);
            Exchange done = send(shop, "v1");
            Outcome paid = told(shop, stored(done).reference());
            assertThat(stored(done).acknowledgement()).isNull();
            shaky.repair();
            pass(() -> stored(done).acknowledgement() != null);

            assertThat(stored(done).status()).isEqualTo(PaymentStatus.COMPLETED);
            assertThat(stored(done).outcome().receiptNumber()).isEqualTo(paid.receiptNumber()).isNotNull();
            assertThat(stored(done).acknowledgement().conversationId())
                    .isEqualTo(done.getMessage().getHeader(DarajaConstants.CONVERSATION_ID));
            told(shop, stored(done).reference());
        }
    }

    @Test
    void aCallbackThatProvesARefusalWrongStays() {
        safaricom.results().next(ResultApi.B2C, REFUSED);
        try (Shop shop = shop().open()) {
            shaky.breakDown(Step.ABANDON);
            send(shop, "v3");
            String reference = store.all().get(0).reference();
            store.settle(Outcome.builder().reference(reference).status(PaymentStatus.COMPLETED).resultCode("0")
                    .amount(new BigDecimal(100)).receiptNumber("UKL7ABCDE1").source(Source.CALLBACK).build(), "node").join();
            shaky.repair();
            advance(shop, LONGEST_PAUSE);

            Exchange again = send(shop, "v3");

            assertThat(again.getMessage().getHeaders()).containsEntry(DarajaConstants.STATUS, "COMPLETED")
                    .containsEntry(DarajaConstants.RECEIPT_NUMBER, "UKL7ABCDE1").containsEntry(DarajaConstants.REPLAYED, true);
            assertThat(count("b2c.received")).isEqualTo(1);
        }
    }

    @Test
    void idsThatCameAnotherWayMeanwhileStay() {
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().lostCallback());
        try (Shop shop = shop().with(component -> component.setAskWhenLate(false)).open()) {
            shaky.breakDown(Step.UPDATE);
            Exchange done = send(shop, "v3");
            Transaction seen = stored(done);
            store.update(seen.reference(), payment -> payment.acknowledged(new Acknowledgement("b2c", "default", null,
                    PaymentStatus.PENDING, "0", null, null, null, "AG_OTHER", null, null),
                    safaricom.clock().instant().plus(Duration.ofDays(1)), safaricom.clock().instant())).join();
            shaky.repair();
            advance(shop, LONGEST_PAUSE);
            await().until(() -> !shop.component().services().debts().isOwed(seen.reference()));
            assertThat(stored(done).acknowledgement().conversationId()).isEqualTo("AG_OTHER");
        }
    }

    @Test
    void aComponentThatStopsTriesOnceMore() {
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().lostCallback());
        AtomicBoolean stopping = new AtomicBoolean();
        TransactionRepository away = Repositories.of(store, (call, arguments) -> call.equals("update") && !stopping.get()
                ? CompletableFuture.failedFuture(new IllegalStateException("the store is down")) : null);
        Exchange done;
        try (Shop shop = shop().with(component -> component.setRepository(away)).open()) {
            done = send(shop, "v1");
            safaricom.clock().freeze();
            // what is due by now has been tried, and nothing is due after it
            shop.look();
            assertThat(stored(done).acknowledgement()).isNull();
            stopping.set(true);
        }
        assertThat(stored(done).acknowledgement().conversationId())
                .isEqualTo(done.getMessage().getHeader(DarajaConstants.CONVERSATION_ID));
    }

    @Test
    void theAcknowledgementOfAnApprovedPayoutIsStoredLate() {
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().lostCallback());
        AtomicBoolean away = new AtomicBoolean(true);
        TransactionRepository shaky = Repositories.of(store, (call, arguments) -> call.equals("update") && away.get()
                && count("b2c.received") > 0 ? CompletableFuture.failedFuture(new IllegalStateException("the store is down")) : null);
        try (Shop shop = shop().with(component -> {
            component.setRepository(shaky);
            component.getConfiguration().setPayoutApprovalAbove(50L);
        }).route("asked", "daraja:b2c" + KEY + "&version=v1&requestedBy=Amina").open()) {
            Exchange held = send(shop, "asked");
            assertThat(stored(held).status()).isEqualTo(PaymentStatus.HELD);
            shop.context().hasService(PaymentsDesk.class).approve(stored(held).reference(), "Brian", "invoice 7 is in order");
            pass(() -> count("b2c.received") == 1);
            advance(shop, LONGEST_SENDING);
            assertThat(stored(held).acknowledgement()).isNull();
            away.set(false);
            pass(() -> stored(held).status() == PaymentStatus.COMPLETED);
            assertThat(stored(held).acknowledgement()).isNotNull();
            assertThat(count("b2c.received")).isEqualTo(1);
        }
    }

    // the request that is sent first does not arrive; the answer to the second comes while the store takes no changes
    private TransactionRepository awayAtTheSecond(String counter, AtomicBoolean back) {
        return Repositories.of(store, (call, arguments) -> call.equals("update") && !back.get() && count(counter) > 1
                ? CompletableFuture.failedFuture(new IllegalStateException("the store is down")) : null);
    }

    @Test
    void theIdsOfASecondReversalAreStoredLateAndItIsAskedAbout() {
        String receipt = paid(PHONE, "order", 500).receipt();
        safaricom.results().next(ResultApi.REVERSAL, ResultScript.succeeds().resetBeforeAccepting());
        safaricom.results().next(ResultApi.REVERSAL, ResultScript.succeeds().lostCallback());
        AtomicBoolean back = new AtomicBoolean();
        try (Shop shop = newShop().with(component -> component.setRepository(awayAtTheSecond("reversal.received", back)))
                .route("reverse", "daraja:reversal" + KEY).collecting("reversal").open()) {
            Exchange done = shop.send("direct:reverse", new Reversal.Request(receipt, 500), Map.of("key", "1"));
            assertThat(done.getException()).isInstanceOf(DarajaOutcomeUnknownException.class);
            String reference = stored(done).reference();
            pass(() -> shop.component().services().debts().isOwed(reference));
            assertThat(transfers()).hasSize(1);
            assertThat(stored(done).acknowledgement()).isNull();
            // nor is it asked about, or left to a person, without its ids
            advance(shop, Duration.ofHours(49));

            back.set(true);
            pass(() -> stored(done).acknowledgement() != null);
            pass(() -> stored(done).status() == PaymentStatus.COMPLETED);

            assertThat(told(shop, reference).receiptNumber()).isEqualTo(transfers().get(0).receipt());
            assertThat(last(shop.sent("/transactionstatus/")).get("OriginalConversationID").asText())
                    .isEqualTo(stored(done).acknowledgement().originatorConversationId());
            assertThat(count("reversal.received")).isEqualTo(2);
        }
    }

    @Test
    void aPayoutThatWasAcknowledgedAtTheSecondTimeIsNotSentAThirdTime() {
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().resetBeforeAccepting());
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().lostCallback());
        AtomicBoolean back = new AtomicBoolean();
        try (Shop shop = shop().with(component -> component.setRepository(awayAtTheSecond("b2c.received", back))).open()) {
            Exchange done = send(shop, "v3");
            assertThat(done.getException()).isInstanceOf(DarajaOutcomeUnknownException.class);
            String reference = stored(done).reference();
            pass(() -> shop.component().services().debts().isOwed(reference));
            for (int i = 0; i < 5; i++) {
                advance(shop, LONGEST_SENDING);
            }
            assertThat(stored(done).mayBeRepeated()).isTrue();

            back.set(true);
            pass(() -> stored(done).acknowledgement() != null);
            pass(() -> stored(done).status() == PaymentStatus.COMPLETED);

            assertThat(count("b2c.received")).isEqualTo(2);
            assertThat(told(shop, reference).isCompleted()).isTrue();
            assertThat(transfers()).hasSize(1);
        }
    }
}
