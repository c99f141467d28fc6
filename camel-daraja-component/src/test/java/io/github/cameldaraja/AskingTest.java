package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.account.Commons;
import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.QueryFault;
import io.github.cameldaraja.simulator.RecordedRequest;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import io.github.cameldaraja.transaction.Transaction;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When and how often Safaricom is asked about a payment whose callback is late, and what no answer may do to it. */
class AskingTest {

    @RegisterExtension
    static final DarajaSimulatorExtension SAFARICOM =
            new DarajaSimulatorExtension(SimulatorSettings.defaults().withAnswerDelay(Duration.ofMillis(10)));

    private final DarajaSimulator safaricom = SAFARICOM.simulator();

    private Shop shop() {
        return Shop.at(safaricom).route("pay", "daraja:stkPush")
                .route("wait", "daraja:stkPush?awaitOutcome=true&outcomeTimeout=1h").collecting();
    }

    private Acknowledgement push(Shop shop, String phone, Script script) {
        safaricom.faults().nextPush(script);
        return shop.send("direct:pay", new StkPush.Request(phone, 100, "INV-1")).getMessage().getBody(Acknowledgement.class);
    }

    private List<Instant> questions() {
        return safaricom.requests().stream().filter(request -> request.path().contains("stkpushquery")).map(RecordedRequest::at)
                .toList();
    }

    private void advance(Shop shop, int seconds) {
        safaricom.clock().advance(Duration.ofSeconds(seconds));
        shop.look();
    }

    private void awaitQuestions(Shop shop, String reference, int number) {
        await().until(() -> shop.payment(reference).questions() == number);
    }

    @Test
    void lostCallbacksAreFound() {
        List<String> codes = List.of("0", "1", "17", "1001", "1019", "1025", "1032", "1037", "2001", "2028", "SFC_IC0003");
        try (Shop shop = shop().with(component -> component.setQueryGrace(Duration.ofSeconds(5))).open()) {
            List<String> references = new ArrayList<>();
            for (int i = 0; i < codes.size(); i++) {
                references.add(push(shop, "2547120003" + (10 + i), Script.result(codes.get(i)).lostCallback()).reference());
            }
            await().until(() -> safaricom.books().payments().size() == 1);
            advance(shop, 21);
            for (int i = 1; i < codes.size(); i++) {
                String reference = references.get(i);
                await().until(() -> shop.payment(reference).held() != null);
            }
            advance(shop, 6);
            await().until(() -> shop.outcomes().size() == codes.size());
            for (int i = 0; i < codes.size(); i++) {
                Outcome outcome = shop.payment(references.get(i)).outcome();
                assertThat(outcome.resultCode()).isEqualTo(codes.get(i));
                assertThat(outcome.source()).isEqualTo(Source.QUERY);
                assertThat(outcome.status().isFinal()).isTrue();
                assertThat(outcome.isCompleted()).isEqualTo(codes.get(i).equals("0"));
                assertThat(outcome.receiptNumber()).isNull();
            }
            assertThat(safaricom.counters().queries()).isEqualTo(codes.size());
        }
    }

    @Test
    void questionsComeAtTheirTimesAndThenAPersonMustLook() {
        safaricom.clock().freeze();
        for (int i = 0; i < 4; i++) {
            safaricom.faults().nextQuery(QueryFault.SPURIOUS_DOES_NOT_EXIST);
        }
        try (Logs logs = new Logs(Level.ERROR, "io.github.cameldaraja");
             Shop shop = shop().with(component -> component.setMaximumQuestions(4)).open()) {
            Acknowledgement ids = push(shop, "254712000331", Script.pays().lostCallback());
            Instant sent = safaricom.clock().instant();
            advance(shop, 19);
            assertThat(questions()).isEmpty();
            for (int number = 1; number <= 4; number++) {
                advance(shop, 1);
                awaitQuestions(shop, ids.reference(), number);
                advance(shop, 14);
            }
            assertThat(questions()).containsExactly(sent.plusSeconds(20), sent.plusSeconds(35), sent.plusSeconds(50),
                    sent.plusSeconds(65));
            assertThat(shop.payment(ids.reference()).status()).isEqualTo(PaymentStatus.UNRESOLVED);
            assertThat(logs.lines()).anyMatch(line -> line.startsWith("ERROR") && line.contains("A person must look")
                    && line.contains(ids.reference()) && !line.contains("254712000331"));
            assertThat(shop.outcomes()).isEmpty();

            for (int i = 0; i < 5; i++) {
                advance(shop, 3600);
            }
            assertThat(questions()).hasSize(4);
            // and if it speaks after all, it is heard
            assertThat(safaricom.resend(ids.checkoutRequestId()).join()).isEqualTo(200);
            assertThat(shop.outcomes()).extracting(Outcome::status).containsExactly(PaymentStatus.COMPLETED);
        }
    }

