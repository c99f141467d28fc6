package io.github.cameldaraja.examples.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.simulator.ConfirmationScript;
import io.github.cameldaraja.simulator.RequestFault;
import io.github.cameldaraja.simulator.StandingOrderScript;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a standing order does, and what its debits do. */
class RenewalTest extends ServiceTest {

    private static final LocalTime AFTER_THE_DEBIT = LocalTime.of(6, 30);

    /** Anne has a plan for a month, and a standing order for the months after it. */
    private LocalDate subscribe() {
        service.activates("ANNE01", ANNE, service.pays(ANNE, "?", PRICE)).join();
        Reply reply = service.renews("ANNE01", "0712000001").join();
        assertThat(reply.status()).isEqualTo(AnswerStatus.ORDERED);
        return service.paidUntil("ANNE01");
    }

    private void debitOf(LocalDate day) {
        LocalService.passUntil(safaricom, day, AFTER_THE_DEBIT);
    }

    @Test
    void anOrderIsNotAPayment() {
        LocalDate end = subscribe();

        assertThat(end).isEqualTo(service.today().plusMonths(1));
        assertThat(service.plan("ANNE01").json().path("renewal").asText()).isEqualTo("AGREED");
        assertThat(safaricom.books().payments()).hasSize(1);
        assertThat(safaricom.standingOrders().all()).singleElement()
                .satisfies(order -> assertThat(order.start()).isEqualTo(end))
                .satisfies(order -> assertThat(order.amount()).isEqualTo(PRICE))
                .satisfies(order -> assertThat(order.reference()).isEqualTo("ANNE01"));
    }

    @Test
    void eachDebitProlongsThePlanOnce() {
        LocalDate start = service.today();
        LocalDate end = subscribe();
        safaricom.c2b().allConfirmations(ConfirmationScript.usual().times(3));

        for (int months = 2; months <= 4; months++) {
            debitOf(end);
            LocalDate expected = start.plusMonths(months);
            await().untilAsserted(() -> assertThat(service.paidUntil("ANNE01")).isEqualTo(expected));
            assertThat(service.isActive("ANNE01")).isTrue();
            end = expected;
        }

        assertThat(safaricom.counters().count("ratiba.debits")).isEqualTo(3);
        assertThat(service.payments().of("ANNE01")).hasSize(4);
    }

    @Test
    void aMissedDebitLetsThePlanEnd() {
        safaricom.customers().add(ANNE, PRICE, "1234");
        LocalDate end = subscribe();

        debitOf(end);
        assertThat(safaricom.counters().count("ratiba.missed")).isEqualTo(1);
        assertThat(service.isActive("ANNE01")).isTrue();
        LocalService.passUntil(safaricom, end.plusDays(1), LocalTime.of(0, 5));
        assertThat(service.isActive("ANNE01")).isFalse();
        assertThat(service.paidUntil("ANNE01")).isEqualTo(end);

        safaricom.customers().add(ANNE, PRICE, "1234");
        debitOf(end.plusMonths(1));
        await().untilAsserted(() -> assertThat(service.isActive("ANNE01")).isTrue());
        assertThat(service.paidUntil("ANNE01")).isEqualTo(end.plusMonths(2));
    }

    @Test
    void theCodeOfADebitHelpsWhenNobodyWasToldOfIt() {
        LocalDate end = subscribe();
        safaricom.c2b().nextConfirmation(ConfirmationScript.usual().lost());
        debitOf(end);
        String code = safaricom.standingOrders().all().get(0).receipts().get(0);

        assertThat(service.activates("ANNE01", ANNE, code).join().status()).isEqualTo(AnswerStatus.ACTIVATED);
        safaricom.c2b().resend(code).join();

        assertThat(service.paidUntil("ANNE01")).isEqualTo(end.minusMonths(1).plusMonths(2));
    }

