package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.B2c;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.DarajaThrottledException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.api.Verdict;
import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.ResultScript;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.transaction.Door;
import io.github.cameldaraja.transaction.References;
import io.github.cameldaraja.transaction.Transaction;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code retryFailed=true}: after a final failure the next one with the same key is another attempt; never two open ones. */
class RetryFailedTest extends DatabaseEndToEnd {

    private static final String KEY = "?idempotencyKey=${header.key}";
    private static final Map<String, Object> NOVEMBER = Map.of("key", "november");
    private static final B2c.Request WAGE = new B2c.Request(PHONE, 100);
    private static final StkPush.Request PRICE = new StkPush.Request(PHONE, 100, "INV-1");

    @BeforeEach
    void money() {
        deposit(UTILITY, 10_000);
    }

    private static Shop withRoutes(Shop shop) {
        return shop.route("pay", "daraja:b2c" + KEY)
                .route("wait", "daraja:b2c" + KEY + "&awaitOutcome=true&outcomeTimeout=1h")
                .route("retry", "daraja:b2c" + KEY + "&retryFailed=true")
                .route("retryWait", "daraja:b2c" + KEY + "&retryFailed=true&awaitOutcome=true&outcomeTimeout=1h")
                .route("push", "daraja:stkPush" + KEY)
                .route("retryPush", "daraja:stkPush" + KEY + "&retryFailed=true").collecting("b2c", "stkPush");
    }

    private Shop shop() {
        return withRoutes(newShop());
    }

    private static Outcome first(Exchange done) {
        assertThat(done.getMessage().getHeader(DarajaConstants.REPLAYED)).as("started by itself").isNull();
        return outcome(done);
    }

    private static Outcome replayed(Exchange done) {
        assertThat(done.getMessage().getHeader(DarajaConstants.REPLAYED)).isEqualTo(true);
        return outcome(done);
    }

    private String ownId(int attempt) {
        return References.originatorConversationId("SANDBOX", "default", "b2c", "november", attempt);
    }

    private List<String> sentIds() {
        return safaricom.requests().stream().filter(request -> request.path().contains("/b2c/"))
                .map(request -> Shop.json(request.body()).get("OriginatorConversationID").asText()).toList();
    }

    private Outcome failFirst(Shop shop) {
        safaricom.results().next(ResultApi.B2C, ResultScript.result(8));
        Outcome failed = first(shop.send("direct:wait", WAGE, NOVEMBER));
        assertThat(failed.status()).isEqualTo(PaymentStatus.FAILED);
        return failed;
    }

    @Test
    void theNextAttemptHasAnIdOfItsOwnAndItsOutcomeIsTheKeysFromThenOn() {
        try (Shop shop = withRoutes(newNode()).open()) {
            Outcome failed = failFirst(shop);
            assertThat(replayed(shop.send("direct:pay", WAGE, NOVEMBER)).reference()).isEqualTo(failed.reference());

            safaricom.results().next(ResultApi.B2C, ResultScript.result(8));
            Outcome failedAgain = first(shop.send("direct:retryWait", WAGE, NOVEMBER));
            assertThat(failedAgain.reference()).isNotEqualTo(failed.reference());
            assertThat(replayed(shop.send("direct:wait", WAGE, NOVEMBER)).reference()).isEqualTo(failedAgain.reference());

            Exchange third = shop.send("direct:retry", WAGE, NOVEMBER);
            assertThat(third.getMessage().getHeader(DarajaConstants.REPLAYED)).isNull();
            Outcome paid = told(shop, pending(third).reference());
            assertThat(paid.isCompleted()).isTrue();
            assertThat(stored(shop, paid.reference()).attempt()).isEqualTo(3);

            for (String route : List.of("pay", "wait", "retry", "retryWait")) {
                assertThat(replayed(shop.send("direct:" + route, WAGE, NOVEMBER)).receiptNumber()).as(route)
                        .isEqualTo(paid.receiptNumber());
            }
            assertThat(sentIds()).containsExactly(ownId(1), ownId(2), ownId(3)).doesNotHaveDuplicates();
            assertThat(transfers()).hasSize(1);
        }
    }

