package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cameldaraja.api.B2Pochi;
import io.github.cameldaraja.api.B2c;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.simulator.RecordedRequest;
import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.ResultScript;
import io.github.cameldaraja.transaction.MemoryTransactionRepository;
import io.github.cameldaraja.transaction.Transaction;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A payout whose acknowledgement was lost is sent again, the very same, and paid once whatever Safaricom had done with the first. */
class RepeatTest extends EndToEnd {

    private static final String KEY = "?idempotencyKey=${header.salary}";
    private static final B2c.Request HUNDRED = new B2c.Request("0712345678", new BigDecimal(100), "SalaryPayment", "Pay of May", "May",
            null, null, null);

    @BeforeEach
    void money() {
        deposit(UTILITY, 10_000);
    }

    private Shop shop() {
        return newShop().route("pay", "daraja:b2c" + KEY).route("pochi", "daraja:b2pochi" + KEY)
                .route("v1", "daraja:b2c" + KEY + "&version=v1").route("validated", "daraja:b2c" + KEY + "&version=validated")
                .route("wait", "daraja:b2c" + KEY + "&awaitOutcome=true&outcomeTimeout=40h").collecting("b2c", "b2pochi");
    }

    private Transaction lost(Shop shop, String route, Object body, String key) {
        Exchange done = shop.send("direct:" + route, body, Map.of("salary", key));
        assertThat(done.getException()).isInstanceOf(DarajaOutcomeUnknownException.class);
        return stored(shop, done.getMessage().getHeader(DarajaConstants.REFERENCE, String.class));
    }

    private static Transaction stored(Shop shop, String reference) {
        return shop.component().getRepository().find(reference).join();
    }

    private static JsonNode withoutCredential(JsonNode body) {
        return ((ObjectNode) body.deepCopy()).without("SecurityCredential");
    }

    private List<Instant> payouts() {
        // one whose token has died on the way is sent at once with another, and is no second one
        return safaricom.requests().stream().filter(request -> request.path().contains("/paymentrequest") && request.status() != 401)
                .map(RecordedRequest::at).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = { "pay", "pochi" })
    void whatNeverArrivedIsPaidByTheRepeat(String route) {
        ResultApi api = route.equals("pay") ? ResultApi.B2C : ResultApi.POCHI;
        safaricom.results().next(api, ResultScript.succeeds().resetBeforeAccepting());
        try (Shop shop = shop().open()) {
            Transaction open = lost(shop, route, route.equals("pay") ? HUNDRED : new B2Pochi.Request("0712345678", 100), "1");
            assertThat(transfers()).isEmpty();
            assertThat(open.repetition().fields()).containsEntry("PartyB", PHONE);

            advance(shop, Duration.ofSeconds(21));
            Outcome paid = told(shop, open.reference());
            assertThat(paid.isCompleted()).isTrue();
            assertThat(paid.source()).isEqualTo(Source.CALLBACK);
            assertThat(transfers()).singleElement().matches(money -> money.receipt().equals(paid.receiptNumber())
                    && money.originatorConversationId().equals(open.ownId()));
            List<JsonNode> bodies = shop.sent("/paymentrequest");
            assertThat(bodies).hasSize(2);
            assertThat(bodies.get(1)).isEqualTo(bodies.get(0));
            // who was paid is kept no longer than it is needed
            assertThat(stored(shop, open.reference()).repetition().fields()).isEmpty();
            assertThat(outcome(shop.send("direct:" + route, route.equals("pay") ? HUNDRED
                    : new B2Pochi.Request("0712345678", 100), Map.of("salary", "1"))).receiptNumber()).isEqualTo(paid.receiptNumber());
            assertThat(count(api.counter() + ".received")).isEqualTo(2);
        }
    }

