package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.api.AccountBalance;
import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.B2c;
import io.github.cameldaraja.api.Balance;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.api.TransactionStatus;
import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.ResultScript;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** Questions that are answered by callback: what they say of a payment, and that they are never a payment themselves. */
class StatusAndBalanceTest extends EndToEnd {

    private Shop shop() {
        return newShop().route("status", "daraja:transactionStatus")
                .route("statusWait", "daraja:transactionStatus?awaitOutcome=true&outcomeTimeout=3h")
                .route("balance", "daraja:accountBalance")
                .route("balanceWait", "daraja:accountBalance?awaitOutcome=true&outcomeTimeout=3h")
                .route("pay", "daraja:b2c?idempotencyKey=${header.order}")
                .collecting("transactionStatus", "accountBalance");
    }

    @Test
    void aStatusIsAskedForInEveryWay() {
        LedgerEntry paid = paid(PHONE, "order", 500);
        try (Shop shop = shop().route("uri", "daraja:transactionStatus?awaitOutcome=true&transactionId=" + paid.receipt()
                + "&identifierType=4&remarks=Where&occasion=May")
                .route("headers", "daraja:transactionStatus?awaitOutcome=true&requestHeaders=true").open()) {
            List<Exchange> answered = List.of(
                    shop.send("direct:statusWait", TransactionStatus.Request.ofReceipt(paid.receipt())),
                    shop.send("direct:statusWait", Map.of("TransactionID", paid.receipt().toLowerCase())),
                    shop.send("direct:statusWait", "{\"transactionId\": \"" + paid.receipt() + "\"}"),
                    shop.send("direct:uri", null),
                    shop.send("direct:headers", null, Map.of("CamelDarajaRequestTransactionID", paid.receipt())));
            for (Exchange one : answered) {
                Outcome said = outcome(one);
                assertThat(said.status()).isEqualTo(PaymentStatus.COMPLETED);
                assertThat(said.receiptNumber()).isEqualTo(paid.receipt());
                assertThat(said.amount()).isEqualByComparingTo("500");
                assertThat(said.phoneNumber()).isEqualTo(PHONE);
                assertThat(said.source()).isEqualTo(Source.QUERY);
                assertThat(said.operation()).isEqualTo("transactionStatus");
            }
            Acknowledgement asked = pending(shop.send("direct:status", TransactionStatus.Request.ofReceipt(paid.receipt())));
            assertThat(told(shop, asked.reference()).isCompleted()).isTrue();
            // as the page says: the other one of the two is not left out
            assertThat(last(shop.sent("/transactionstatus/")).get("TransactionID").asText()).isEqualTo(paid.receipt());
            assertThat(count("status.received")).isEqualTo(6);
            assertThat(transfers()).isEmpty();
        }
    }

    @Test
    void whatNobodyKnowsIsNeverPaid() {
        try (Shop shop = shop().open()) {
            Outcome unknown = outcome(shop.send("direct:statusWait", TransactionStatus.Request.ofReceipt("TKA4ZZZZZ9")));
            assertThat(unknown.isCompleted()).isFalse();
            assertThat(unknown.status()).isEqualTo(PaymentStatus.PENDING);
            assertThat(unknown.resultCode()).isEqualTo("2033");
            assertThat(unknown.receiptNumber()).isNull();
            // a question that Safaricom did not like says nothing about money either
            for (String code : List.of("17", "21", "2001", "8006", "SFC_IC0003", "100000000")) {
                safaricom.results().next(ResultApi.STATUS, ResultScript.result(code));
                Outcome said = outcome(shop.send("direct:statusWait", TransactionStatus.Request.ofConversation("a-b-c-d-"
                        + code)));
                assertThat(said.status().isFinal()).as(code).isFalse();
                assertThat(said.resultCode()).isEqualTo(code);
                shop.component().services().operators().release("default").join();
            }
            for (String word : List.of("Pending", "Reversed", "Authorized", "completed?", "")) {
                LedgerEntry paid = paid("2547120000" + (10 + word.length()), "order", 10);
                safaricom.results().next(ResultApi.STATUS, ResultScript.succeeds().parameter("TransactionStatus", word));
                Outcome said = outcome(shop.send("direct:statusWait", TransactionStatus.Request.ofReceipt(paid.receipt())));
                assertThat(said.status().isFinal()).as(word).isFalse();
                assertThat(said.receiptNumber()).isNull();
            }
        }
    }

