package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaThrottledException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.api.StandingOrder;
import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.RequestFault;
import io.github.cameldaraja.simulator.StandingOrderScript;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** A customer agrees to pay again and again: the agreement is no money, the debits are. */
class StandingOrderTest extends EndToEnd {

    private static final String PATH = "/standingorder/";

    private Shop shop() {
        return newShop().route("order", "daraja:standingOrder").route("wait", "daraja:standingOrder?awaitOutcome=true")
                .route("register", "daraja:c2bRegister").collecting("standingOrder", "c2bConfirmation");
    }

    private LocalDate day(int fromToday) {
        return LocalDate.ofInstant(safaricom.clock().instant(), ZoneId.of("Africa/Nairobi")).plusDays(fromToday);
    }

    private StandingOrder.Request rent(String name) {
        return new StandingOrder.Request(name, day(1).toString(), day(3).toString(), PHONE, 100, "daily", "HOUSE7");
    }

    @Test
    void anOrderIsAskedForInEveryWay() {
        String from = day(1).toString();
        String until = day(40).toString().replace("-", "");
        try (Shop shop = shop().route("uri", "daraja:standingOrder?phoneNumber=0712000004&amount=104&accountReference=H4"
                + "&frequency=weekly&startDate=" + from + "&endDate=" + until + "&field.StandingOrderName=Rent 4").open()) {
            List<Exchange> sent = List.of(
                    shop.send("direct:order", new StandingOrder.Request("Rent 1", from, until, "0712000001", 101, "monthly",
                            "H1")),
                    shop.send("direct:order", Map.of("standingOrderName", "Rent 2", "startDate", from, "endDate", until,
                            "phoneNumber", "0712000002", "amount", 102, "frequency", 3)),
                    shop.send("direct:order", "{\"StandingOrderName\":\"Rent 3\",\"StartDate\":\"" + until + "\",\"EndDate\":\""
                            + until + "\",\"PartyA\":\"254712000003\",\"Amount\":\"103\",\"Frequency\":\"one-off\"}"),
                    shop.send("direct:uri", null));
            List<JsonNode> bodies = shop.sent(PATH);
            assertThat(bodies).extracting(body -> body.get("Frequency").asText()).containsExactly("4", "3", "1", "3");
            for (int i = 0; i < sent.size(); i++) {
                Acknowledgement acknowledgement = pending(sent.get(i));
                Outcome agreed = told(shop, acknowledgement.reference());
                assertThat(agreed.status()).isEqualTo(PaymentStatus.COMPLETED);
                assertThat(agreed.operation()).isEqualTo("standingOrder");
                assertThat(agreed.amount()).isEqualByComparingTo(String.valueOf(101 + i));
                // of the order, not of a payment
                assertThat(agreed.receiptNumber()).isNull();
                assertThat(bodies.get(i).get("AccountReference").asText())
                        .isEqualTo(shop.payment(acknowledgement.reference()).accountReference());
            }
            assertThat(safaricom.books().payments()).isEmpty();
            assertThat(safaricom.standingOrders().all()).hasSize(4);
        }
    }

    @Test
    void theAgreementIsNoMoneyAndEachDebitIsOnePayment() {
        safaricom.clock().freeze();
        safaricom.standingOrders().next(StandingOrderScript.agrees().callbackTimes(2));
        try (Shop shop = shop().open()) {
            assertThat(shop.send("direct:register", null).getException()).isNull();
            String reference = pending(shop.send("direct:order", rent("Rent"))).reference();
            advance(shop, Duration.ofSeconds(1));
            await().until(() -> safaricom.callbacks().size() == 2);
            assertThat(told(shop, reference).status()).isEqualTo(PaymentStatus.COMPLETED);
            assertThat(safaricom.books().payments()).isEmpty();

            for (int days = 1; days <= 4; days++) {
                advance(shop, Duration.ofDays(1));
            }
            await().until(() -> shop.outcomes().size() == 4);
            List<LedgerEntry> debits = safaricom.books().payments();
            assertThat(debits).hasSize(3);
            assertThat(shop.outcomes()).filteredOn(one -> one.operation().equals("c2bConfirmation"))
                    .allMatch(one -> one.isCompleted() && one.source() == Source.CONFIRMATION
                            && one.accountReference().equals("HOUSE7")).extracting(Outcome::receiptNumber)
                    .containsExactlyInAnyOrderElementsOf(debits.stream().map(LedgerEntry::receipt).toList());
            // and once, whatever is repeated
            assertThat(safaricom.c2b().resend(debits.get(0).receipt()).join()).isEqualTo(200);
            shop.look();
            assertThat(shop.outcomes()).hasSize(4);
        }
    }

