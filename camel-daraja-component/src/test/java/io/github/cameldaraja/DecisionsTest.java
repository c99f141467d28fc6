package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.B2c;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.InvalidFieldException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.api.Verdict;
import io.github.cameldaraja.simulator.QueryFault;
import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.ResultScript;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.transaction.Decision;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.camel.Exchange;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;

/** What nobody can ask about any more, or what is contradictory, a person decides; with name, reason and evidence. */
class DecisionsTest extends EndToEnd {

    private static final String RECEIPT = "UKL7PERSON";
    private static final String EVIDENCE = "statement of 21 November, line 7, paid by 0712345678";

    private Shop shop() {
        deposit(UTILITY, 10_000);
        return newShop().with(component -> component.setMaximumQuestions(1)).route("push", "daraja:stkPush?idempotencyKey=${header.order}")
                .route("wait", "daraja:stkPush?idempotencyKey=${header.order}&awaitOutcome=true&outcomeTimeout=100h")
                .route("again", "daraja:stkPush?idempotencyKey=${header.order}&retryFailed=true&awaitOutcome=true")
                .route("pay", "daraja:b2c?idempotencyKey=${header.order}").collecting("stkPush", "b2c");
    }

    private static Outcome resolve(Shop shop, String reference, PaymentStatus status, String receipt) {
        return resolve(shop, new Decision(reference, status, receipt, "Wanjiru", "seen in the portal", EVIDENCE));
    }