    @Test
    void aQuestionOfARouteSettlesTheStoredPayment() {
        deposit(UTILITY, 10_000);
        safaricom.results().always(ResultApi.B2C, ResultScript.succeeds().lostCallback());
        try (Shop shop = shop().with(component -> component.setAskWhenLate(false)).collecting("b2c").open()) {
            Acknowledgement one = pending(shop.send("direct:pay", new B2c.Request(PHONE, 100), Map.of("order", "1")));
            Acknowledgement two = pending(shop.send("direct:pay", new B2c.Request(PHONE, 200), Map.of("order", "2")));
            await().until(() -> transfers().size() == 2);
            // with the acknowledgement, or the bare id
            Outcome said = outcome(shop.send("direct:statusWait", one));
            assertThat(said.isCompleted()).isTrue();
            Outcome settled = told(shop, one.reference());
            assertThat(settled.operation()).isEqualTo("b2c");
            assertThat(settled.receiptNumber()).isEqualTo(transfers().get(0).receipt());
            shop.send("direct:statusWait", TransactionStatus.Request.ofConversation(two.originatorConversationId()));
            assertThat(told(shop, two.reference()).receiptNumber()).isEqualTo(transfers().get(1).receipt());
            assertThat(shop.payment(two.reference()).status()).isEqualTo(PaymentStatus.COMPLETED);
            // and an outcome is good as a question, too
            assertThat(outcome(shop.send("direct:statusWait", settled)).receiptNumber()).isEqualTo(settled.receiptNumber());
            assertThat(told(shop, one.reference()).receiptNumber()).isEqualTo(settled.receiptNumber());
        }
    }

    @Test
    void aPushIsFoundByItsReceiptAndNotCountedAgain() {
        try (Shop shop = shop().route("buy", "daraja:stkPush?awaitOutcome=true").collecting("stkPush").open()) {
            Outcome bought = outcome(shop.send("direct:buy", new StkPush.Request(PHONE, 100, "INV-1")));
            Outcome said = outcome(shop.send("direct:statusWait", TransactionStatus.Request.ofReceipt(bought.receiptNumber())));
            assertThat(said.isCompleted()).isTrue();
            assertThat(said.amount()).isEqualByComparingTo("100");
            assertThat(shop.payment(bought.reference()).outcome().source()).isEqualTo(Source.CALLBACK);
            shop.look();
            assertThat(shop.outcomes()).isEmpty();
        }
    }

    @Test
    void aQuestionThatNobodyAnswersLeavesNoDebt() {
        for (ResultApi api : List.of(ResultApi.STATUS, ResultApi.BALANCE)) {
            safaricom.results().next(api, ResultScript.succeeds().lostCallback());
            safaricom.results().next(api, ResultScript.succeeds().lostCallback());
            safaricom.results().always(api, ResultScript.succeeds().lostCallback().resetAfterAccepting());
        }
        try (Shop shop = shop().open()) {
            TransactionStatus.Request question = TransactionStatus.Request.ofReceipt("TKA4ZZZZZ9");
            pending(shop.send("direct:status", question));
            pending(shop.send("direct:balance", null));
            CompletableFuture<Exchange> status = shop.sendAsync("direct:statusWait", question);
            CompletableFuture<Exchange> balance = shop.sendAsync("direct:balanceWait", null);
            await().until(() -> shop.repository().all().stream().filter(one -> one.acknowledgement() != null).count() == 4);
            // it is put again, and that even the last one got no answer is no error: nothing moves
            for (Exchange lost : List.of(
                    sendOverPauses(shop, "direct:status", question, () -> count("status.received"), 3),
                    sendOverPauses(shop, "direct:balance", null, () -> count("balance.received"), 3))) {
                assertThat(outcome(lost).status()).isEqualTo(PaymentStatus.UNKNOWN);
            }
            assertThat(status).isNotDone();
            advance(shop, Duration.ofMinutes(61));
            await().until(() -> shop.repository().all().stream().allMatch(one -> one.isEnded() && one.dueAt() == null));
            advance(shop, Duration.ofHours(3));
            assertThat(outcome(status.join()).status()).isEqualTo(PaymentStatus.UNKNOWN);
            assertThat(outcome(balance.join()).status()).isEqualTo(PaymentStatus.UNKNOWN);
            assertThat(shop.outcomes()).isEmpty();
            assertThat(count("status.received") + count("balance.received")).isEqualTo(10);
        }
    }