    @Test
    void whatMayHaveMovedMoneyIsNeverAnotherAttempt() {
        try (Shop shop = shop().with(component -> {
            component.setMaximumQuestions(1);
            // nor is it repeated
            component.setResendWindow(Duration.ofSeconds(1));
        }).open()) {
            List<ResultScript> open = List.of(ResultScript.succeeds().lostCallback(), ResultScript.succeeds().lostCallback()
                    .resetAfterAccepting(), ResultScript.succeeds().resetBeforeAccepting());
            for (int i = 0; i < open.size(); i++) {
                safaricom.results().next(ResultApi.B2C, open.get(i));
                shop.send("direct:pay", WAGE, Map.of("key", "open" + i));
                Exchange again = shop.send("direct:retry", WAGE, Map.of("key", "open" + i));
                assertThat(again.getException() instanceof DarajaOutcomeUnknownException
                        || Boolean.TRUE.equals(again.getMessage().getHeader(DarajaConstants.REPLAYED))).isTrue();
            }
            assertThat(count("b2c.received")).isEqualTo(open.size());
            assertThat(shop.repository().all()).extracting(Transaction::status).containsExactlyInAnyOrder(PaymentStatus.PENDING,
                    PaymentStatus.UNKNOWN, PaymentStatus.UNKNOWN);

            // a failure by query waits for the callback, and meanwhile it is none
            safaricom.results().next(ResultApi.B2C, ResultScript.result(8).lostCallback());
            String held = pending(shop.send("direct:pay", WAGE, NOVEMBER)).reference();
            advance(shop, Duration.ofSeconds(21));
            await().until(() -> shop.payment(held).held() != null);
            assertThat(shop.send("direct:retry", WAGE, NOVEMBER).getMessage().getHeader(DarajaConstants.REFERENCE)).isEqualTo(held);

            // and about one that never arrived nothing is left to ask
            advance(shop, Duration.ofSeconds(31));
            Transaction unresolved = await().until(() -> shop.repository().all().stream()
                    .filter(one -> one.status() == PaymentStatus.UNRESOLVED).findFirst().orElse(null), one -> one != null);
            Exchange again = shop.send("direct:retry", WAGE, Map.of("key", unresolved.idempotencyKey()));
            assertThat(again.getException()).isInstanceOf(DarajaOutcomeUnknownException.class).hasMessageContaining("a person must look");
            assertThat(count("b2c.received")).isEqualTo(open.size() + 1);
        }
    }

    @Test
    void aFailureThatEvidenceContradictsIsNoReasonForAnotherAttempt() {
        // it failed, and then: paid, but another amount
        try (Shop shop = shop().with(component -> component.setAskWhenLate(false)).open()) {
            safaricom.faults().nextPush(Script.pays().lostCallback());
            Acknowledgement open = pending(shop.send("direct:push", PRICE, NOVEMBER));
            String url = shop.lastCallbackUrl();
            safaricom.post(url, CallbackTexts.failed(open, 1032)).join();
            assertThat(shop.payment(open.reference()).hasFailed()).isTrue();
            safaricom.post(url, CallbackTexts.paid(open, 90, "UKL7ABCDE1")).join();

            for (String route : List.of("retryPush", "push")) {
                Outcome answer = replayed(shop.send("direct:" + route, PRICE, NOVEMBER));
                assertThat(answer.status()).as("it is not known to have failed").isEqualTo(PaymentStatus.UNRESOLVED);
                assertThat(answer.reference()).isEqualTo(open.reference());
                assertThat(answer.resultDescription()).contains("a person must look");
            }
            assertThat(safaricom.counters().pushes()).isEqualTo(1);
        }
    }

