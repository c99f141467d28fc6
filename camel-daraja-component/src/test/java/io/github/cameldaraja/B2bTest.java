package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.B2b;
import io.github.cameldaraja.api.DarajaAuthenticationException;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.api.TaxRemittance;
import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.ResultScript;
import io.github.cameldaraja.simulator.Transfer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Money to other organisations and to the revenue authority. */
class B2bTest extends EndToEnd {

    private static final String KEY = "?idempotencyKey=${header.order}";
    private static final String SUPPLIER = "888880";

    @BeforeEach
    void money() {
        deposit(WORKING, 10_000);
    }

    private Shop shop() {
        return newShop().route("pay", "daraja:b2b" + KEY)
                .route("wait", "daraja:b2b" + KEY + "&awaitOutcome=true&outcomeTimeout=1h")
                .route("tax", "daraja:taxRemittance" + KEY)
                .route("taxWait", "daraja:taxRemittance" + KEY + "&awaitOutcome=true").collecting("b2b", "taxRemittance");
    }

    private static Map<String, Object> order(String key) {
        return Map.of("order", key);
    }

    private static B2b.Request hundred() {
        return B2b.Request.payBill(SUPPLIER, 100, "INV-7");
    }

    @Test
    void organisationsArePaidInEveryWay() {
        try (Shop shop = shop().route("uri", "daraja:b2b" + KEY + "&commandId=BusinessPayBill&receiver=" + SUPPLIER
                + "&amount=103&accountReference=INV-3&remarks=Leather&field.Requester=0712000001").open()) {
            List<Exchange> sent = List.of(shop.send("direct:pay", B2b.Request.payBill(SUPPLIER, 101, "INV-1"), order("1")),
                    shop.send("direct:pay", Map.of("commandId", "businesspaybill", "receiver", SUPPLIER, "amount", 102,
                            "accountReference", "INV-2"), order("2")),
                    shop.send("direct:uri", null, order("3")),
                    shop.send("direct:pay", "{\"CommandID\": \"BusinessPayBill\", \"PartyB\": \"888880\", \"Amount\": \"104\","
                            + " \"AccountReference\": \"INV-4\", \"Occassion\": \"July\"}", order("4")),
                    shop.send("direct:pay", B2b.Request.buyGoods("8888801", 105), order("5")),
                    shop.send("direct:pay", B2b.Request.topUp("888882", 106), order("6")),
                    shop.send("direct:tax", new TaxRemittance.Request(107, "2020260000123456"), order("7")),
                    shop.send("direct:tax", "{\"amount\": 108, \"accountReference\": \"2020260000123457\"}", order("8")));
            for (int i = 0; i < sent.size(); i++) {
                Outcome paid = told(shop, pending(sent.get(i)).reference());
                assertThat(paid.isCompleted()).as(i + ": " + paid.resultDescription()).isTrue();
                assertThat(paid.amount()).isEqualByComparingTo(String.valueOf(101 + i));
                assertThat(transfers()).filteredOn(one -> one.receipt().equals(paid.receiptNumber())).singleElement()
                        .matches(one -> one.amount().compareTo(paid.amount()) == 0);
            }
            List<JsonNode> bodies = shop.sent("/b2b/");
            assertThat(bodies).extracting(body -> body.get("RecieverIdentifierType").asText())
                    .containsExactly("4", "4", "4", "4", "2", "4", "4", "4");
            assertThat(bodies).extracting(body -> body.path("Requester").asText()).containsOnlyOnce("254712000001");
            assertThat(bodies.subList(6, 8)).extracting(body -> body.get("PartyB").asText()).containsOnly("572572");
            assertThat(transfers()).extracting(Transfer::reference).contains("INV-1", "INV-2", "INV-3", "INV-4",
                    "2020260000123456", "2020260000123457");
            Outcome first = told(shop, pending(sent.get(0)).reference());
            assertThat(first.accountReference()).isEqualTo("INV-1");
            assertThat(first.phoneNumber()).isNull();
            assertThat(first.balances()).isNotEmpty();
        }
    }