    @Test
    void anotherProcessSendsTheIdenticalRequest() {
        MemoryTransactionRepository repository = new MemoryTransactionRepository(safaricom.clock(), 1_000);
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().resetBeforeAccepting());
        Shop first = shop().with(component -> component.setRepository(repository)).open();
        Transaction open = lost(first, "pay", HUNDRED, "1");
        first.close();
        int port = first.component().getCallbackPort();
        try (Shop second = shop().with(component -> {
            component.setRepository(repository);
            component.setCallbackPort(port);
            component.getConfiguration().setCallbackBaseUrl("http://127.0.0.1:" + port);
        }).open()) {
            advance(second, Duration.ofSeconds(21));
            assertThat(told(second, open.reference()).isCompleted()).isTrue();
            List<JsonNode> bodies = second.sent("/paymentrequest");
            assertThat(bodies).hasSize(2);
            assertThat(withoutCredential(bodies.get(1))).isEqualTo(withoutCredential(bodies.get(0)));
            // RSA pads with noise: both are the same password
            assertThat(bodies.get(1).get("SecurityCredential")).isNotEqualTo(bodies.get(0).get("SecurityCredential"));
            assertThat(transfers()).hasSize(1);
        }
    }

    @Test
    void anIntentWhoseSenderDiedIsSent() {
        MemoryTransactionRepository repository = new MemoryTransactionRepository(safaricom.clock(), 1_000);
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().resetBeforeAccepting());
        Shop first = shop().with(component -> component.setRepository(Repositories.of(repository, (call, arguments) ->
                // it dies before it hears what became of the sending
                call.equals("update") ? CompletableFuture.failedFuture(new IllegalStateException("dead")) : null))).open();
        first.send("direct:pay", HUNDRED, Map.of("salary", "1"));
        first.close();
        assertThat(repository.all()).extracting(Transaction::status).containsExactly(PaymentStatus.INITIATED);
        try (Shop second = shop().with(component -> component.setRepository(repository)).open()) {
            advance(second, Duration.ofMinutes(3));
            await().until(() -> repository.all().get(0).status() == PaymentStatus.COMPLETED);
            assertThat(transfers()).hasSize(1);
            assertThat(count("b2c.received")).isEqualTo(2);
        }
    }

    @Test
    void twoNodesPayOnce() {
        MemoryTransactionRepository repository = new MemoryTransactionRepository(safaricom.clock(), 1_000);
        for (int i = 0; i < 10; i++) {
            safaricom.results().next(ResultApi.B2C, i % 2 == 0 ? ResultScript.succeeds().resetAfterAccepting().lostCallback()
                    : ResultScript.succeeds().resetBeforeAccepting());
        }
        try (Shop one = shop().with(component -> component.setRepository(repository)).open();
             Shop other = shop().with(component -> component.setRepository(repository)).open()) {
            for (int i = 0; i < 10; i++) {
                lost(i % 3 == 0 ? one : other, "pay", HUNDRED, "" + i);
            }
            safaricom.clock().advance(Duration.ofSeconds(21));
            await().atMost(Duration.ofSeconds(30)).until(() -> repository.all().stream()
                    .allMatch(payment -> payment.status() == PaymentStatus.COMPLETED));
            assertThat(transfers()).hasSize(10);
            // some were refused and came again, for the token of one node kills that of the other
            assertThat(count("b2c.accepted")).isEqualTo(10);
            assertThat(count("b2c.duplicates")).isEqualTo(5);
        }
    }

    @Test
    void whoWaitsIsToldOfTheRepeat() {
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().resetBeforeAccepting());
        try (Shop shop = shop().open()) {
            CompletableFuture<Exchange> waiting = shop.sendAsync("direct:wait", HUNDRED, Map.of("salary", "1"));
            await().until(() -> !shop.repository().all().isEmpty() && shop.onlyPayment().status() == PaymentStatus.UNKNOWN);
            assertThat(waiting).isNotDone();
            advance(shop, Duration.ofSeconds(21));
            assertThat(outcome(waiting.join()).isCompleted()).isTrue();
        }
    }

    @Test
    void itIsSentAtGrowingDistancesUntilTheWindowIsOverAndThenAskedAbout() {
        safaricom.results().always(ResultApi.B2C, ResultScript.succeeds().html503AfterAccepting().lostCallback());
        safaricom.results().always(ResultApi.STATUS, ResultScript.result("2033"));
        safaricom.clock().freeze();
        try (Shop shop = shop().with(component -> {
            component.setResendWindow(Duration.ofHours(4));
            component.setMaximumQuestions(2);
        }).open()) {
            // nobody answers, and nothing has arrived: the simulator would know the id
            safaricom.results().always(ResultApi.B2C, ResultScript.succeeds().errorBeforeAccepting(500, "500.003.1001",
                    "Internal Server Error"));
            Transaction open = lost(shop, "pay", HUNDRED, "1");
            for (int minute = 0; minute < 5 * 60; minute++) {
                advance(shop, Duration.ofMinutes(1));
            }
            await().until(() -> {
                advance(shop, Duration.ofMinutes(1));
                return stored(shop, open.reference()).status() == PaymentStatus.UNRESOLVED;
            });
            List<Instant> sent = payouts();
            assertThat(sent).hasSizeBetween(6, 14);
            assertThat(sent.get(sent.size() - 1)).isBefore(sent.get(0).plus(Duration.ofHours(4)));
            // a busy machine sends one or the other some minutes late, for the clock goes on meanwhile
            Instant middle = sent.get(sent.size() / 2);
            assertThat(Duration.between(middle, sent.get(sent.size() - 1))).isGreaterThan(Duration.between(sent.get(0), middle));
            assertThat(count("status.received")).isEqualTo(2);
            // it is a person's now: the key pins it
            assertThat(shop.send("direct:pay", HUNDRED, Map.of("salary", "1")).getException())
                    .isInstanceOf(DarajaOutcomeUnknownException.class);
            assertThat(transfers()).isEmpty();
        }
    }

    @Test
    void withoutAWindowItIsOnlyAskedAbout() {
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().resetAfterAccepting().lostCallback());
        try (Shop shop = shop().with(component -> component.setResendWindow(Duration.ZERO)).open()) {
            Transaction open = lost(shop, "pay", HUNDRED, "1");
            await().until(() -> transfers().size() == 1);
            advance(shop, Duration.ofSeconds(21));
            assertThat(told(shop, open.reference()).isCompleted()).isTrue();
            assertThat(count("b2c.received")).isEqualTo(1);
        }
    }

    @Test
    void otherVersionsAreNeverSentAgain() {
        for (ResultApi api : List.of(ResultApi.B2C, ResultApi.VALIDATED_B2C)) {
            safaricom.results().next(api, ResultScript.succeeds().resetBeforeAccepting());
        }
        try (Shop shop = shop().with(component -> component.setMaximumQuestions(1)).open()) {
            Transaction v1 = lost(shop, "v1", HUNDRED, "1");
            Transaction validated = lost(shop, "validated", Map.of("PartyB", PHONE, "Amount", 100, "IDType", "01", "IDNumber",
                    "12345678"), "2");
            assertThat(v1.repetition()).isNull();
            assertThat(validated.repetition()).isNull();
            for (int i = 0; i < 50; i++) {
                advance(shop, Duration.ofHours(1));
            }
            await().until(() -> shop.repository().all().stream().allMatch(one -> one.status() == PaymentStatus.UNRESOLVED));
            assertThat(payouts()).hasSize(2);
        }
    }

    @Test
    void aRefusalOfTheSecondOneSaysNothingOfTheFirst() {
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().resetAfterAccepting().lostCallback());
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().errorBeforeAccepting(400, "400.002.02",
                "Bad Request - Invalid Remarks"));
        try (Shop shop = shop().open()) {
            Transaction open = lost(shop, "pay", HUNDRED, "1");
            await().until(() -> transfers().size() == 1);
            advance(shop, Duration.ofSeconds(21));
            Outcome paid = told(shop, open.reference());
            assertThat(paid.isCompleted()).isTrue();
            assertThat(paid.source()).isEqualTo(Source.QUERY);
            assertThat(count("b2c.received")).isEqualTo(2);
            assertThat(transfers()).hasSize(1);
        }
    }

    @Test
    void whatWasThrottledIsSentALittleLater() {
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().resetBeforeAccepting());
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().spikeArrest());
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().systemBusy());
        try (Shop shop = shop().open()) {
            Transaction open = lost(shop, "pay", HUNDRED, "1");
            for (int i = 2; i <= 4; i++) {
                int sent = i;
                advance(shop, Duration.ofSeconds(61));
                await().until(() -> payouts().size() == sent);
            }
            assertThat(told(shop, open.reference()).isCompleted()).isTrue();
            assertThat(transfers()).hasSize(1);
        }
    }

    @Test
    void nothingIsSentAgainWhereNothingIsAsked() {
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().resetBeforeAccepting());
        try (Shop shop = shop().with(component -> component.setAskWhenLate(false)).open()) {
            lost(shop, "pay", HUNDRED, "1");
            for (int i = 0; i < 5; i++) {
                advance(shop, Duration.ofHours(1));
            }
            assertThat(payouts()).hasSize(1);
        }
    }

    @Test
    void anotherShortCodeWouldBeAnotherRequest() {
        MemoryTransactionRepository repository = new MemoryTransactionRepository(safaricom.clock(), 1_000);
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().resetBeforeAccepting());
        Shop first = shop().with(component -> component.setRepository(repository)).open();
        Transaction open = lost(first, "pay", HUNDRED, "1");
        first.close();
        try (Shop second = shop().with(component -> {
            component.setRepository(repository);
            component.getConfiguration().setShortCode("600999");
        }).open()) {
            advance(second, Duration.ofSeconds(21));
            await().until(() -> !stored(second, open.reference()).mayBeRepeated());
            advance(second, Duration.ofMinutes(5));
            assertThat(payouts()).hasSize(1);
        }
    }
}
