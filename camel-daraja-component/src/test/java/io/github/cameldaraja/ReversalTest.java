package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.Reversal;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.ResultScript;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** A customer's payment is given back, once. */
class ReversalTest extends EndToEnd {

    private static final String KEY = "?idempotencyKey=${header.refund}";

    private Shop shop() {
        return newShop().route("reverse", "daraja:reversal" + KEY)
                .route("wait", "daraja:reversal" + KEY + "&awaitOutcome=true&outcomeTimeout=1h")
                .route("buy", "daraja:stkPush?awaitOutcome=true").collecting("reversal");
    }

    private static Map<String, Object> refund(String key) {
        return Map.of("refund", key);
    }

    @Test
    void aPaymentIsGivenBackInEveryWay() {
        List<LedgerEntry> paid = List.of(paid("254712000001", "a", 101), paid("254712000002", "b", 102),
                paid("254712000003", "c", 103), paid("254712000004", "d", 104));
        try (Shop shop = shop().route("uri", "daraja:reversal" + KEY + "&transactionId=" + paid.get(3).receipt()
                + "&amount=104&remarks=Sold out&occasion=June").open()) {
            List<Exchange> sent = List.of(
                    shop.send("direct:reverse", new Reversal.Request(paid.get(0).receipt(), 101), refund("1")),
                    shop.send("direct:reverse", Map.of("transactionId", paid.get(1).receipt().toLowerCase(), "amount", 102),
                            refund("2")),
                    shop.send("direct:reverse", "{\"TransactionID\":\"" + paid.get(2).receipt() + "\",\"Amount\":\"103\"}",
                            refund("3")),
                    shop.send("direct:uri", null, refund("4")));
            for (int i = 0; i < sent.size(); i++) {
                Outcome back = told(shop, pending(sent.get(i)).reference());
                String receipt = paid.get(i).receipt();
                assertThat(back.isCompleted()).isTrue();
                assertThat(back.receiptNumber()).isNotEqualTo(receipt);
                assertThat(back.amount()).isEqualByComparingTo(paid.get(i).amount());
                assertThat(back.details()).containsEntry("OriginalTransactionID", receipt);
                assertThat(transfers()).filteredOn(one -> receipt.equals(one.reverses())).singleElement()
                        .matches(one -> one.receipt().equals(back.receiptNumber()));
                assertThat(safaricom.books().customerBalance(paid.get(i).payerPhone())).isEqualTo(100_000);
            }
            JsonNode body = last(shop.sent("/reversal/"));
            assertThat(body.get("RecieverIdentifierType").asText()).isEqualTo("11");
            assertThat(body.get("Remarks").asText()).isEqualTo("Sold out");
            assertThat(body.get("Occasion").asText()).isEqualTo("June");
        }
    }

    @Test
    void aPushIsGivenBackByItsReceipt() {
        try (Shop shop = shop().open()) {
            Outcome bought = outcome(shop.send("direct:buy", new StkPush.Request(PHONE, 250, "INV-1")));
            Outcome back = outcome(shop.send("direct:wait", new Reversal.Request(bought.receiptNumber(), 250), refund("1")));
            assertThat(back.isCompleted()).isTrue();
            assertThat(safaricom.books().customerBalance(PHONE)).isEqualTo(100_000);
            // the push itself stays what it was
            assertThat(shop.payment(bought.reference()).status()).isEqualTo(PaymentStatus.COMPLETED);
        }
    }

    @Test
    void aSecondReversalPaysBackNothing() {
        LedgerEntry paid = paid(PHONE, "order", 500);
        try (Shop shop = shop().open()) {
            Reversal.Request request = new Reversal.Request(paid.receipt(), 500);
            Outcome first = outcome(shop.send("direct:wait", request, refund("1")));
            // the same key is the same reversal
            Exchange same = shop.send("direct:wait", request, refund("1"));
            assertThat(outcome(same).receiptNumber()).isEqualTo(first.receiptNumber());
            assertThat(same.getMessage().getHeader(DarajaConstants.REPLAYED)).isEqualTo(true);
            assertThat(count("reversal.received")).isEqualTo(1);
            // another one is caught by Safaricom
            Outcome second = outcome(shop.send("direct:wait", request, refund("2")));
            assertThat(second.status()).isEqualTo(PaymentStatus.FAILED);
            assertThat(second.resultCode()).isEqualTo("R000001");
            assertThat(second.retriable()).isFalse();
            assertThat(transfers()).hasSize(1);
            assertThat(safaricom.books().customerBalance(PHONE)).isEqualTo(100_000);
        }
    }