    @ParameterizedTest
    @ValueSource(strings = { "1032", "1037", "2001", "1025" })
    void whoSaysNoMaySayYesLater(String code) {
        safaricom.standingOrders().next(StandingOrderScript.result(code));
        Reply no = service.renews("ANNE01", ANNE).join();
        assertThat(no.http()).isEqualTo(200);
        assertThat(no.status()).isEqualTo(AnswerStatus.REFUSED);
        assertThat(no.tryAgain()).isTrue();
        assertThat(no.reason()).isNotBlank();
        assertThat(service.isActive("ANNE01")).isFalse();

        safaricom.customers().add(ANNE, 0, "1234");
        assertThat(service.renews("ANNE01", ANNE).join().status()).isEqualTo(AnswerStatus.ORDERED);
        assertThat(service.isActive("ANNE01")).isFalse();
        assertThat(service.paidUntil("ANNE01")).isNull();
    }

    @Test
    void oneOrderAtATime() {
        List<CompletableFuture<Reply>> both = List.of(service.renews("ANNE01", ANNE), service.renews("ANNE01", ANNE));

        assertThat(both).extracting(reply -> reply.join().status()).contains(AnswerStatus.ORDERED);
        assertThat(service.renews("ANNE01", BOB).join().status()).isEqualTo(AnswerStatus.ORDERED);
        assertThat(safaricom.counters().count("ratiba.requests")).isEqualTo(1);
    }

    @Test
    void whoAnswersLateIsNotAskedTwice() {
        safaricom.customers().add(ANNE, 0, "1234");
        safaricom.standingOrders().next(StandingOrderScript.agrees().callbackAfter(Duration.ofMinutes(10)));
        CompletableFuture<Reply> waiting = service.renews("ANNE01", ANNE);
        await().until(() -> safaricom.counters().count("ratiba.agreed") == 1);

        Reply reply = passes(Duration.ofSeconds(91), waiting);
        assertThat(reply.http()).isEqualTo(202);
        assertThat(reply.status()).isEqualTo(AnswerStatus.UNKNOWN);
        assertThat(reply.tryAgain()).isFalse();
        assertThat(service.renews("ANNE01", ANNE).join().status()).isEqualTo(AnswerStatus.UNKNOWN);
        assertThat(safaricom.counters().count("ratiba.requests")).isEqualTo(1);

        safaricom.clock().advance(Duration.ofMinutes(10));
        await().until(() -> service.plan("ANNE01").json().path("renewal").asText().equals("AGREED"));
    }

    @Test
    void anOrderWhoseAnswerWasLostIsNotSentAgain() {
        safaricom.customers().add(ANNE, 0, "1234");
        safaricom.standingOrders().nextRequest(RequestFault.RESET_AFTER);
        safaricom.standingOrders().next(StandingOrderScript.agrees());

        assertThat(service.renews("ANNE01", ANNE).join().status()).isEqualTo(AnswerStatus.ORDERED);
        assertThat(safaricom.standingOrders().all()).hasSize(1);
    }

    @Test
    void whatSafaricomDoesNotTakeMayBeTriedAgain() {
        safaricom.standingOrders().nextRequest(RequestFault.SPIKE_ARREST);
        Reply reply = service.renews("ANNE01", ANNE).join();
        assertThat(reply.http()).isEqualTo(503);
        assertThat(reply.tryAgain()).isTrue();

        assertThat(service.renews("ANNE01", ANNE).join().status()).isEqualTo(AnswerStatus.ORDERED);
        assertThat(safaricom.standingOrders().all()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = { "null", "[1]", "{", "{\"account\":\"ANNE01\"}", "{\"phone\":\"0712000001\"}" })
    void whatIsNoRequestIsRefused(String body) {
        Reply reply = service.post("/renewals", body).join();

        assertThat(reply.http()).isEqualTo(400);
        assertThat(reply.status()).isEqualTo(AnswerStatus.REFUSED);
        assertThat(safaricom.counters().count("ratiba.requests")).isZero();
    }
}
