package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.B2bExpress;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaThrottledException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.Verdict;
import io.github.cameldaraja.simulator.AnswerScript;
import io.github.cameldaraja.simulator.CallbackScript;
import io.github.cameldaraja.simulator.ExpressScript;
import io.github.cameldaraja.simulator.Transfer;
import io.github.cameldaraja.transaction.RawCallback;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A till's owner is asked by USSD to pay our pay bill. */
class ExpressTest extends EndToEnd {

    private static final String PATH = "/v1/ussdpush/get-msisdn";

    @BeforeEach
    void money() {
        safaricom.books().deposit(till, MERCHANT, BigDecimal.valueOf(5_000));
    }

    private Shop shop() {
        return newShop().route("pay", "daraja:b2bExpress").route("wait", "daraja:b2bExpress?awaitOutcome=true")
                .route("key", "daraja:b2bExpress?idempotencyKey=${header.order}").collecting("b2bExpress");
    }

    private B2bExpress.Request request(long amount) {
        return new B2bExpress.Request(till, amount, "SUPPLY77", "Nyota Wholesalers");
    }

    @Test
    void aTillIsAskedInEveryWay() {
        try (Shop shop = shop()
                .route("uri", "daraja:b2bExpress?amount=104&accountReference=R4&field.partnerName=Nyota&field.payer="
                + till).route("headers", "daraja:b2bExpress?requestHeaders=true").open()) {
            List<Exchange> sent = List.of(shop.send("direct:pay", request(101)),
                    shop.send("direct:pay", Map.of("payer", till, "amount", "102", "partnerName", "Nyota")),
                    shop.send("direct:pay", "{\"primaryShortCode\":\"" + till + "\",\"Amount\":103,\"paymentRef\":\"R3\","
                            + "\"partnerName\":\"Nyota\"}"),
                    shop.send("direct:uri", null),
                    shop.send("direct:headers", Map.of("payer", till, "partnerName", "Nyota"),
                            Map.of("CamelDarajaRequestAmount", 105)));
            List<JsonNode> bodies = shop.sent(PATH);
            for (int i = 0; i < sent.size(); i++) {
                Acknowledgement acknowledgement = pending(sent.get(i));
                assertThat(bodies.get(i).get("RequestRefID").asText()).isEqualTo(acknowledgement.reference());
                assertThat(bodies.get(i).get("receiverShortCode").asText()).isEqualTo(payBill);
                Outcome paid = told(shop, acknowledgement.reference());
                assertThat(paid.isCompleted()).isTrue();
                assertThat(paid.amount()).isEqualByComparingTo(String.valueOf(101 + i));
                assertThat(transfers()).filteredOn(one -> one.receipt().equals(paid.receiptNumber())).singleElement()
                        .matches(one -> one.to().equals(payBill));
            }
            // who names no reference gets one by which we find the payment again
            assertThat(bodies.get(1).get("paymentRef").asText()).isNotBlank()
                    .isEqualTo(shop.payment(pending(sent.get(1)).reference()).accountReference());
            assertThat(safaricom.books().merchantBalance(payBill)).isEqualTo(101 + 102 + 103 + 104 + 105);
        }
    }

    @Test
    void theOwnerMaySayNo() {
        List<String> ends = List.of("4001 CANCELLED CUSTOMER true", "4102 FAILED CONFIGURATION false",
                "4104 FAILED CONFIGURATION false", "4201 FAILED SYSTEM true", "4203 FAILED SYSTEM true");
        try (Shop shop = shop().open()) {
            for (String end : ends) {
                safaricom.b2bExpress().next(ExpressScript.result(end.split(" ")[0]));
                Outcome failed = outcome(shop.send("direct:wait", request(100)));
                assertThat(failed.resultCode() + " " + failed.status() + " " + failed.resultCategory() + " " + failed.retriable())
                        .isEqualTo(end);
                assertThat(failed.receiptNumber()).isNull();
                assertThat(failed.accountReference()).isEqualTo("SUPPLY77");
            }
            // a code that is in no table
            Outcome poor = outcome(shop.send("direct:wait", request(5_001)));
            assertThat(poor.status()).isEqualTo(PaymentStatus.FAILED);
            assertThat(poor.resultCode()).isEqualTo("1");
            assertThat(transfers()).isEmpty();
        }
    }

    @Test
    void aLostAcknowledgementIsHealedByTheCallbackAndNeverByARepeat() {
        try (Shop shop = shop().open()) {
            for (AnswerScript lost : List.of(AnswerScript.usual().resetAfterAccepting(),
                    AnswerScript.usual().errorAfterAccepting(),
                    AnswerScript.usual().html503AfterAccepting(), AnswerScript.usual().emptyBody())) {
                safaricom.calls().next(PATH, lost);
                assertThat(outcome(shop.send("direct:wait", request(100))).isCompleted()).isTrue();
            }
            assertThat(transfers()).hasSize(4);
            safaricom.calls().next(PATH, AnswerScript.usual().resetAfterAccepting());
            safaricom.b2bExpress().next(ExpressScript.pays().callback(CallbackScript.usual().after(Duration.ofMinutes(1))));
            for (int i = 0; i < 3; i++) {
                assertThat(shop.send("direct:key", request(100), Map.of("order", "7")).getException())
                        .isInstanceOf(DarajaOutcomeUnknownException.class);
            }
            await().until(() -> transfers().size() == 5);
            advance(shop, Duration.ofSeconds(61));
            await().until(() -> shop.outcomes().size() == 1);
            assertThat(shop.outcomes().get(0).receiptNumber()).isEqualTo(transfers().get(4).receipt());
            assertThat(count("b2bExpress.received")).isEqualTo(5);
        }
    }

