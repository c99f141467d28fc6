package io.github.cameldaraja;

import static io.github.cameldaraja.Shop.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.api.Verdict;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes, in whatever order and how often: a payment counts once, and evidence decides. */
class OutcomeOrderTest {

    @RegisterExtension
    static final DarajaSimulatorExtension SAFARICOM =
            new DarajaSimulatorExtension(SimulatorSettings.defaults().withAnswerDelay(Duration.ofMillis(10)));

    private static final StkPush.Request HUNDRED = new StkPush.Request(CUSTOMER, 100, "INV-1");

    private final DarajaSimulator safaricom = SAFARICOM.simulator();

    private Shop shop() {
        return Shop.at(safaricom).route("pay", "daraja:stkPush")
                .route("wait", "daraja:stkPush?awaitOutcome=true&outcomeTimeout=30s").collecting();
    }

    private Acknowledgement push(Shop shop, Script script) {
        safaricom.faults().nextPush(script);
        return shop.send("direct:pay", HUNDRED).getMessage().getBody(Acknowledgement.class);
    }

    private void post(Shop shop, String body) {
        assertThat(safaricom.post(shop.lastCallbackUrl(), body).join()).isEqualTo(200);
    }

    /** A later payment, whose outcome comes after all that was on its way before. */
    private void assertNothingElseComes(Shop shop, int soFar) {
        shop.look();
        safaricom.faults().nextPush(Script.pays());
        Acknowledgement next = shop.send("direct:pay", new StkPush.Request("254722999999", 1, "LAST")).getMessage()
                .getBody(Acknowledgement.class);
        await().until(() -> shop.outcomes().stream().anyMatch(outcome -> outcome.reference().equals(next.reference())));
        assertThat(shop.outcomes()).hasSize(soFar + 1);
    }

    @Test
    void threeCallbacksAreOnePayment() {
        try (Shop shop = shop().open()) {
            Acknowledgement ids = push(shop, Script.pays().callbackTimes(3));
            await().until(() -> safaricom.callbacks().size() == 3);
            assertThat(safaricom.callbacks()).allMatch(callback -> callback.status() == 200);
            safaricom.resend(ids.checkoutRequestId()).join();
            assertNothingElseComes(shop, 1);
            assertThat(shop.repository().kept()).isEmpty();
        }
    }

    @Test
    void aCallbackMayComeBeforeTheAnswerToThePush() {
        try (Shop shop = shop().open()) {
            Acknowledgement ids = push(shop, Script.pays().callbackBeforeAnswer());
            assertThat(shop.outcomes()).hasSize(1);
            assertThat(ids.status()).as("the acknowledgement does not take it back").isEqualTo(PaymentStatus.COMPLETED);
            assertThat(shop.payment(ids.reference()).status()).isEqualTo(PaymentStatus.COMPLETED);
            assertThat(shop.payment(ids.reference()).dueAt()).as("nothing is left to ask").isNull();

            safaricom.faults().nextPush(Script.result(1032).callbackBeforeAnswer());
            Exchange waited = shop.send("direct:wait", HUNDRED);
            assertThat(waited.getMessage().getHeader(DarajaConstants.STATUS)).isEqualTo("CANCELLED");
            assertNothingElseComes(shop, 1);
        }
    }

    static Stream<Script> brokenAnswers() {
        return Stream.of(Script.pays().resetAfterAccepting(), Script.pays().errorAfterAccepting(), Script.pays().emptyBody(),
                Script.pays().html503AfterAccepting());
    }