    @Test
    void unknownAndTooMuchAndPoorEndAsFailures() {
        LedgerEntry paid = paid(PHONE, "order", 500);
        try (Shop shop = shop().open()) {
            Outcome unknown = outcome(shop.send("direct:wait", new Reversal.Request("TKA4ZZZZZ9", 10), refund("1")));
            assertThat(unknown.resultCode()).isEqualTo("R000002");
            Outcome tooMuch = outcome(shop.send("direct:wait", new Reversal.Request(paid.receipt(), 501), refund("2")));
            assertThat(tooMuch.status()).isEqualTo(PaymentStatus.FAILED);
            safaricom.results().next(ResultApi.REVERSAL, ResultScript.result(1));
            Outcome poor = outcome(shop.send("direct:wait", new Reversal.Request(paid.receipt(), 500), refund("3")));
            assertThat(poor.resultCategory()).hasToString("MERCHANT");
            assertThat(poor.retriable()).isTrue();
            assertThat(transfers()).isEmpty();
        }
    }

    @Test
    void aLostResultIsAskedFor() {
        LedgerEntry one = paid("254712000011", "a", 100);
        safaricom.results().next(ResultApi.REVERSAL, ResultScript.succeeds().lostCallback());
        try (Shop shop = shop().open()) {
            Acknowledgement acknowledged =
                    pending(shop.send("direct:reverse", new Reversal.Request(one.receipt(), 100), refund("1")));
            await().until(() -> transfers().size() == 1);
            advance(shop, Duration.ofSeconds(21));
            Outcome back = told(shop, acknowledged.reference());
            assertThat(back.source()).isEqualTo(Source.QUERY);
            assertThat(back.receiptNumber()).isEqualTo(transfers().get(0).receipt());
            assertThat(last(shop.sent("/transactionstatus/")).get("OriginalConversationID").asText())
                    .isEqualTo(acknowledged.originatorConversationId());
            assertThat(count("reversal.received")).isEqualTo(1);
        }
    }

    // the acknowledgement is lost
    private String lost(Shop shop, LedgerEntry paid, ResultScript script) {
        safaricom.results().next(ResultApi.REVERSAL, script);
        Exchange done = shop.send("direct:reverse", new Reversal.Request(paid.receipt(), paid.amount().longValueExact()), refund("1"));
        assertThat(done.getException()).isInstanceOf(DarajaOutcomeUnknownException.class);
        return done.getMessage().getHeader(DarajaConstants.REFERENCE, String.class);
    }

    private void untilAPersonMustLook(Shop shop, String reference) {
        await().until(() -> {
            advance(shop, Duration.ofHours(1));
            return shop.payment(reference).status() == PaymentStatus.UNRESOLVED;
        });
    }

    private void nothingMoreIsSent(Shop shop, int reversals) {
        for (int i = 0; i < 60; i++) {
            advance(shop, Duration.ofHours(1));
        }
        assertThat(count("reversal.received")).isEqualTo(reversals);
    }

    @Test
    void aLostReversalThatNeverArrivedIsSentOnceMoreAfterAQuestion() {
        LedgerEntry paid = paid(PHONE, "order", 500);
        try (Shop shop = shop().open()) {
            String reference = lost(shop, paid, ResultScript.succeeds().resetBeforeAccepting());
            advance(shop, Duration.ofSeconds(21));
            Outcome back = told(shop, reference);
            assertThat(back.isCompleted()).isTrue();
            assertThat(back.receiptNumber()).isEqualTo(transfers().get(0).receipt()).isNotEqualTo(paid.receipt());
            assertThat(last(shop.sent("/transactionstatus/")).get("TransactionID").asText()).isEqualTo(paid.receipt());
            assertThat(shop.sent("/reversal/")).hasSize(2).satisfies(bodies -> assertThat(bodies.get(1)).isEqualTo(bodies.get(0)));
            assertThat(shop.payment(reference).repetition().fields()).isEmpty();
            nothingMoreIsSent(shop, 2);
            assertThat(safaricom.books().customerBalance(PHONE)).isEqualTo(100_000);
        }
    }

    @Test
    void aLostReversalThatHadHappenedIsDoneOnce() {
        LedgerEntry paid = paid(PHONE, "order", 500);
        try (Shop shop = shop().open()) {
            String reference = lost(shop, paid, ResultScript.succeeds().lostCallback().resetAfterAccepting());
            await().until(() -> transfers().size() == 1);
            advance(shop, Duration.ofSeconds(21));
            Outcome back = told(shop, reference);
            assertThat(back.isCompleted()).as("who is told that it failed would pay a second time").isTrue();
            assertThat(back.resultCode()).isEqualTo("R000001");
            assertThat(back.receiptNumber()).isNull();
            assertThat(transfers()).hasSize(1);
            // and if the first one speaks after all, it brings the receipt
            String first = transfers().get(0).originatorConversationId();
            assertThat(safaricom.results().resend(first).join()).isEqualTo(200);
            await().until(() -> shop.payment(reference).outcome().receiptNumber() != null);
            assertThat(shop.payment(reference).outcome().receiptNumber()).isEqualTo(transfers().get(0).receipt());
            assertThat(shop.payment(reference).disputed()).isFalse();
            nothingMoreIsSent(shop, 2);
        }
    }