    @Test
    void balancesAreRead() {
        deposit(UTILITY, 1234);
        deposit(WORKING, 777);
        long utility = safaricom.books().balance(payBill, UTILITY);
        long working = safaricom.books().balance(payBill, WORKING);
        safaricom.results().next(ResultApi.BALANCE, ResultScript.succeeds().oldForm());
        try (Shop shop = shop().route("uri", "daraja:accountBalance?awaitOutcome=true&identifierType=4&remarks=Evening").open()) {
            for (Exchange one : List.of(shop.send("direct:balanceWait", new AccountBalance.Request()),
                    shop.send("direct:balanceWait", Map.of("remarks", "Night")), shop.send("direct:balanceWait", "{}"),
                    shop.send("direct:uri", null))) {
                Outcome said = outcome(one);
                assertThat(said.status()).isEqualTo(PaymentStatus.COMPLETED);
                assertThat(available(said, UTILITY)).isEqualByComparingTo(BigDecimal.valueOf(utility));
                assertThat(available(said, WORKING)).isEqualByComparingTo(BigDecimal.valueOf(working));
                assertThat(said.amount()).isNull();
                assertThat(said.receiptNumber()).isNull();
            }
            Acknowledgement asked = pending(shop.send("direct:balance", null));
            assertThat(told(shop, asked.reference()).balances()).extracting(Balance::currency).containsOnly("KES");
        }
    }

    private static BigDecimal available(Outcome said, String account) {
        return said.balances().stream().filter(one -> one.account().equals(account)).findFirst().orElseThrow().available();
    }

    @Test
    void aBalanceThatIsRefusedIsAFailureWhichMayBeAskedAgain() {
        try (Shop shop = shop().open()) {
            safaricom.results().next(ResultApi.BALANCE, ResultScript.result(17));
            Outcome failed = outcome(shop.send("direct:balanceWait", null));
            assertThat(failed.status()).isEqualTo(PaymentStatus.FAILED);
            assertThat(failed.retriable()).isTrue();
            safaricom.results().next(ResultApi.BALANCE, ResultScript.result("TP40153"));
            assertThat(outcome(shop.send("direct:balanceWait", null)).resultCategory()).hasToString("CONFIGURATION");
            // that was about the operator, who signs nothing until he is released
            shop.component().services().operators().release("default").join();
            safaricom.results().next(ResultApi.BALANCE, ResultScript.timesOut());
            assertThat(outcome(shop.send("direct:balanceWait", null)).status()).isEqualTo(PaymentStatus.UNKNOWN);
            safaricom.results().next(ResultApi.BALANCE, ResultScript.succeeds().errorBeforeAccepting(400, "400.002.02",
                    "Bad Request - Invalid PartyA"));
            assertRefusal(shop.send("direct:balance", null), DarajaRequestException.class, "400.002.02", "MERCHANT", false);
        }
    }

    @Test
    void whatIsWrongIsRefusedBeforeAnythingIsSent() {
        try (Shop shop = shop().open()) {
            assertRefused(shop.send("direct:status", null), "TransactionID", "OriginalConversationID");
            assertRefused(shop.send("direct:status", TransactionStatus.Request.ofReceipt("TKA0000000")), "TransactionID",
                    "nothing was booked");
            assertRefused(shop.send("direct:status", Map.of("transactionId", "TKA4ZZZZZ9", "identifierType", "11")),
                    "IdentifierType", "must be one of 1, 2, 4");
            assertRefused(shop.send("direct:status", Map.of("transactionId", "TKA4ZZZZZ9", "identifierType", "1")), "PartyA",
                    "must be a phone number");
            assertRefused(shop.send("direct:balance", Map.of("PartyA", "600000")), "PartyA", "filled by the component");
            assertRefused(shop.send("direct:balance", Map.of("IdentifierType", "3")), "IdentifierType", "must be one of 4, 2");
            assertThat(safaricom.counters().tokenCalls()).isZero();
            assertThat(shop.repository().all()).isEmpty();
        }
    }

    @Test
    void theBuyerOfAPushIsAskedAboutByARouteThatWasToldOfIt() {
        try (Shop shop = shop().route("buy", "daraja:stkPush").routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("daraja:stkPush").to("daraja:transactionStatus?awaitOutcome=true").to("mock:checked");
            }
        }).open()) {
            shop.send("direct:buy", new StkPush.Request(PHONE, 100, "INV-1"));
            var checked = shop.context().getEndpoint("mock:checked", org.apache.camel.component.mock.MockEndpoint.class);
            await().until(() -> checked.getReceivedCounter() == 1);
            assertThat(outcome(checked.getExchanges().get(0)).receiptNumber())
                    .isEqualTo(safaricom.books().payments().get(0).receipt());
        }
    }
}