    @ParameterizedTest
    @MethodSource("brokenAnswers")
    void aCallbackBeforeABrokenAnswerCounts(Script broken) {
        try (Shop shop = shop().open()) {
            safaricom.faults().nextPush(broken.callbackBeforeAnswer());
            Exchange waited = shop.send("direct:wait", HUNDRED);
            assertThat(waited.getException()).isNull();
            assertThat(waited.getMessage().getBody(Outcome.class).status()).isEqualTo(PaymentStatus.COMPLETED);

            safaricom.faults().nextPush(broken.callbackBeforeAnswer());
            Exchange sent = shop.send("direct:pay", HUNDRED);
            assertThat(sent.getException()).isNull();
            assertThat(sent.getMessage().getBody(Outcome.class).status()).isEqualTo(PaymentStatus.COMPLETED);

            // a callback after it counts as much
            safaricom.faults().nextPush(broken);
            waited = shop.send("direct:wait", HUNDRED);
            assertThat(waited.getException()).isNull();
            assertThat(waited.getMessage().getBody(Outcome.class).receiptNumber()).isNotNull();

            assertThat(safaricom.counters().pushes()).isEqualTo(3);
            assertNothingElseComes(shop, 1);
        }
    }

    @Test
    void anOutcomeAfterTheTimeoutGoesToTheConsumerOnce() {
        try (Shop shop = shop().with(component -> component.setAskWhenLate(false)).open()) {
            safaricom.faults().nextPush(Script.pays().callbackAfter(Duration.ofSeconds(60)).duplicateCallback());
            CompletableFuture<Exchange> waiting = shop.sendAsync("direct:wait", HUNDRED);
            await().until(() -> shop.repository().all().stream().anyMatch(one -> one.status() == PaymentStatus.PENDING));
            await().until(() -> safaricom.books().payments().size() == 1);
            safaricom.clock().advance(Duration.ofSeconds(31));

            Exchange done = waiting.join();
            assertThat(done.getException()).isNull();
            assertThat(done.getMessage().getHeader(DarajaConstants.STATUS)).isEqualTo("UNKNOWN");
            assertThat(done.getMessage().getHeader(DarajaConstants.SOURCE)).isEqualTo("TIMEOUT");
            assertThat(shop.onlyPayment().status()).isEqualTo(PaymentStatus.PENDING);
            assertThat(shop.outcomes()).isEmpty();

            safaricom.clock().advance(Duration.ofSeconds(60));
            await().until(() -> safaricom.callbacks().size() == 2);
            assertThat(shop.outcomes()).extracting(Outcome::status).containsExactly(PaymentStatus.COMPLETED);
            assertNothingElseComes(shop, 1);
        }
    }

    @Test
    void proofOfPaymentOvertakesAFailure() {
        try (Shop shop = shop().open()) {
            Acknowledgement ids = push(shop, Script.pays().contradictingFirst("1032"));
            await().until(() -> safaricom.callbacks().size() == 2);
            assertThat(shop.outcomes()).extracting(Outcome::status).containsExactly(PaymentStatus.CANCELLED, PaymentStatus.COMPLETED);
            assertThat(shop.outcomes()).extracting(Outcome::verdict).containsExactly(Verdict.APPLIED, Verdict.CORRECTED);
            assertThat(shop.payment(ids.reference()).outcome().receiptNumber())
                    .isEqualTo(safaricom.books().payments().get(0).receipt());
            assertNothingElseComes(shop, 2);
        }
    }

    @Test
    void aFailureNeverTakesAPaymentBack() {
        try (Shop shop = shop().open()) {
            Acknowledgement ids = push(shop, Script.pays().contradicting("1032"));
            await().until(() -> safaricom.callbacks().size() == 2);
            assertThat(shop.payment(ids.reference()).status()).isEqualTo(PaymentStatus.COMPLETED);
            assertThat(shop.payment(ids.reference()).disputed()).isTrue();
            assertThat(shop.repository().kept()).extracting(kept -> kept.verdict()).containsExactly(Verdict.CONFLICT);
            assertNothingElseComes(shop, 1);
        }
    }