    @Test
    void whoWaitsGoesOnWithTheOutcomeWhateverItIs() {
        try (Shop shop = shop().open()) {
            assertThat(outcome(shop.send("direct:wait", hundred(), order("1"))).isCompleted()).isTrue();
            assertThat(outcome(shop.send("direct:taxWait", new TaxRemittance.Request(50, "20202600001"), order("1"))).isCompleted())
                    .isTrue();
            for (ResultApi api : List.of(ResultApi.B2B, ResultApi.TAX)) {
                safaricom.results().next(api, ResultScript.result(21));
                Object body = api == ResultApi.B2B ? hundred() : new TaxRemittance.Request(50, "20202600001");
                Outcome failed = outcome(shop.send(api == ResultApi.B2B ? "direct:wait" : "direct:taxWait", body, order("2")));
                assertThat(failed.status()).isEqualTo(PaymentStatus.FAILED);
                assertThat(failed.resultCategory()).hasToString("CONFIGURATION");
                assertThat(failed.receiptNumber()).isNull();
                // the operator lacks a role, says 21: until he is released nothing more would be sent
                assertThat(shop.component().services().operators().release("default").join()).isTrue();
            }
            // a till that is addressed as a pay bill is found out by Safaricom
            Outcome invalid = outcome(shop.send("direct:wait", Map.of("commandId", "BusinessBuyGoods", "receiver", till, "amount",
                    10, "receiverType", "4"), order("3")));
            assertThat(invalid.resultCode()).isEqualTo("SFC_IC0003");
            assertThat(transfers()).hasSize(2);
            assertThat(shop.outcomes()).isEmpty();
        }
    }

    @Test
    void whatIsWrongIsRefusedBeforeAnythingIsSent() {
        Map<String, Object> good = Map.of("CommandID", "BusinessPayBill", "PartyB", SUPPLIER, "Amount", 10, "AccountReference",
                "A");
        Object[][] wrong = {
            {"CommandID", "BusinessGift", "BusinessPayBill, BusinessBuyGoods, BusinessPayToBulk"},
            {"PartyB", "12", "5 to 9 digits"},
            {"Amount", "1.5", "no fractions"}, {"RecieverIdentifierType", "11", "must be one of 4, 2"},
            {"AccountReference", "fourteen chars", "13"}, {"Requester", "12345", "Kenyan"},
            {"SenderIdentifierType", "2", "filled by the component"}, {"Initiator", "boss", "filled by the component"} };
        try (Shop shop = shop().open()) {
            for (Object[] one : wrong) {
                Map<String, Object> body = new HashMap<>(good);
                body.put((String) one[0], one[1]);
                assertRefused(shop.send("direct:pay", body, order("bad")), (String) one[0], (String) one[2]);
            }
            Map<String, Object> body = new HashMap<>(good);
            body.remove("AccountReference");
            assertRefused(shop.send("direct:pay", body, order("bad")), "AccountReference", "a pay bill needs it");
            assertRefused(shop.send("direct:tax", Map.of("amount", 10), order("bad")), "AccountReference", "is missing");
            assertRefused(shop.send("direct:tax", Map.of("amount", 10, "accountReference", "1", "PartyB", "572573"),
                    order("bad")), "PartyB", "filled by the component");
            assertThat(safaricom.counters().tokenCalls()).isZero();
            assertThat(shop.repository().all()).isEmpty();
        }
    }

    @Test
    void aRefusalOfSafaricomIsAnException() {
        try (Shop shop = shop().open()) {
            safaricom.results().next(ResultApi.B2B, ResultScript.succeeds().errorBeforeAccepting(400, "400.002.02",
                    "Bad Request - Invalid RecieverIdentifierType"));
            assertRefusal(shop.send("direct:pay", hundred(), order("1")), DarajaRequestException.class, "400.002.02", "MERCHANT",
                    false);
            // a fresh token is tried first
            safaricom.results().next(ResultApi.TAX, ResultScript.succeeds().apiProductFault());
            safaricom.results().next(ResultApi.TAX, ResultScript.succeeds().apiProductFault());
            assertThat(shop.send("direct:tax", new TaxRemittance.Request(10, "1"), order("1")).getException())
                    .isInstanceOf(DarajaAuthenticationException.class).hasMessageContaining("/mpesa/b2b");
            assertThat(transfers()).isEmpty();
            // a token that dies on the way is renewed, and nothing is paid twice by it
            safaricom.results().next(ResultApi.B2B, ResultScript.succeeds().revokedToken());
            assertThat(outcome(shop.send("direct:wait", hundred(), order("1"))).isCompleted()).isTrue();
            assertThat(transfers()).hasSize(1);
        }
    }