    @Test
    void theCustomerMaySayNo() {
        try (Shop shop = shop().open()) {
            for (String end : List.of("1032 CANCELLED CUSTOMER true", "1037 EXPIRED CUSTOMER true", "1025 FAILED SYSTEM true",
                    "1051 FAILED MERCHANT false", "2001 FAILED CUSTOMER true")) {
                safaricom.standingOrders().next(StandingOrderScript.result(end.split(" ")[0]).otherCase());
                Outcome failed = outcome(shop.send("direct:wait", rent("Rent")));
                assertThat(failed.resultCode() + " " + failed.status() + " " + failed.resultCategory() + " " + failed.retriable())
                        .isEqualTo(end);
            }
            assertThat(outcome(shop.send("direct:wait", rent("Rent"))).status()).isEqualTo(PaymentStatus.COMPLETED);
            Outcome twice = outcome(shop.send("direct:wait", rent("Rent")));
            assertThat(twice.resultCode()).isEqualTo("1050");
            assertThat(twice.retriable()).isFalse();
        }
    }

    @Test
    void oddCallbacksAreReadAndLostOnesLeftToAPerson() {
        try (Shop shop = shop().open()) {
            for (StandingOrderScript odd : List.of(StandingOrderScript.agrees().swappedIds(),
                    StandingOrderScript.agrees().permuted().withoutTransactionId(),
                    StandingOrderScript.agrees().callbackBeforeAnswer())) {
                safaricom.standingOrders().next(odd);
                assertThat(outcome(shop.send("direct:wait", rent("Rent " + safaricom.standingOrders().all().size()))).status())
                        .isEqualTo(PaymentStatus.COMPLETED);
            }
            safaricom.standingOrders().next(StandingOrderScript.agrees().lostCallback());
            CompletableFuture<Exchange> waiting = shop.sendAsync("direct:wait", rent("Rent lost"));
            await().until(() -> shop.repository().all().stream().anyMatch(one -> one.status() == PaymentStatus.PENDING));
            String lost = shop.repository().all().stream().filter(one -> one.status() == PaymentStatus.PENDING).findFirst()
                    .orElseThrow().reference();
            advance(shop, Duration.ofSeconds(91));
            assertThat(outcome(waiting.join()).status()).isEqualTo(PaymentStatus.UNKNOWN);
            advance(shop, Duration.ofMinutes(61));
            await().until(() -> shop.payment(lost).status() == PaymentStatus.UNRESOLVED);
            assertThat(count("ratiba.requests")).isEqualTo(4);
        }
    }

    @Test
    void aLostAcknowledgementIsNeverRepeated() {
        try (Shop shop = shop().open()) {
            for (RequestFault fault : List.of(RequestFault.RESET_AFTER, RequestFault.ERROR_AFTER, RequestFault.EMPTY_BODY)) {
                safaricom.standingOrders().nextRequest(fault);
                safaricom.standingOrders().next(StandingOrderScript.agrees().callbackAfter(Duration.ofMinutes(1)));
                Exchange done = shop.send("direct:order", rent("Rent " + fault));
                assertThat(done.getException()).as(fault.name()).isInstanceOf(DarajaOutcomeUnknownException.class);
                await().until(() -> safaricom.standingOrders().all().stream().noneMatch(one -> one.code() == null));
                advance(shop, Duration.ofSeconds(61));
                assertThat(told(shop, done.getMessage().getHeader(DarajaConstants.REFERENCE, String.class)).status())
                        .isEqualTo(PaymentStatus.COMPLETED);
            }
            assertThat(count("ratiba.requests")).isEqualTo(3);
            safaricom.standingOrders().nextRequest(RequestFault.SYSTEM_BUSY);
            assertRefusal(shop.send("direct:order", rent("Rent")), DarajaThrottledException.class, "500.003.02", "SYSTEM", true);
        }
    }

    @Test
    void whatIsWrongIsRefusedBeforeAnythingIsSent() {
        Map<String, Object> good = new HashMap<>(Map.of("StandingOrderName", "Rent", "StartDate", day(1).toString(), "EndDate",
                day(9).toString(), "PartyA", PHONE, "Amount", 10, "Frequency", "daily"));
        Object[][] wrong = {
            {"Frequency", "hourly", "one-off, daily, weekly, monthly"}, {"EndDate", day(0).toString(), "must be after StartDate"},
            {"StartDate", "31-12-2026", ""}, {"Amount", 0, "whole shillings"}, {"PartyA", "12", "Kenyan"},
            {"AccountReference", "thirteen char", "12"}, {"TransactionType", "gift", "paybill or till"},
            {"BusinessShortCode", "600000", "filled by the component"},
            {"CallBackURL", "https://x.example", "filled by the component"} };
        try (Shop shop = shop().open()) {
            for (Object[] one : wrong) {
                Map<String, Object> body = new HashMap<>(good);
                body.put((String) one[0], one[1]);
                assertRefused(shop.send("direct:order", body), (String) one[0], (String) one[2]);
            }
            good.remove("StandingOrderName");
            assertRefused(shop.send("direct:order", good), "StandingOrderName", "is missing");
            assertThat(count("ratiba.requests")).isZero();
            assertThat(shop.repository().all()).isEmpty();
        }
    }
}