    @Test
    void aSecondReceiptForOnePaymentIsAConflict() {
        try (Shop shop = shop().open()) {
            Acknowledgement ids = push(shop, Script.pays().lostCallback());
            post(shop, CallbackTexts.paid(ids, 100, "TKA4BBBBB1"));
            post(shop, CallbackTexts.paid(ids, 100, "TKA4BBBBB2"));
            assertThat(shop.payment(ids.reference()).outcome().receiptNumber()).isEqualTo("TKA4BBBBB1");
            assertThat(shop.repository().kept()).extracting(kept -> kept.verdict()).containsExactly(Verdict.CONFLICT);
            // and the second receipt is not taken by it
            Acknowledgement other = push(shop, Script.pays().lostCallback());
            post(shop, CallbackTexts.paid(other, 100, "TKA4BBBBB2"));
            assertThat(shop.payment(other.reference()).status()).isEqualTo(PaymentStatus.COMPLETED);
            assertNothingElseComes(shop, 2);
        }
    }

    @Test
    void oneReceiptPaysOnePaymentOnly() {
        try (Shop shop = shop().with(component -> component.setAskWhenLate(false)).open()) {
            Acknowledgement first = push(shop, Script.pays().lostCallback());
            post(shop, CallbackTexts.paid(first, 100, "TKA4BBBBB3"));
            await().until(() -> safaricom.books().payments().size() == 1);
            Acknowledgement second = push(shop, Script.pays().lostCallback());
            post(shop, CallbackTexts.paid(second, 100, "TKA4BBBBB3"));
            assertThat(shop.payment(second.reference()).status()).isEqualTo(PaymentStatus.UNRESOLVED);
            assertThat(shop.repository().kept()).extracting(kept -> kept.verdict()).containsExactly(Verdict.CONFLICT);
            assertNothingElseComes(shop, 1);
        }
    }

    @Test
    void anotherAmountIsNeverThisPayment() {
        try (Shop shop = shop().open()) {
            safaricom.faults().nextPush(Script.pays().wrongAmount(BigDecimal.ONE));
            CompletableFuture<Exchange> waiting = shop.sendAsync("direct:wait", HUNDRED);
            await().until(() -> safaricom.callbacks().size() == 1);
            assertThat(shop.onlyPayment().status()).isEqualTo(PaymentStatus.UNRESOLVED);
            assertThat(shop.onlyPayment().disputed()).isTrue();
            assertThat(shop.repository().kept()).extracting(kept -> kept.verdict()).containsExactly(Verdict.CONFLICT);
            assertThat(waiting).isNotDone();
            // a query, which knows no amount, does not help it over
            safaricom.clock().advance(Duration.ofSeconds(29));
            shop.look();
            assertThat(shop.onlyPayment().status()).isEqualTo(PaymentStatus.UNRESOLVED);
            safaricom.clock().advance(Duration.ofSeconds(2));
            assertThat(waiting.join().getMessage().getHeader(DarajaConstants.STATUS)).isEqualTo("UNKNOWN");
            assertThat(shop.onlyPayment().status()).isEqualTo(PaymentStatus.UNRESOLVED);
            // but the true callback does
            Acknowledgement ids = shop.onlyPayment().acknowledgement();
            post(shop, CallbackTexts.paid(ids, "100.00", "TKA4BBBBB4"));
            assertThat(shop.onlyPayment().status()).isEqualTo(PaymentStatus.COMPLETED);
            assertNothingElseComes(shop, 1);
        }
    }

    @Test
    void whatNamesAnotherPushIsKeptAndAskedAbout() {
        try (Shop shop = shop().open()) {
            Acknowledgement ids = push(shop, Script.result(1032).lostCallback());
            post(shop, CallbackTexts.paid("ws_CO_061120261200000254700000000",
                    "{\"Name\":\"Amount\",\"Value\":100},{\"Name\":\"MpesaReceiptNumber\",\"Value\":\"TKA4BBBBB5\"}"));
            assertThat(shop.repository().kept()).extracting(kept -> kept.verdict()).containsExactly(Verdict.UNMATCHED);
            assertThat(shop.outcomes()).isEmpty();

            await().until(() -> shop.payment(ids.reference()).held() != null);
            safaricom.clock().advance(Duration.ofSeconds(31));

            await().until(() -> shop.outcomes().size() == 1);
            assertThat(shop.outcomes().get(0).status()).isEqualTo(PaymentStatus.CANCELLED);
        }
    }

