package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldaraja.account.DarajaAccount;
import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.B2Pochi;
import io.github.cameldaraja.api.B2c;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.DarajaThrottledException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.api.Verdict;
import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.ResultScript;
import io.github.cameldaraja.simulator.Transfer;
import io.github.cameldaraja.transaction.RawCallback;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Money to customers: paid once, whatever breaks, and never on the word of an acknowledgement. */
class PayoutsTest extends EndToEnd {

    private static final String KEY = "?idempotencyKey=${header.salary}";

    @BeforeEach
    void money() {
        deposit(UTILITY, 10_000);
    }

    private Shop shop() {
        return newShop().route("pay", "daraja:b2c" + KEY)
                .route("v1", "daraja:b2c" + KEY + "&version=v1")
                .route("wait", "daraja:b2c" + KEY + "&awaitOutcome=true&outcomeTimeout=1h")
                .route("pochi", "daraja:b2pochi" + KEY)
                .route("pochiWait", "daraja:b2pochi" + KEY + "&awaitOutcome=true").collecting("b2c", "b2pochi");
    }

    private static Map<String, Object> salary(String key) {
        return Map.of("salary", key);
    }

    private static B2c.Request hundred(String phone) {
        return new B2c.Request(phone, 100);
    }

    private Transfer onlyTransfer() {
        assertThat(transfers()).hasSize(1);
        return transfers().get(0);
    }

    @Test
    void aPayoutIsAskedForInEveryWay() {
        try (Shop shop = shop().route("uri", "daraja:b2c" + KEY + "&phoneNumber=0712000014&amount=140&commandId=salarypayment"
                + "&remarks=November&occasion=Payday").open()) {
            Map<String, Object> map = Map.of("phoneNumber", "+254 712 000 012", "Amount", 120, "CommandID", "PromotionPayment");
            String json = "{\"PartyB\": \"0712000013\", \"amount\": \"130\", \"Occassion\": \"Bonus\"}";
            List<Exchange> sent = List.of(shop.send("direct:pay", new B2c.Request("0712000011", 110), salary("1")),
                    shop.send("direct:pay", map, salary("2")), shop.send("direct:pay", json, salary("3")),
                    shop.send("direct:uri", null, salary("4")),
                    shop.send("direct:v1", new B2c.Request("0712000015", new BigDecimal(150), null, "Wages", "May", null, null,
                    null), salary("5")),
                    shop.send("direct:pochi", new B2Pochi.Request("0112000016", 160), salary("6")));
            List<JsonNode> bodies = shop.sent("/paymentrequest");
            assertThat(bodies).extracting(body -> body.get("CommandID").asText()).containsExactly("BusinessPayment",
                    "PromotionPayment", "BusinessPayment", "SalaryPayment", "BusinessPayment", "BusinessPayToPochi");
            assertThat(bodies).extracting(body -> body.get("PartyB").asText()).containsExactly("254712000011", "254712000012",
                    "254712000013", "254712000014", "254712000015", "254112000016");
            assertThat(bodies.get(3).get("Remarks").asText()).isEqualTo("November");
            assertThat(bodies.get(3).get("Occassion").asText()).isEqualTo("Payday");
            assertThat(bodies.get(4).has("OriginatorConversationID")).isFalse();
            assertThat(bodies.get(4).get("Occasion").asText()).isEqualTo("May");
            for (int i = 0; i < sent.size(); i++) {
                Acknowledgement acknowledgement = pending(sent.get(i));
                String ownId = bodies.get(i).path("OriginatorConversationID").asText(null);
                assertThat(acknowledgement.originatorConversationId()).isEqualTo(ownId == null
                        ? shop.payment(acknowledgement.reference()).ids().originatorConversationId() : ownId);
                Outcome paid = told(shop, acknowledgement.reference());
                assertThat(paid.status()).isEqualTo(PaymentStatus.COMPLETED);
                assertThat(paid.source()).isEqualTo(Source.CALLBACK);
                assertThat(paid.amount()).isEqualByComparingTo(String.valueOf(110 + 10 * i));
                assertThat(paid.phoneNumber()).isEqualTo(bodies.get(i).get("PartyB").asText());
                assertThat(paid.idempotencyKey()).isEqualTo(String.valueOf(i + 1));
                assertThat(transfers()).filteredOn(one -> one.receipt().equals(paid.receiptNumber())).singleElement()
                        .matches(one -> one.amount().compareTo(paid.amount()) == 0 && one.to().equals(paid.phoneNumber()));
                assertThat(paid.balances()).anyMatch(balance -> balance.account().equals(UTILITY));
            }
            assertThat(transfers()).hasSize(6);
        }
    }