    @Test
    void whatNobodyTellsStaysOpenUntilAPersonLooks() {
        safaricom.b2bExpress().next(ExpressScript.pays().callback(CallbackScript.usual().lost()));
        try (Shop shop = shop().open()) {
            CompletableFuture<Exchange> waiting = shop.sendAsync("direct:wait", request(100));
            await().until(() -> transfers().size() == 1);
            await().until(() -> shop.onlyPayment().acknowledgement() != null);
            advance(shop, Duration.ofSeconds(91));
            assertThat(outcome(waiting.join()).status()).isEqualTo(PaymentStatus.UNKNOWN);
            assertThat(shop.onlyPayment().status()).isEqualTo(PaymentStatus.PENDING);
            advance(shop, Duration.ofMinutes(61));
            await().until(() -> shop.onlyPayment().status() == PaymentStatus.UNRESOLVED);
            assertThat(count("b2bExpress.received")).isEqualTo(1);
            // and still it is heard when it speaks at last, once
            String id = last(shop.sent(PATH)).get("RequestRefID").asText();
            assertThat(safaricom.b2bExpress().resend(id).join()).isEqualTo(200);
            assertThat(safaricom.b2bExpress().resend(id).join()).isEqualTo(200);
            assertThat(told(shop, id).receiptNumber()).isEqualTo(transfers().get(0).receipt());
        }
    }

    @Test
    void repeatedAndContradictingCallbacksCountOnce() {
        safaricom.b2bExpress().next(ExpressScript.pays().callback(CallbackScript.usual().twice()));
        safaricom.b2bExpress().next(ExpressScript.pays().contradicting("4001"));
        safaricom.b2bExpress().next(ExpressScript.pays().contradictingFirst("4001"));
        safaricom.b2bExpress().next(ExpressScript.pays().callbackBeforeAnswer());
        safaricom.b2bExpress().next(ExpressScript.pays().callback(CallbackScript.usual().reversed()));
        try (Shop shop = shop().open()) {
            for (int i = 0; i < 5; i++) {
                shop.send("direct:pay", request(100 + i));
            }
            await().until(() -> safaricom.callbacks().size() == 8);
            assertThat(shop.repository().all()).allMatch(payment -> payment.status() == PaymentStatus.COMPLETED);
            assertThat(shop.outcomes()).extracting(Outcome::verdict).filteredOn(Verdict.CORRECTED::equals).hasSize(1);
            assertThat(shop.outcomes()).filteredOn(Outcome::isCompleted).extracting(Outcome::receiptNumber)
                    .containsExactlyInAnyOrderElementsOf(transfers().stream().map(Transfer::receipt).toList());
            assertThat(shop.repository().kept()).extracting(RawCallback::verdict).containsExactly(Verdict.CONFLICT);
        }
    }

    @Test
    void headersOfAnOutcomeFillNothing() {
        try (Shop shop = newShop().route("headers", "daraja:b2bExpress?requestHeaders=true").open()) {
            Map<String, Object> told = Map.of(DarajaConstants.AMOUNT, 77, DarajaConstants.PHONE_NUMBER, PHONE,
                    DarajaConstants.REQUEST_ID, "r-1");
            assertRefused(shop.send("direct:headers", Map.of("payer", till, "partnerName", "Nyota"), told), "amount",
                    "is missing");
            assertThat(count("b2bExpress.received")).isZero();
        }
    }

    @Test
    void whatIsWrongIsRefused() {
        try (Shop shop = shop().open()) {
            assertRefused(shop.send("direct:pay", new B2bExpress.Request("12", 10, "R", "Nyota")), "primaryShortCode",
                    "5 to 9 digits");
            assertRefused(shop.send("direct:pay", new B2bExpress.Request(till, 0, "R", "Nyota")), "amount", "whole shillings");
            assertRefused(shop.send("direct:pay", new B2bExpress.Request(till, 10, "R", null)), "partnerName", "is missing");
            assertRefused(shop.send("direct:pay", Map.of("payer", till, "amount", 1, "partnerName", "N", "receiverShortCode",
                    "1")), "receiverShortCode", "filled by the component");
            assertThat(safaricom.counters().tokenCalls()).isZero();
            safaricom.calls().next(PATH, AnswerScript.usual().spikeArrest());
            Exchange throttled = shop.send("direct:pay", request(10));
            assertThat(throttled.getException()).isInstanceOf(DarajaThrottledException.class);
            assertThat(throttled.getMessage().getHeader(DarajaConstants.RETRIABLE)).isEqualTo(true);
            // a code other than 0 in the acknowledgement is no acknowledgement
            safaricom.calls().next(PATH, AnswerScript.usual().field("code", "26").field("status", "System busy"));
            assertThat(shop.send("direct:key", request(10), Map.of("order", "8")).getException())
                    .isInstanceOf(DarajaThrottledException.class);
        }
    }
}