    @Test
    void theCallbackEnrichesWhatAQueryFound() {
        try (Shop shop = shop().open()) {
            push(shop, Script.pays().callbackAfter(Duration.ofMinutes(2)).duplicateCallback());
            await().until(() -> safaricom.books().payments().size() == 1);
            safaricom.clock().advance(Duration.ofSeconds(21));
            await().until(() -> shop.outcomes().size() == 1);
            assertThat(shop.outcomes().get(0).source()).isEqualTo(Source.QUERY);
            assertThat(shop.outcomes().get(0).receiptNumber()).isNull();
            assertThat(shop.outcomes().get(0).amount()).isEqualByComparingTo("100");

            safaricom.clock().advance(Duration.ofMinutes(2));
            await().until(() -> safaricom.callbacks().size() == 2);
            assertThat(shop.outcomes()).extracting(Outcome::verdict).containsExactly(Verdict.APPLIED, Verdict.ENRICHED);
            assertThat(shop.outcomes().get(1).receiptNumber()).isEqualTo(safaricom.books().payments().get(0).receipt());
            assertNothingElseComes(shop, 2);
        }
    }

    @Test
    void aFailureByQueryWaitsForTheCallbackThatKnowsBetter() {
        try (Shop shop = shop().open()) {
            Acknowledgement ids = push(shop, Script.result(1032).lostCallback());
            await().until(() -> safaricom.counters().prompts(CUSTOMER) == 1);
            safaricom.clock().advance(Duration.ofSeconds(21));
            await().until(() -> shop.payment(ids.reference()).held() != null);
            assertThat(shop.payment(ids.reference()).status()).isEqualTo(PaymentStatus.PENDING);
            assertThat(shop.outcomes()).isEmpty();

            post(shop, CallbackTexts.paid(ids, 100, "TKA4BBBBB6"));
            assertThat(shop.outcomes()).extracting(Outcome::status, Outcome::verdict)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(PaymentStatus.COMPLETED, Verdict.APPLIED));
            safaricom.clock().advance(Duration.ofMinutes(10));
            shop.look();
            assertNothingElseComes(shop, 1);
            assertThat(safaricom.counters().queries()).isEqualTo(1);
        }
    }

    @Test
    void aFailureByQueryAloneIsToldOnceAfterTheGrace() {
        try (Shop shop = shop().open()) {
            Acknowledgement ids = push(shop, Script.result(1032).lostCallback());
            await().until(() -> safaricom.counters().prompts(CUSTOMER) == 1);
            safaricom.clock().advance(Duration.ofSeconds(21));
            await().until(() -> shop.payment(ids.reference()).held() != null);
            safaricom.clock().advance(Duration.ofSeconds(25));
            shop.look();
            assertThat(shop.payment(ids.reference()).status()).isEqualTo(PaymentStatus.PENDING);

            safaricom.clock().advance(Duration.ofSeconds(6));
            await().until(() -> shop.outcomes().size() == 1);
            assertThat(shop.outcomes().get(0).status()).isEqualTo(PaymentStatus.CANCELLED);
            assertThat(shop.outcomes().get(0).source()).isEqualTo(Source.QUERY);
            // the callback agrees and brings nothing
            assertThat(safaricom.resend(ids.checkoutRequestId()).join()).isEqualTo(200);
            safaricom.clock().advance(Duration.ofMinutes(10));
            shop.look();
            assertNothingElseComes(shop, 1);
            assertThat(shop.repository().kept()).isEmpty();
        }
    }
}