    @Test
    void theIdentityIsCheckedWhereItIsGiven() {
        safaricom.results().registerIdentity("254712000021", "01", "12345678");
        try (Shop shop = shop().route("checked", "daraja:b2c" + KEY + "&version=validated&awaitOutcome=true").open()) {
            Map<String, Object> body = new HashMap<>(Map.of("PartyB", "254712000021", "Amount", 100, "IDType", "01", "IDNumber",
                    "12345678"));
            assertThat(outcome(shop.send("direct:checked", body, salary("1"))).isCompleted()).isTrue();
            body.put("IDNumber", "87654321");
            Outcome refused = outcome(shop.send("direct:checked", body, salary("2")));
            assertThat(refused.resultCode()).isEqualTo("R003");
            assertThat(refused.status()).isEqualTo(PaymentStatus.FAILED);
            assertThat(onlyTransfer().to()).isEqualTo("254712000021");
            body.remove("IDNumber");
            assertRefused(shop.send("direct:checked", body, salary("3")), "IDNumber", "is missing");
        }
    }

    @Test
    void whoWaitsGoesOnWithTheOutcome() {
        try (Shop shop = shop().open()) {
            for (String route : List.of("wait", "pochiWait")) {
                Exchange done = shop.send("direct:" + route, Map.of("phoneNumber", "0712000031", "amount", 50), salary(route));
                Outcome paid = outcome(done);
                assertThat(paid.isCompleted()).isTrue();
                assertThat(transfers()).extracting(Transfer::receipt).contains(paid.receiptNumber());
                assertThat(done.getMessage().getHeaders()).containsEntry(DarajaConstants.RECEIPT_NUMBER, paid.receiptNumber())
                        .containsEntry(DarajaConstants.SOURCE, "CALLBACK").containsEntry(DarajaConstants.VERDICT, "applied")
                        .containsEntry(DarajaConstants.ORIGINATOR_CONVERSATION_ID, paid.originatorConversationId());
            }
            assertThat(shop.outcomes()).isEmpty();
            assertThat(transfers()).hasSize(2);
        }
    }

    @Test
    void aBusinessFailureNeverThrows() {
        List<String> failures = List.of("1 MERCHANT true", "2 MERCHANT false", "4 CUSTOMER true", "8 CUSTOMER true",
                "21 CONFIGURATION false", "2001 MERCHANT false", "2040 CUSTOMER false", "8006 MERCHANT false",
                "SFC_IC0003 MERCHANT false");
        try (Shop shop = shop().open()) {
            for (String failure : failures) {
                String code = failure.split(" ")[0];
                safaricom.results().next(ResultApi.B2C, ResultScript.result(code));
                Exchange done = shop.send("direct:wait", hundred(PHONE), salary(code));
                Outcome failed = outcome(done);
                assertThat(failed.status()).as(code).isEqualTo(PaymentStatus.FAILED);
                assertThat(failed.resultCode() + " " + failed.resultCategory() + " " + failed.retriable()).isEqualTo(failure);
                // M-Pesa sends an id that looks like a receipt with failures, too
                assertThat(failed.receiptNumber()).isNull();
                assertThat(done.getMessage().getHeaders()).doesNotContainKey(DarajaConstants.RECEIPT_NUMBER);
                // some are about the operator, who then signs nothing
                shop.component().services().operators().release("default").join();
                // the key answers with that failure
                assertThat(outcome(shop.send("direct:wait", hundred(PHONE), salary(code))).resultCode()).isEqualTo(code);
            }
            assertThat(transfers()).isEmpty();
            assertThat(count("b2c.received")).isEqualTo(failures.size());
        }
    }

    @Test
    void anEmptyUtilityAccountIsNamedAsOurs() {
        try (Shop shop = shop().open()) {
            Outcome failed = outcome(shop.send("direct:wait", new B2c.Request(PHONE, safaricom.books().balance(payBill, UTILITY)
                    + 1), salary("much")));
            assertThat(failed.resultCode()).isEqualTo("1");
            assertThat(failed.resultCategory()).hasToString("MERCHANT");
            assertThat(transfers()).isEmpty();
        }
    }