    @Test
    void whatNobodyCanReadIsReasonToAskOnceMore() {
        safaricom.faults().nextQuery(QueryFault.SPURIOUS_DOES_NOT_EXIST);
        safaricom.faults().nextQuery(QueryFault.PENDING_4999);
        try (Shop shop = shop().with(component -> component.setMaximumQuestions(1)).open()) {
            Acknowledgement ids = push(shop, "254712000335", Script.pays().lostCallback());
            await().until(() -> safaricom.books().payments().size() == 1);
            advance(shop, 21);
            await().until(() -> shop.payment(ids.reference()).status() == PaymentStatus.UNRESOLVED);

            assertThat(safaricom.post(shop.lastCallbackUrl(), "not JSON").join()).isEqualTo(200);
            awaitQuestions(shop, ids.reference(), 2);
            assertThat(shop.payment(ids.reference()).status()).isEqualTo(PaymentStatus.UNRESOLVED);
            // as soon as a person is told once more
            await().until(() -> shop.payment(ids.reference()).dueAt() == null);

            assertThat(safaricom.post(shop.lastCallbackUrl(), "not JSON").join()).isEqualTo(200);
            await().until(() -> shop.outcomes().size() == 1);
            assertThat(shop.outcomes().get(0).isCompleted()).isTrue();
            assertThat(safaricom.counters().queries()).isEqualTo(3);
        }
    }

    @Test
    void theQuestionsOfAnAccountKeepTheirDistance() {
        safaricom.clock().freeze();
        try (Shop shop = shop().with(component -> component.getConfiguration().setQuerySpacing(Duration.ofSeconds(12))).open()) {
            for (int i = 0; i < 4; i++) {
                push(shop, "25471200034" + i, Script.pays().lostCallback());
            }
            safaricom.clock().advance(Duration.ofSeconds(1));
            assertThat(safaricom.books().payments()).hasSize(4);
            advance(shop, 19);
            for (int number = 1; number <= 4; number++) {
                int expected = number;
                await().until(() -> shop.outcomes().size() == expected);
                advance(shop, 11);
                assertThat(questions()).hasSize(number);
                advance(shop, 1);
            }
            List<Instant> asked = questions();
            for (int i = 1; i < asked.size(); i++) {
                assertThat(Duration.between(asked.get(i - 1), asked.get(i))).isGreaterThanOrEqualTo(Duration.ofSeconds(12));
            }
        }
    }

    @Test
    void noAnswerThatIsNotFinalEndsAPayment() {
        List<QueryFault> faults = List.of(QueryFault.BEING_PROCESSED_500, QueryFault.PENDING_4999, QueryFault.EMPTY_MESSAGE_200,
                QueryFault.SPURIOUS_DOES_NOT_EXIST, QueryFault.SPIKE_ARREST_429, QueryFault.HTML_503, QueryFault.RESET);
        try (Shop shop = shop().open()) {
            safaricom.faults().nextPush(Script.pays().lostCallback());
            CompletableFuture<Exchange> waiting =
                    shop.sendAsync("direct:wait", new StkPush.Request("254712000351", 100, "INV-1"));
            await().until(() -> safaricom.books().payments().size() == 1);
            await().until(() -> shop.onlyPayment().acknowledgement() != null);
            safaricom.clock().freeze();
            faults.forEach(safaricom.faults()::nextQuery);
            for (int number = 1; number <= faults.size(); number++) {
                int asked = number;
                advance(shop, number == 1 ? 21 : 61);
                await().until(() -> safaricom.counters().queries() == asked);
                await().until(() -> isAnswered(shop));
                assertThat(shop.onlyPayment().status()).as(faults.get(number - 1).name()).isEqualTo(PaymentStatus.PENDING);
                assertThat(shop.onlyPayment().held()).isNull();
                assertThat(waiting).isNotDone();
            }
            assertThat(shop.onlyPayment().questions()).as("throttled ones do not count").isEqualTo(faults.size() - 2);
            advance(shop, 241);
            Exchange done = waiting.join();
            assertThat(done.getMessage().getHeader(DarajaConstants.STATUS)).isEqualTo("COMPLETED");
            assertThat(done.getMessage().getHeader(DarajaConstants.SOURCE)).isEqualTo("QUERY");
            assertThat(done.getMessage().getHeader(DarajaConstants.RECEIPT_NUMBER)).isNull();
        }
    }

    // the lease of a running question is longer than any pause here
    private boolean isAnswered(Shop shop) {
        Instant now = safaricom.clock().instant();
        Instant due = shop.onlyPayment().dueAt();
        return due.isAfter(now) && due.isBefore(now.plusSeconds(100));
    }

    @Test
    void nothingIsAskedWhereAskingIsOff() {
        try (Shop shop = shop().with(component -> component.setAskWhenLate(false)).open()) {
            Acknowledgement ids = push(shop, "254712000361", Script.pays().lostCallback());
            await().until(() -> safaricom.books().payments().size() == 1);
            for (int i = 0; i < 3; i++) {
                advance(shop, 3600);
            }
            assertThat(safaricom.resend(ids.checkoutRequestId()).join()).isEqualTo(200);
            assertThat(shop.outcomes()).hasSize(1);
            assertThat(safaricom.counters().queries()).isZero();
        }
    }