    private static Outcome resolve(Shop shop, Decision decision) {
        try {
            return shop.component().services().decisions().resolve(decision).join();
        } catch (CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    private Exchange send(Shop shop, String route, String order) {
        return shop.send("direct:" + route, new StkPush.Request(PHONE, 100, "INV-1"), Map.of("order", order));
    }

    // of which nothing is known, and nothing can be asked
    private String unresolved(Shop shop) {
        safaricom.faults().nextPush(Script.neverAnswers().resetBeforeAccepting());
        Exchange done = send(shop, "push", "1");
        assertThat(done.getException()).isInstanceOf(DarajaOutcomeUnknownException.class);
        String reference = done.getMessage().getHeader(DarajaConstants.REFERENCE, String.class);
        advance(shop, Duration.ofMinutes(1));
        advance(shop, Duration.ofHours(49));
        await().until(() -> shop.payment(reference).status() == PaymentStatus.UNRESOLVED);
        return reference;
    }

    @Test
    void aDecisionIsToldLikeAnyOutcome() {
        try (Logs logs = new Logs(Level.INFO, "io.github.cameldaraja"); Shop shop = shop().open()) {
            String reference = unresolved(shop);
            assertThat(shop.outcomes()).isEmpty();

            Outcome decided = resolve(shop, reference, PaymentStatus.COMPLETED, RECEIPT.toLowerCase());
            assertThat(decided.verdict()).isEqualTo(Verdict.APPLIED);
            Outcome told = told(shop, reference);
            assertThat(told).isEqualTo(decided);
            assertThat(told.source()).isEqualTo(Source.PERSON);
            assertThat(told.receiptNumber()).isEqualTo(RECEIPT);
            assertThat(told.amount()).isEqualByComparingTo("100");
            assertThat(told.idempotencyKey()).isEqualTo("1");
            assertThat(told.details()).containsEntry("decidedBy", "Wanjiru").containsEntry("why", "seen in the portal")
                    .containsEntry("evidence", EVIDENCE).containsKey("decidedAt");
            assertThat(logs.lines()).anyMatch(line -> line.contains("Wanjiru") && line.contains(reference))
                    .noneMatch(line -> line.contains("0712345678"));
            // the key has its answer
            assertThat(send(shop, "push", "1").getMessage().getBody(Outcome.class).receiptNumber()).isEqualTo(RECEIPT);
            assertThat(safaricom.counters().pushes()).isEqualTo(1);
        }
    }

    @Test
    void aFailureFreesNothingButForRetryFailed() {
        try (Shop shop = shop().open()) {
            String reference = unresolved(shop);
            resolve(shop, reference, PaymentStatus.FAILED, null);
            assertThat(told(shop, reference).status()).isEqualTo(PaymentStatus.FAILED);
            assertThat(send(shop, "push", "1").getMessage().getBody(Outcome.class).status()).isEqualTo(PaymentStatus.FAILED);
            assertThat(safaricom.counters().pushes()).isEqualTo(1);

            Outcome second = outcome(send(shop, "again", "1"));
            assertThat(second.isCompleted()).isTrue();
            assertThat(second.reference()).isNotEqualTo(reference);
            assertThat(safaricom.counters().pushes()).isEqualTo(2);
        }
    }

    @Test
    void safaricomMayContradictButNotQuietly() {
        try (Shop shop = shop().open()) {
            safaricom.faults().nextPush(Script.pays().lostCallback());
            safaricom.faults().nextPush(Script.pays().lostCallback());
            for (int i = 0; i < 2; i++) {
                safaricom.faults().nextQuery(QueryFault.SPURIOUS_DOES_NOT_EXIST);
            }
            Acknowledgement denied = send(shop, "push", "1").getMessage().getBody(Acknowledgement.class);
            await("a customer has one prompt at a time").until(() -> safaricom.books().payments().size() == 1);
            Acknowledgement believed = send(shop, "push", "2").getMessage().getBody(Acknowledgement.class);
            await().until(() -> safaricom.books().payments().size() == 2);
            advance(shop, Duration.ofSeconds(21));
            await().until(() -> shop.repository().all().stream().allMatch(one -> one.status() == PaymentStatus.UNRESOLVED));
            resolve(shop, denied.reference(), PaymentStatus.CANCELLED, null);
            String receipt = safaricom.books().payments().stream().filter(one -> one.checkoutRequestId()
                    .equals(believed.checkoutRequestId())).findFirst().orElseThrow().receipt();
            resolve(shop, believed.reference(), PaymentStatus.COMPLETED, receipt);
            await().until(() -> shop.outcomes().size() == 2);

            safaricom.resend(denied.checkoutRequestId()).join();
            assertThat(shop.payment(denied.reference()).status()).isEqualTo(PaymentStatus.CANCELLED);
            assertThat(shop.payment(denied.reference()).disputed()).isTrue();
            assertThat(shop.repository().kept()).singleElement().matches(raw -> raw.verdict() == Verdict.CONFLICT);
            safaricom.resend(believed.checkoutRequestId()).join();
            assertThat(shop.payment(believed.reference()).disputed()).isFalse();
            assertThat(shop.outcomes()).hasSize(2);

            // and the person has another look
            Outcome corrected = resolve(shop, denied.reference(), PaymentStatus.COMPLETED, safaricom.books().payments().stream()
                    .map(one -> one.receipt()).filter(one -> !one.equals(receipt)).findFirst().orElseThrow());
            assertThat(corrected.verdict()).isEqualTo(Verdict.CORRECTED);
            await().until(() -> shop.outcomes().size() == 3);
            assertThat(shop.payment(denied.reference()).disputed()).isFalse();
        }
    }

    @Test
    void whatMayStillBePaidIsNotDeniedByAPerson() {
        safaricom.faults().nextPush(Script.neverAnswers());
        try (Shop shop = shop().with(component -> component.setMaximumQuestions(20)).open()) {
            CompletableFuture<Exchange> waiting = shop.sendAsync("direct:wait", new StkPush.Request(PHONE, 100, "INV-1"),
                    Map.of("order", "1"));
            await().until(() -> !shop.repository().all().isEmpty() && shop.onlyPayment().status() == PaymentStatus.PENDING);
            String reference = shop.onlyPayment().reference();
            assertThatThrownBy(() -> resolve(shop, reference, PaymentStatus.FAILED, null)).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("may be paid yet");
            assertThat(waiting).isNotDone();
            // but whoever has the receipt in hand need not wait
            resolve(shop, reference, PaymentStatus.COMPLETED, RECEIPT);
            Outcome outcome = outcome(waiting.join());
            assertThat(outcome.isCompleted()).isTrue();
            assertThat(outcome.source()).isEqualTo(Source.PERSON);
        }
    }

    @Test
    void whatIsNotInDoubtIsRefusedWithTheReason() {
        try (Shop shop = shop().open()) {
            String open = unresolved(shop);
            Outcome paid = outcome(shop.send("direct:wait", new StkPush.Request("254712345679", 100, "INV-2"), Map.of("order", "2")));
            String[][] wrong = {
                {"nobody", "COMPLETED", RECEIPT, "no payment is stored"},
                {paid.reference(), "FAILED", null, "not in doubt"},
                {paid.reference(), "COMPLETED", RECEIPT, "not in doubt"},
                {open, "COMPLETED", paid.receiptNumber(), "counts already, with the payment " + paid.reference()},
                {open, "COMPLETED", null, "receiptNumber: is missing"},
                {open, "COMPLETED", "UKL0000000", "nothing was booked"},
                {open, "COMPLETED", "no receipt", "8 to 15"},
                {open, "FAILED", RECEIPT, "receiptNumber: is of a payment that was made"},
                {open, "EXPIRED", null, "status: must be COMPLETED, FAILED or CANCELLED"},
                {open, "PENDING", null, "status: must be COMPLETED, FAILED or CANCELLED"}};
            for (String[] one : wrong) {
                assertThatThrownBy(() -> resolve(shop, one[0], PaymentStatus.valueOf(one[1]), one[2])).as(one[1])
                        .hasMessageContaining(one[3]).hasMessageNotContaining(PHONE);
            }
            for (Decision one : new Decision[] {new Decision(open, PaymentStatus.FAILED, null, " ", "w", "e"),
                new Decision(open, PaymentStatus.FAILED, null, "w", null, "e"), new Decision(open, PaymentStatus.FAILED, null, "w", "y", ""),
                new Decision(null, PaymentStatus.FAILED, null, "w", "y", "e"), new Decision(open, null, null, "w", "y", "e")}) {
                assertThatThrownBy(() -> resolve(shop, one)).isInstanceOf(InvalidFieldException.class);
            }
            assertThat(shop.payment(open).status()).isEqualTo(PaymentStatus.UNRESOLVED);
            assertThat(shop.payment(paid.reference()).disputed()).isFalse();
            assertThat(shop.outcomes()).isEmpty();
        }
    }

    @Test
    void aDisputedPaymentIsReleased() {
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().parameter("TransactionAmount", BigDecimal.ONE));
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().contradicting("1"));
        try (Shop shop = shop().open()) {
            String odd = pending(shop.send("direct:pay", new B2c.Request(PHONE, 100), Map.of("order", "1"))).reference();
            String both = pending(shop.send("direct:pay", new B2c.Request(PHONE, 100), Map.of("order", "2"))).reference();
            await().until(() -> shop.repository().kept().size() == 2);
            assertThat(shop.payment(odd).status()).isEqualTo(PaymentStatus.UNRESOLVED);
            assertThat(shop.payment(both).disputed()).isTrue();

            resolve(shop, odd, PaymentStatus.COMPLETED, transfers().get(0).receipt());
            assertThat(told(shop, odd).isCompleted()).isTrue();
            assertThat(shop.payment(odd).disputed()).isFalse();

            Outcome agreed = resolve(shop, both, PaymentStatus.COMPLETED, transfers().get(1).receipt());
            assertThat(agreed.verdict()).isEqualTo(Verdict.LATE);
            assertThat(shop.payment(both).disputed()).isFalse();
            assertThat(told(shop, both).source()).as("told once, by the callback").isEqualTo(Source.CALLBACK);
            assertThatThrownBy(() -> resolve(shop, both, PaymentStatus.FAILED, null)).hasMessageContaining("not in doubt");
        }
    }

    @Test
    void aPaymentThatWasGivenBackIsToldAsCorrected() {
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().contradicting("1"));
        try (Shop shop = shop().open()) {
            String reference = pending(shop.send("direct:pay", new B2c.Request(PHONE, 100), Map.of("order", "1"))).reference();
            await().until(() -> shop.payment(reference).disputed());
            assertThatThrownBy(() -> resolve(shop, reference, PaymentStatus.COMPLETED, RECEIPT)).hasMessageContaining("another one is"
                    + " another payment");
            assertThat(resolve(shop, reference, PaymentStatus.FAILED, null).verdict()).isEqualTo(Verdict.CORRECTED);
            await().until(() -> shop.outcomes().size() == 2);
            assertThat(shop.outcomes().get(1).status()).isEqualTo(PaymentStatus.FAILED);
            assertThat(shop.outcomes().get(1).source()).isEqualTo(Source.PERSON);
        }
    }
}