    @Test
    void whatIsWrongIsRefusedBeforeAnythingIsSent() {
        Map<String, Object> good = Map.of("phoneNumber", "0712000041", "amount", 100);
        Object[][] wrong = {
            {"PartyB", "0812345678", "Kenyan"}, {"Amount", 9, "10 to 250000"}, {"Amount", 250_001, "10 to 250000"},
            {"Amount", "100.50", "no fractions"},
            {"CommandID", "BusinessGift", "BusinessPayment, SalaryPayment, PromotionPayment"},
            {"version", "v2", "v3, v1, validated"}, {"Remarks", "x", "2"}, {"IDType", "01", "version validated only"},
            {"OriginatorConversationID", "mine", "filled by the component"}, {"PartyA", "600000", "filled by the component"},
            {"SecurityCredential", "secret", "filled by the component"},
            {"ResultURL", "https://x.example", "filled by the component"},
            {"Discount", "1", "its fields are"} };
        try (Shop shop = shop().open()) {
            for (Object[] one : wrong) {
                Map<String, Object> body = new HashMap<>(good);
                body.remove(one[0].equals("PartyB") ? "phoneNumber" : String.valueOf(one[0]).toLowerCase());
                body.put((String) one[0], one[1]);
                assertRefused(shop.send("direct:pay", body, salary("bad")), (String) one[0], (String) one[2]);
            }
            assertRefused(shop.send("direct:pay", Map.of("amount", 100), salary("bad")), "PartyB", "is missing");
            assertRefused(shop.send("direct:pay", "0712000041", salary("bad")), "body", "JSON object");
            assertRefused(shop.send("direct:pay", new StkPush.Request(PHONE, 100, null), salary("bad")), "body", "B2c.Request");
            assertThat(shop.send("direct:pay", good, Map.of()).getException()).hasMessageContaining("idempotencyKey");
            assertThat(safaricom.counters().tokenCalls()).isZero();
            assertThat(count("b2c.received")).isZero();
            assertThat(shop.repository().all()).isEmpty();
        }
    }