    @Test
    void nothingIsAskedAboutWhatIsKnown() {
        try (Shop shop = shop().open()) {
            push(shop, "254712000371", Script.pays());
            push(shop, "254712000372", Script.result(1032));
            push(shop, "254712000373", Script.pays().callbackBeforeAnswer());
            await().until(() -> shop.outcomes().size() == 3);
            for (int i = 0; i < 3; i++) {
                advance(shop, 3600);
            }
            // a later one is asked about, those were not
            Acknowledgement lost = push(shop, "254712000374", Script.pays().lostCallback());
            await().until(() -> safaricom.books().payments().size() == 3);
            advance(shop, 21);
            await().until(() -> shop.payment(lost.reference()).status() == PaymentStatus.COMPLETED);
            assertThat(safaricom.counters().queries()).isEqualTo(1);
        }
    }

    @Test
    void aTokenThatDiesBetweenPushAndQuestionIsRenewed() {
        try (Shop shop = shop().open()) {
            Acknowledgement ids = push(shop, "254712000381", Script.pays().lostCallback());
            await().until(() -> safaricom.books().payments().size() == 1);
            safaricom.revokeTokens();
            advance(shop, 21);
            await().until(() -> shop.payment(ids.reference()).status() == PaymentStatus.COMPLETED);
            assertThat(safaricom.counters().tokenCalls()).isEqualTo(2);
            assertThat(safaricom.counters().queries()).isEqualTo(2);
            assertThat(shop.payment(ids.reference()).questions()).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void anAnswerAboutAnotherPaymentHoldsNothing() {
        safaricom.clock().freeze();
        try (Shop shop = shop().open()) {
            Acknowledgement ids = push(shop, "254712000391", Script.pays().lostCallback());
            shop.component().services().asking().heard(Outcome.builder().operation("stkPush").account("default")
                    .reference(ids.reference()).status(PaymentStatus.CANCELLED).resultCode("1032").source(Source.QUERY)
                    .checkoutRequestId("ws_CO_of_another").build()).join();
            assertThat(shop.payment(ids.reference()).held()).isNull();
            safaricom.clock().advance(Duration.ofSeconds(1));
            await().until(() -> safaricom.books().payments().size() == 1);
            advance(shop, 20);
            await().until(() -> shop.payment(ids.reference()).status() == PaymentStatus.COMPLETED);
        }
    }

    @Test
    void whatCannotBeAskedAboutIsNotTriedForEver() {
        try (Shop shop = shop().open()) {
            Instant now = safaricom.clock().instant();
            shop.repository().open(Transaction.intent("0123", "stkPush", "default", safaricom.credentials().shortCode(), null,
                    new BigDecimal("100"), "254712000395", "INV-1", Map.of(), now).asking("f", null), null).join();
            shop.repository().update("0123", payment -> payment.acknowledged(new Acknowledgement("stkPush", "default", "0123",
                    PaymentStatus.PENDING, "0", null, null, "an id that / nobody takes", null, null, null), now, now)).join();
            await().until(() -> shop.payment("0123").dueAt().isBefore(now.plusSeconds(100)));
            assertThat(shop.payment("0123").status()).isEqualTo(PaymentStatus.PENDING);

            safaricom.clock().advance(Duration.ofHours(49));
            await().until(() -> shop.payment("0123").status() == PaymentStatus.UNRESOLVED);
            assertThat(shop.payment("0123").dueAt()).isNull();
        }
    }

    @Test
    void aStoreThatThrowsOnceDoesNotEndTheQuestions() {
        AtomicBoolean thrown = new AtomicBoolean();
        Commons throwing = Repositories.commons(null, (call, arguments) -> {
            if (call.equals("lease") && ((String) arguments[0]).startsWith("pace/") && thrown.compareAndSet(false, true)) {
                throw new IllegalStateException("the store is down");
            }
            return CompletableFuture.completedFuture(call.equals("prolong") || call.equals("putToken") ? true : null);
        });
        try (Shop shop = shop().with(component -> {
            component.getConfiguration().setQuerySpacing(Duration.ofSeconds(1));
            component.setRepository(Repositories.of(component.getRepository(), (call, arguments) ->
                    call.equals("commons") ? Optional.of(throwing) : null));
        }).open()) {
            Acknowledgement ids = push(shop, "254712000339", Script.pays().lostCallback());
            advance(shop, 21);
            await().until(thrown::get);
            assertThat(questions()).isEmpty();

            // its lease brings it back
            advance(shop, 121);
            await().until(() -> shop.payment(ids.reference()).status() == PaymentStatus.COMPLETED);
        }
    }
}