    @Test
    void anotherAmountUnderTheKeyIsAMistakeAlsoAfterAFailure() {
        try (Shop shop = shop().open()) {
            failFirst(shop);
            for (B2c.Request other : List.of(new B2c.Request(PHONE, 101), new B2c.Request("0712000061", 100))) {
                for (String route : List.of("retry", "retryWait")) {
                    assertThat(shop.send("direct:" + route, other, NOVEMBER).getException())
                            .isInstanceOf(DarajaRequestException.class).hasMessageContaining("idempotency key");
                }
            }
            assertThat(count("b2c.received")).isEqualTo(1);
            assertThat(first(shop.send("direct:retryWait", WAGE, NOVEMBER)).isCompleted()).isTrue();
        }
    }

    @Test
    void anAttemptThatIsRefusedIsNoneAndTheNextOneCountsOn() {
        try (Shop shop = withRoutes(newNode()).open()) {
            Outcome failed = failFirst(shop);
            safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().spikeArrest());
            assertThat(shop.send("direct:retryWait", WAGE, NOVEMBER).getException()).isInstanceOf(DarajaThrottledException.class);

            Outcome still = replayed(shop.send("direct:wait", WAGE, NOVEMBER));
            assertThat(still.reference()).as("the failure is the key's answer again").isEqualTo(failed.reference());
            assertThat(still.resultCode()).isEqualTo("8");

            Outcome paid = first(shop.send("direct:retryWait", WAGE, NOVEMBER));
            assertThat(paid.isCompleted()).isTrue();
            assertThat(stored(shop, paid.reference()).attempt()).isEqualTo(2);
            assertThat(sentIds()).as("never again that of the one that has failed, which Safaricom knows")
                    .containsExactly(ownId(1), ownId(2), ownId(2));
            assertThat(count("b2c.duplicates")).isZero();
            assertThat(transfers()).hasSize(1);
        }
    }

    @Test
    void fiftyWhoTryAgainOnTwoNodesMakeOneAttempt() {
        try (Shop one = withRoutes(newNode()).open(); Shop other = withRoutes(newNode()).open()) {
            failFirst(one);
            safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().slowAnswer(Duration.ofMillis(300)));
            List<CompletableFuture<Exchange>> callers = IntStream.range(0, 50)
                    .mapToObj(i -> (i % 2 == 0 ? one : other).sendAsync("direct:retry", WAGE, NOVEMBER)).toList();

            List<Exchange> done = callers.stream().map(CompletableFuture::join).toList();
            assertThat(done).allMatch(exchange -> exchange.getException() == null);
            assertThat(done).filteredOn(exchange -> exchange.getMessage().getHeader(DarajaConstants.REPLAYED) == null).hasSize(1);
            assertThat(done.stream().map(exchange -> exchange.getMessage().getHeader(DarajaConstants.REFERENCE)).distinct()).hasSize(1);
            assertThat(sentIds()).containsExactly(ownId(1), ownId(2));
            await().until(() -> transfers().size() == 1);
        }
    }

    @Test
    void twoPaymentsUnderOneKeyAreToldToAPerson() {
        try (Logs logs = new Logs(Level.ERROR, Door.class.getName()); Shop shop = withRoutes(newNode())
                .with(component -> component.setAskWhenLate(false)).open()) {
            safaricom.faults().nextPush(Script.pays().lostCallback());
            Acknowledgement first = pending(shop.send("direct:push", PRICE, NOVEMBER));
            await("a customer has one prompt at a time").until(() -> safaricom.books().payments().size() == 1);
            String firstUrl = shop.lastCallbackUrl();
            safaricom.post(firstUrl, CallbackTexts.failed(first, 1032)).join();
            safaricom.faults().nextPush(Script.pays().lostCallback());
            Acknowledgement second = pending(shop.send("direct:retryPush", PRICE, NOVEMBER));
            assertThat(second.reference()).isNotEqualTo(first.reference());
            assertThat(logs.lines()).isEmpty();

            // the customer has paid the first one after all
            safaricom.post(firstUrl, CallbackTexts.paid(first, 100, "UKL7ABCDE1")).join();

            assertThat(logs.lines()).singleElement().asString().contains("A person must look", "shares its idempotency key",
                    first.reference(), second.reference(), "PENDING").doesNotContain(PHONE);
            assertThat(stored(shop, first.reference())).matches(one -> one.status() == PaymentStatus.COMPLETED && one.disputed());
            assertThat(replayed(shop.send("direct:retryPush", PRICE, NOVEMBER)).receiptNumber()).isEqualTo("UKL7ABCDE1");

            // and the second as well
            safaricom.post(shop.lastCallbackUrl(), CallbackTexts.paid(second, 100, "UKL7ABCDE2")).join();

            assertThat(logs.lines()).hasSize(2).last().asString().contains("A person must look", first.reference(),
                    second.reference(), "COMPLETED");
            assertThat(stored(shop, second.reference())).matches(one -> one.status() == PaymentStatus.COMPLETED && one.disputed());
            await().until(() -> shop.outcomes().size() == 3);
            assertThat(shop.outcomes()).as("money is told, also twice").filteredOn(Outcome::isCompleted)
                    .extracting(Outcome::verdict).containsExactlyInAnyOrder(Verdict.CORRECTED, Verdict.APPLIED);
            assertThat(safaricom.counters().pushes()).isEqualTo(2);
        }
    }

    @Test
    void aRouteThatThrowsAFailureTriesAgainAsOftenAsItsErrorHandler() {
        safaricom.results().next(ResultApi.B2C, ResultScript.result(8));
        safaricom.results().next(ResultApi.B2C, ResultScript.result(8));
        try (Shop shop = newShop().routes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(DarajaPaymentFailedException.class).maximumRedeliveries(3).redeliveryDelay(0);
                from("direct:pay").to("daraja:b2c" + KEY + "&retryFailed=true&awaitOutcome=true&throwExceptionOnFailure=true");
            }
        }).open()) {
            assertThat(first(shop.send("direct:pay", WAGE, NOVEMBER)).isCompleted()).isTrue();
            assertThat(sentIds()).containsExactly(ownId(1), ownId(2), ownId(3));
            assertThat(transfers()).hasSize(1);
        }
    }

    @Test
    void aPayoutThatMovedAnotherAmountPinsItsKeyAndIsAnsweredForWhatItIs() {
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().parameter("TransactionAmount", BigDecimal.ONE));
        try (Shop shop = shop().with(component -> component.setAskWhenLate(false)).open()) {
            String reference = pending(shop.send("direct:pay", WAGE, NOVEMBER)).reference();
            await().until(() -> shop.payment(reference).status() == PaymentStatus.UNRESOLVED);

            for (String route : List.of("wait", "retryWait")) {
                Outcome answer = replayed(shop.send("direct:" + route, WAGE, NOVEMBER));
                assertThat(answer.status()).as("at once, for there is nothing to wait for").isEqualTo(PaymentStatus.UNRESOLVED);
                assertThat(answer.resultDescription()).contains("a person must look");
            }
            for (String route : List.of("pay", "retry")) {
                Exchange done = shop.send("direct:" + route, WAGE, NOVEMBER);
                assertThat(done.getException()).isNull();
                assertThat(done.getMessage().getHeaders()).containsEntry(DarajaConstants.STATUS, "UNRESOLVED")
                        .containsEntry(DarajaConstants.REPLAYED, true).containsEntry(DarajaConstants.REFERENCE, reference);
            }
            assertThat(count("b2c.received")).isEqualTo(1);
        }
    }

    @Test
    void itNeedsAKey() {
        Throwable error = catchThrowable(() -> newShop().route("push", "daraja:stkPush?retryFailed=true").open());

        assertThat(error).hasStackTraceContaining("retryFailed=true needs idempotencyKey");
    }
}