    @Test
    void thereIsNoThirdTime() {
        LedgerEntry paid = paid(PHONE, "order", 500);
        try (Shop shop = shop().open()) {
            String reference = lost(shop, paid, ResultScript.succeeds().resetBeforeAccepting());
            safaricom.results().next(ResultApi.REVERSAL, ResultScript.succeeds().resetBeforeAccepting());
            advance(shop, Duration.ofSeconds(21));
            await().until(() -> count("reversal.received") == 2);
            nothingMoreIsSent(shop, 2);
            untilAPersonMustLook(shop, reference);
            assertThat(shop.outcomes()).isEmpty();
            assertThat(transfers()).isEmpty();
        }
    }

    @Test
    void anotherFailureOfTheSecondOneProvesNothing() {
        LedgerEntry paid = paid(PHONE, "order", 500);
        try (Shop shop = shop().open()) {
            String reference = lost(shop, paid, ResultScript.succeeds().lostCallback().resetAfterAccepting());
            await().until(() -> transfers().size() == 1);
            safaricom.results().next(ResultApi.REVERSAL, ResultScript.result(1));
            advance(shop, Duration.ofSeconds(21));
            await().until(() -> count("reversal.received") == 2);
            nothingMoreIsSent(shop, 2);
            untilAPersonMustLook(shop, reference);
            assertThat(shop.outcomes()).isEmpty();
        }
    }

    @Test
    void whatNobodyKnowsIsNotSentAgain() {
        LedgerEntry paid = paid(PHONE, "order", 500);
        safaricom.results().always(ResultApi.STATUS, ResultScript.result("2033"));
        try (Shop shop = shop().with(component -> component.setMaximumQuestions(2)).open()) {
            String reference = lost(shop, paid, ResultScript.succeeds().resetBeforeAccepting());
            nothingMoreIsSent(shop, 1);
            untilAPersonMustLook(shop, reference);
            // one whose token has died on the way is put at once with another, and is no third one
            assertThat(safaricom.requests().stream().filter(request -> request.path().contains("/transactionstatus/")
                    && request.status() != 401)).hasSize(2);
        }
    }

    @Test
    void aLateAnswerAboutTheOriginalIsNotTheReversals() {
        LedgerEntry paid = paid(PHONE, "order", 500);
        safaricom.results().next(ResultApi.STATUS, ResultScript.succeeds().callbackTimes(2));
        try (Shop shop = shop().open()) {
            String reference = lost(shop, paid, ResultScript.succeeds().resetBeforeAccepting());
            safaricom.results().next(ResultApi.REVERSAL, ResultScript.staysPending());
            advance(shop, Duration.ofSeconds(21));
            await().until(() -> shop.payment(reference).acknowledgement() != null);
            String question = safaricom.results().requests().stream().filter(one -> one.api() == ResultApi.STATUS).findFirst()
                    .orElseThrow().conversationId();
            assertThat(safaricom.results().resend(question).join()).isEqualTo(200);
            assertThat(shop.payment(reference).status()).isEqualTo(PaymentStatus.PENDING);
            assertThat(shop.payment(reference).held()).isNull();
            assertThat(shop.outcomes()).isEmpty();
        }
    }

    @Test
    void whatIsWrongIsRefusedBeforeAnythingIsSent() {
        try (Shop shop = shop().open()) {
            assertRefused(shop.send("direct:reverse", new Reversal.Request("TKA0000000", 10), refund("1")), "TransactionID",
                    "nothing was booked under it");
            assertRefused(shop.send("direct:reverse", new Reversal.Request("short", 10), refund("1")), "TransactionID",
                    "8 to 15");
            assertRefused(shop.send("direct:reverse", new Reversal.Request("TKA4ZZZZZ9", 0), refund("1")), "Amount",
                    "whole shillings");
            assertRefused(shop.send("direct:reverse", Map.of("amount", 10), refund("1")), "TransactionID", "is missing");
            assertRefused(shop.send("direct:reverse", Map.of("transactionId", "TKA4ZZZZZ9", "amount", 10, "ReceiverParty", "1"),
                    refund("1")), "ReceiverParty", "filled by the component");
            assertThat(count("reversal.received")).isZero();
            safaricom.results().next(ResultApi.REVERSAL, ResultScript.succeeds().errorBeforeAccepting(400, "400.002.02",
                    "Bad Request - Invalid TransactionID"));
            assertRefusal(shop.send("direct:reverse", new Reversal.Request("TKA4ZZZZZ9", 10), refund("1")),
                    DarajaRequestException.class, "400.002.02", "MERCHANT", false);
        }
    }
}