    @Test
    void aRefusalOfSafaricomSaysWhatToDoAndFreesTheKey() {
        try (Shop shop = shop().open()) {
            safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().errorBeforeAccepting(400, "400.002.02",
                    "Bad Request - Invalid PartyB"));
            assertRefusal(shop.send("direct:wait", hundred(PHONE), salary("1")), DarajaRequestException.class, "400.002.02",
                    "MERCHANT", false);
            safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().spikeArrestGateway());
            assertRefusal(shop.send("direct:pay", hundred(PHONE), salary("1")), DarajaThrottledException.class, "500.003.02",
                    "SYSTEM", true);
            assertThat(transfers()).isEmpty();
            assertThat(outcome(shop.send("direct:wait", hundred(PHONE), salary("1"))).isCompleted()).isTrue();
            onlyTransfer();
        }
    }

    @Test
    void whatAPushToldNeverFillsAPayout() {
        List<Throwable> refused = new ArrayList<>();
        try (Shop shop = newShop().route("buy", "daraja:stkPush").routes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).handled(true).process(e -> refused.add(e.getProperty(Exchange.EXCEPTION_CAUGHT,
                        Throwable.class)));
                from("daraja:stkPush").multicast().to("direct:empty", "direct:body", "direct:half");
                from("direct:empty").setBody(constant(null)).to("daraja:b2c?idempotencyKey=${header.CamelDarajaReference}");
                from("direct:body").to("daraja:b2c?idempotencyKey=${header.CamelDarajaReference}");
                from("direct:half").setBody(constant(null))
                        .to("daraja:b2pochi?amount=10&idempotencyKey=${header.CamelDarajaReference}");
            }
        }).open()) {
            shop.send("direct:buy", new StkPush.Request(PHONE, 100, "INV-1"));
            await().until(() -> refused.size() == 3);
            assertThat(refused).allMatch(DarajaRequestException.class::isInstance);
            assertThat(count("b2c.received") + count("pochi.received")).isZero();
            assertThat(transfers()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "b2c", "b2pochi" })
    void aLostAcknowledgementIsSentAgainRefusedAndAskedAboutByOurOwnId(String operation) {
        Map<String, ResultScript> lost = new LinkedHashMap<>();
        lost.put("reset", ResultScript.succeeds().lostCallback().resetAfterAccepting());
        lost.put("500", ResultScript.succeeds().lostCallback().errorAfterAccepting());
        lost.put("503", ResultScript.succeeds().lostCallback().html503AfterAccepting());
        lost.put("empty", ResultScript.succeeds().lostCallback().emptyBody());
        lost.put("slow", ResultScript.succeeds().lostCallback().slowAnswer(Duration.ofSeconds(4)));
        AtomicInteger redeliveries = new AtomicInteger();
        ResultApi api = operation.equals("b2c") ? ResultApi.B2C : ResultApi.POCHI;
        try (Shop shop = newShop().with(component -> component.setResponseTimeout(Duration.ofMillis(1500)))
                .routes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        onException(Exception.class).maximumRedeliveries(2).redeliveryDelay(0)
                                .onRedelivery(e -> redeliveries.incrementAndGet());
                        from("direct:pay").to("daraja:" + operation + KEY);
                    }
                }).collecting(operation).open()) {
            List<String> references = new ArrayList<>();
            lost.forEach((how, script) -> {
                safaricom.results().next(api, script);
                Map<String, Object> body = Map.of("phoneNumber", PHONE, "amount", 100);
                Exchange done = shop.send("direct:pay", body, salary(how));
                assertThat(done.getException()).as(how).isInstanceOf(DarajaOutcomeUnknownException.class);
                references.add(done.getMessage().getHeader(DarajaConstants.REFERENCE, String.class));
                // nor does another exchange send it
                assertThat(shop.send("direct:pay", body, salary(how)).getException()).as(how)
                        .isInstanceOf(DarajaOutcomeUnknownException.class);
            });
            assertThat(redeliveries).hasValue(4 * lost.size());
            assertThat(count(api.counter() + ".received")).isEqualTo(lost.size());
            assertThat(references).allMatch(reference -> shop.payment(reference).status() == PaymentStatus.UNKNOWN);
            await().until(() -> transfers().size() == lost.size());

            advance(shop, Duration.ofSeconds(21));
            await().until(() -> shop.outcomes().size() == lost.size());
            for (String reference : references) {
                Outcome paid = told(shop, reference);
                assertThat(paid.isCompleted()).isTrue();
                assertThat(paid.source()).isEqualTo(Source.QUERY);
                Transfer money = transfers().stream().filter(one -> one.receipt().equals(paid.receiptNumber())).findFirst()
                        .orElseThrow();
                assertThat(money.originatorConversationId()).isEqualTo(shop.payment(reference).ownId());
            }
            assertThat(shop.sent("/transactionstatus/")).extracting(body -> body.get("OriginalConversationID").asText())
                    .containsExactlyInAnyOrderElementsOf(references.stream().map(one -> shop.payment(one).ownId()).toList());
            // one repeat each, and Safaricom knew it
            assertThat(count(api.counter() + ".received")).isEqualTo(2 * lost.size());
            assertThat(count(api.counter() + ".duplicates")).isEqualTo(lost.size());
            assertThat(transfers()).hasSize(lost.size());
        }
    }

    @Test
    void version1IsAskedAboutByTheIdOfTheAcknowledgement() {
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().lostCallback());
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().lostCallback().resetAfterAccepting());
        try (Shop shop = shop().open()) {
            Acknowledgement acknowledged = pending(shop.send("direct:v1", hundred(PHONE), salary("1")));
            Exchange lost = shop.send("direct:v1", hundred("0712000051"), salary("2"));
            assertThat(lost.getException()).isInstanceOf(DarajaOutcomeUnknownException.class);
            await().until(() -> transfers().size() == 2);
            advance(shop, Duration.ofSeconds(21));
            assertThat(told(shop, acknowledged.reference()).isCompleted()).isTrue();
            JsonNode question = last(shop.sent("/transactionstatus/"));
            assertThat(question.get("OriginalConversationID").asText()).isEqualTo(acknowledged.originatorConversationId());
            assertThat(question.get("TransactionID").asText()).isEmpty();
            // about the other one there is nothing to ask with: it stays open and is never sent again
            String open = lost.getMessage().getHeader(DarajaConstants.REFERENCE, String.class);
            advance(shop, Duration.ofHours(1));
            assertThat(shop.payment(open).status()).isEqualTo(PaymentStatus.UNKNOWN);
            assertThat(count("status.received")).isEqualTo(1);
            advance(shop, Duration.ofHours(48));
            await().until(() -> shop.payment(open).status() == PaymentStatus.UNRESOLVED);
            assertThat(count("b2c.received")).isEqualTo(2);
        }
    }

    @Test
    void twentyCallersWithOneKeyPayOnce() {
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().slowAnswer(Duration.ofMillis(150)));
        try (Shop shop = shop().open()) {
            List<CompletableFuture<Exchange>> callers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                callers.add(shop.sendAsync(i % 2 == 0 ? "direct:wait" : "direct:pay", hundred(PHONE), salary("one")));
            }
            List<String> references = new ArrayList<>();
            for (CompletableFuture<Exchange> caller : callers) {
                assertThat(caller.join().getException()).isNull();
                references.add(caller.join().getMessage().getHeader(DarajaConstants.REFERENCE, String.class));
            }
            assertThat(references).containsOnly(references.get(0));
            assertThat(onlyTransfer().amount()).isEqualByComparingTo("100");
            assertThat(count("b2c.received")).isEqualTo(1);

            Exchange later = shop.send("direct:pay", hundred(PHONE), salary("one"));
            assertThat(later.getMessage().getBody(Outcome.class).isCompleted()).isTrue();
            assertThat(later.getMessage().getHeader(DarajaConstants.REPLAYED)).isEqualTo(true);
            // another amount or receiver under the same key is a mistake
            for (B2c.Request other : List.of(new B2c.Request(PHONE, 101), hundred("0712000061"))) {
                assertThat(shop.send("direct:pay", other, salary("one")).getException())
                        .isInstanceOf(DarajaRequestException.class).hasMessageContaining("idempotency key");
            }
            onlyTransfer();
        }
    }

    @Test
    void aDuplicateIdMeansPaidBeforeAndIsAskedAbout() {
        try (Shop first = shop().open()) {
            assertThat(outcome(first.send("direct:wait", hundred(PHONE), salary("november"))).isCompleted()).isTrue();
        }
        // the memory is gone with the process: the same key makes the same id, and Safaricom knows it
        try (Shop shop = shop().open()) {
            CompletableFuture<Exchange> waiting = shop.sendAsync("direct:wait", hundred(PHONE), salary("november"));
            await().until(() -> count("b2c.duplicates") == 1);
            await().until(() -> shop.onlyPayment().status() == PaymentStatus.UNKNOWN);
            assertThat(waiting).isNotDone();
            assertThat(shop.send("direct:pay", hundred(PHONE), salary("november")).getException())
                    .isInstanceOf(DarajaOutcomeUnknownException.class);
            advance(shop, Duration.ofSeconds(21));
            Outcome paid = outcome(waiting.join());
            assertThat(paid.isCompleted()).isTrue();
            assertThat(paid.receiptNumber()).isEqualTo(onlyTransfer().receipt());
            assertThat(count("b2c.received")).isEqualTo(2);
        }
    }

    @Test
    void aQueueTimeoutProvesNothingAndItsCopyOfTheCredentialIsNotKept() {
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().timeoutEchoesRequest());
        safaricom.results().next(ResultApi.B2C, ResultScript.timesOut());
        try (Shop shop = shop().open()) {
            Acknowledgement paid = pending(shop.send("direct:pay", hundred("0712000071"), salary("1")));
            Acknowledgement expired = pending(shop.send("direct:pay", hundred("0712000072"), salary("2")));
            await().until(() -> shop.repository().kept().size() == 2);
            String credential = shop.sent("/b2c/").get(0).get("SecurityCredential").asText();
            for (RawCallback kept : shop.repository().kept()) {
                assertThat(kept.verdict()).isEqualTo(Verdict.UNMATCHED);
                assertThat(new String(kept.body(), StandardCharsets.UTF_8)).doesNotContain(credential.substring(0, 40));
            }
            assertThat(shop.repository().kept()).as("in the order of the network")
                    .filteredOn(kept -> new String(kept.body(), StandardCharsets.UTF_8).contains("\"xxxxxx")).hasSize(1);
            Outcome found = told(shop, paid.reference());
            assertThat(found.isCompleted()).isTrue();
            assertThat(found.source()).isEqualTo(Source.QUERY);
            assertThat(found.receiptNumber()).isEqualTo(onlyTransfer().receipt());
            await().until(() -> shop.payment(expired.reference()).held() != null);
            advance(shop, Duration.ofSeconds(31));
            assertThat(told(shop, expired.reference()).status()).isEqualTo(PaymentStatus.EXPIRED);
            assertThat(count("b2c.received")).isEqualTo(2);
        }
    }

    @Test
    void repeatedAndContradictingResultsCountOnce() {
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().callbackTimes(3));
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().contradicting("1"));
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().contradictingFirst("1"));
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().callbackBeforeAnswer());
        try (Shop shop = shop().open()) {
            List<String> references = new ArrayList<>();
            for (int i = 1; i <= 4; i++) {
                Exchange done = shop.send("direct:pay", hundred("071200008" + i), salary("" + i));
                references.add(done.getMessage().getHeader(DarajaConstants.REFERENCE, String.class));
            }
            await().until(() -> safaricom.callbacks().size() == 8);
            assertThat(safaricom.callbacks()).allMatch(callback -> callback.status() == 200);
            assertThat(shop.outcomes()).filteredOn(one -> one.reference().equals(references.get(0))).singleElement()
                    .matches(Outcome::isCompleted);
            assertThat(shop.outcomes()).filteredOn(one -> one.reference().equals(references.get(1))).singleElement()
                    .matches(Outcome::isCompleted);
            assertThat(shop.repository().kept()).extracting(RawCallback::verdict).containsExactly(Verdict.CONFLICT);
            assertThat(shop.payment(references.get(1)).disputed()).isTrue();
            assertThat(shop.outcomes()).filteredOn(one -> one.reference().equals(references.get(2)))
                    .extracting(Outcome::verdict).containsExactly(Verdict.APPLIED, Verdict.CORRECTED);
            assertThat(references).allMatch(reference -> shop.payment(reference).status() == PaymentStatus.COMPLETED);
            assertThat(told(shop, references.get(3)).isCompleted()).isTrue();
            assertThat(transfers()).hasSize(4);
        }
    }

    @Test
    void aCodeThatProvesNothingIsAskedAbout() {
        try (Shop shop = shop().open()) {
            int kept = 0;
            for (String code : List.of("17", "100000000", "15", "100000004")) {
                // the first claims it falsely, the second is really in doubt
                safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().callbackBody(
                        "{\"Result\":{\"ResultType\":0,\"ResultCode\":\"" + code + "\",\"ResultDesc\":\"?\"}}"));
                Outcome paid = outcome(shop.send("direct:wait", hundred("0712000091"), salary("paid" + code)));
                assertThat(paid.isCompleted()).as(code).isTrue();
                assertThat(paid.source()).isEqualTo(Source.QUERY);
                assertThat(paid.receiptNumber()).isEqualTo(transfers().get(transfers().size() - 1).receipt());

                safaricom.results().next(ResultApi.B2C, ResultScript.result(code));
                Acknowledgement declined = pending(shop.send("direct:pay", hundred("0712000092"), salary("not" + code)));
                await().until(() -> shop.payment(declined.reference()).held() != null);
                assertThat(shop.payment(declined.reference()).status()).isEqualTo(PaymentStatus.PENDING);
                advance(shop, Duration.ofSeconds(31));
                assertThat(told(shop, declined.reference()).status()).isEqualTo(PaymentStatus.FAILED);
                kept += 2;
                assertThat(shop.repository().kept()).hasSize(kept);
            }
            assertThat(transfers()).hasSize(4);
        }
    }

    @Test
    void theResultMayBeFasterThanABrokenAnswer() {
        try (Shop shop = shop().open()) {
            for (ResultScript script : List.of(ResultScript.succeeds().callbackBeforeAnswer().errorAfterAccepting(),
                    ResultScript.succeeds().callbackBeforeAnswer().resetAfterAccepting(),
                    ResultScript.result(1).callbackBeforeAnswer().emptyBody())) {
                safaricom.results().next(ResultApi.B2C, script);
                String key = "faster" + count("b2c.received");
                Exchange done = shop.send("direct:pay", hundred(PHONE), salary(key));
                Outcome known = outcome(done);
                assertThat(known.status().isFinal()).isTrue();
                assertThat(outcome(shop.send("direct:wait", hundred(PHONE), salary(key))).reference())
                        .isEqualTo(known.reference());
            }
            assertThat(transfers()).hasSize(2);
            assertThat(count("b2c.received")).isEqualTo(3);
        }
    }

    @Test
    void aResultOfAnotherAmountIsNotThisPayout() {
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().parameter("TransactionAmount", BigDecimal.ONE));
        try (Shop shop = shop().with(component -> component.setAskWhenLate(false)).open()) {
            String reference = pending(shop.send("direct:pay", hundred(PHONE), salary("1"))).reference();
            await().until(() -> shop.repository().kept().size() == 1);
            assertThat(shop.repository().kept().get(0).verdict()).isEqualTo(Verdict.CONFLICT);
            assertThat(shop.payment(reference).status()).isEqualTo(PaymentStatus.UNRESOLVED);
            assertThat(shop.outcomes()).isEmpty();
            // the key stays taken, for money has moved
            assertThat(shop.send("direct:pay", hundred(PHONE), salary("1")).getMessage().getHeader(DarajaConstants.REPLAYED))
                    .isEqualTo(true);
            onlyTransfer();
        }
    }

    @Test
    void aRouteThatTriesAgainAfterAFailureDoesNotPayAgain() {
        AtomicInteger tries = new AtomicInteger();
        safaricom.results().next(ResultApi.B2C, ResultScript.result(8));
        try (Shop shop = newShop().routes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).maximumRedeliveries(3).redeliveryDelay(0).onRedelivery(e -> tries.incrementAndGet());
                from("direct:pay").to("daraja:b2c" + KEY + "&awaitOutcome=true&throwExceptionOnFailure=true");
                from("direct:later").to("daraja:b2c" + KEY + "&awaitOutcome=true")
                        .throwException(new IllegalStateException("printer"));
            }
        }).open()) {
            assertThat(shop.send("direct:pay", hundred(PHONE), salary("1")).getException())
                    .isInstanceOf(DarajaPaymentFailedException.class);
            assertThat(shop.send("direct:later", hundred(PHONE), salary("2")).getException()).hasMessage("printer");
            assertThat(tries).hasPositiveValue();
            assertThat(count("b2c.received")).isEqualTo(2);
            onlyTransfer();
        }
    }

    @Test
    void aKeyBelongsToOneAccountAndOperation() {
        DarajaAccount second = new DarajaAccount();
        second.setShortCode(payBill);
        try (Shop shop = newShop().with(component -> {
            DarajaAccount first = component.getConfiguration();
            second.setInitiatorName(first.getInitiatorName());
            second.setInitiatorPassword(first.getInitiatorPassword());
            component.getAccounts().put("second", second);
        }).route("one", "daraja:b2c" + KEY + "&awaitOutcome=true").route("two", "daraja:b2c" + KEY
                + "&awaitOutcome=true&account=second").route("three", "daraja:b2pochi" + KEY + "&awaitOutcome=true").open()) {
            for (String route : List.of("one", "two", "three", "two", "one")) {
                assertThat(outcome(shop.send("direct:" + route, Map.of("phoneNumber", PHONE, "amount", 100), salary("7")))
                        .isCompleted()).isTrue();
            }
            assertThat(transfers()).extracting(Transfer::originatorConversationId).doesNotHaveDuplicates().hasSize(3);
        }
    }

    @Test
    void aFormerLookOfTheResultIsReadAsWell() {
        safaricom.results().always(ResultApi.B2C, ResultScript.succeeds().oldForm().permuted().stringCodes().escapedSlashes());
        try (Shop shop = shop().open()) {
            Outcome paid = outcome(shop.send("direct:wait", hundred(PHONE), salary("1")));
            assertThat(paid.receiptNumber()).isEqualTo(onlyTransfer().receipt());
            assertThat(paid.amount()).isEqualByComparingTo("100");
            assertThat(paid.phoneNumber()).isEqualTo(PHONE);
        }
    }
}