    @Test
    void aLostResultIsAskedForByTheAcknowledgedId() {
        safaricom.results().next(ResultApi.B2B, ResultScript.succeeds().lostCallback());
        safaricom.results().next(ResultApi.TAX, ResultScript.result(1).lostCallback());
        try (Shop shop = shop().open()) {
            Acknowledgement paid = pending(shop.send("direct:pay", hundred(), order("1")));
            Acknowledgement failed = pending(shop.send("direct:tax", new TaxRemittance.Request(10, "1"), order("1")));
            await().until(() -> count("b2b.succeeded") + count("tax.failed") == 2);
            advance(shop, Duration.ofSeconds(21));
            assertThat(told(shop, paid.reference()).receiptNumber()).isEqualTo(transfers().get(0).receipt());
            await().until(() -> shop.payment(failed.reference()).held() != null);
            advance(shop, Duration.ofSeconds(31));
            assertThat(told(shop, failed.reference()).status()).isEqualTo(PaymentStatus.FAILED);
            assertThat(told(shop, failed.reference()).source()).isEqualTo(Source.QUERY);
            assertThat(shop.sent("/transactionstatus/")).extracting(body -> body.get("OriginalConversationID").asText())
                    .containsExactlyInAnyOrder(paid.originatorConversationId(), failed.originatorConversationId());
            assertThat(count("b2b.received") + count("tax.received")).isEqualTo(2);
        }
    }

    @Test
    void whatWasNeverAcknowledgedWaitsForItsResultAndIsNeverRepeated() {
        safaricom.results().next(ResultApi.B2B, ResultScript.succeeds().callbackAfter(Duration.ofMinutes(5))
                .resetAfterAccepting());
        safaricom.results().next(ResultApi.B2B, ResultScript.succeeds().lostCallback().resetAfterAccepting());
        try (Shop shop = shop().open()) {
            List<String> references = new ArrayList<>();
            for (String key : List.of("late", "lost")) {
                for (int i = 0; i < 3; i++) {
                    Exchange done = shop.send("direct:pay", hundred(), order(key));
                    assertThat(done.getException()).isInstanceOf(DarajaOutcomeUnknownException.class);
                    references.add(done.getMessage().getHeader(DarajaConstants.REFERENCE, String.class));
                }
            }
            CompletableFuture<Exchange> waiting = shop.sendAsync("direct:wait", hundred(), order("late"));
            await().until(() -> transfers().size() == 2);
            advance(shop, Duration.ofMinutes(6));
            assertThat(outcome(waiting.join()).receiptNumber()).isEqualTo(transfers().get(0).receipt());
            String lost = references.get(3);
            assertThat(shop.payment(lost).status()).isEqualTo(PaymentStatus.UNKNOWN);
            advance(shop, Duration.ofHours(49));
            await().until(() -> shop.payment(lost).status() == PaymentStatus.UNRESOLVED);
            assertThat(count("b2b.received")).isEqualTo(2);
            assertThat(count("status.received")).isZero();
        }
    }

    @Test
    void tenCallersWithOneKeyPayOnce() {
        safaricom.results().next(ResultApi.B2B, ResultScript.succeeds().slowAnswer(Duration.ofMillis(100)).duplicateCallback());
        try (Shop shop = shop().open()) {
            List<CompletableFuture<Exchange>> callers = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                callers.add(shop.sendAsync("direct:wait", hundred(), order("one")));
            }
            callers.forEach(caller -> assertThat(outcome(caller.join()).isCompleted()).isTrue());
            assertThat(transfers()).hasSize(1);
            assertThat(count("b2b.received")).isEqualTo(1);
        }
    }

    @Test
    void formerAndOddLooksOfTheResultAreRead() {
        safaricom.results().next(ResultApi.B2B, ResultScript.succeeds().oldForm().permuted());
        safaricom.results().next(ResultApi.B2B, ResultScript.succeeds().numbersAsText().singleReference().numericCodes());
        safaricom.results().next(ResultApi.B2B, ResultScript.succeeds().withoutParameters().withoutReferences());
        safaricom.results().next(ResultApi.B2B, ResultScript.succeeds().shortOriginatorConversationId().escapedSlashes());
        try (Shop shop = shop().open()) {
            for (int i = 1; i <= 4; i++) {
                Outcome paid = outcome(shop.send("direct:wait", hundred(), order("" + i)));
                assertThat(paid.isCompleted()).as("look " + i).isTrue();
                assertThat(paid.amount()).isEqualByComparingTo("100");
                assertThat(paid.receiptNumber()).isEqualTo(transfers().get(i - 1).receipt());
            }
        }
    }
}
