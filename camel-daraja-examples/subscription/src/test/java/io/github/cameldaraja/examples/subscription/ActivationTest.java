package io.github.cameldaraja.examples.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.simulator.ConfirmationScript;
import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.ResultScript;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a typed code does. */
class ActivationTest extends ServiceTest {

    @Test
    void theCodeOfAPaymentActivatesAMonth() {
        String code = service.pays(ANNE, "for anne", PRICE);

        Reply reply = service.activates("anne 01", "0712 000 001", " " + code.toLowerCase() + " ").join();

        assertThat(reply.http()).isEqualTo(200);
        assertThat(reply.status()).isEqualTo(AnswerStatus.ACTIVATED);
        assertThat(reply.json().path("plan")).isEqualTo(service.plan("ANNE01").json());
        assertThat(service.isActive("ANNE01")).isTrue();
        assertThat(service.paidUntil("ANNE01")).isEqualTo(service.today().plusMonths(1));
        assertThat(reply.json().toString()).doesNotContain("712000001");
    }

    @Test
    void theMonthBeginsWithThePaymentAndNotWithTheCode() {
        LocalDate paid = service.today();
        safaricom.c2b().nextConfirmation(ConfirmationScript.usual().lost());
        String code = service.pays(ANNE, "?", PRICE);
        safaricom.clock().advance(Duration.ofDays(20));
        service.activates("ANNE01", ANNE, code).join();

        assertThat(service.paidUntil("ANNE01")).isEqualTo(paid.plusMonths(1));
        safaricom.clock().advance(Duration.ofDays(20));
        assertThat(service.isActive("ANNE01")).isFalse();
    }

    @Test
    void aWrongCodeActivatesNothing() {
        Reply reply = service.activates("ANNE01", ANNE, "UKL8VWQ0JH").join();

        assertThat(reply.http()).isEqualTo(202);
        assertThat(reply.status()).isEqualTo(AnswerStatus.UNKNOWN);
        assertThat(reply.tryAgain()).isTrue();
        assertThat(service.plan("ANNE01").http()).isEqualTo(404);
    }

    @Test
    void anotherAmountActivatesNothingAndIsInTheBooks() {
        safaricom.c2b().nextConfirmation(ConfirmationScript.usual().lost());
        String code = service.pays(ANNE, "ANNE01", 250);

        Reply reply = service.activates("ANNE01", ANNE, code).join();

        assertThat(reply.http()).isEqualTo(409);
        assertThat(reply.reason()).isEqualTo("the plan costs KES 300, and that payment was of KES 250");
        assertThat(service.plan("ANNE01").http()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(longs = { PRICE - 1, PRICE + 1, 2 * PRICE })
    void anotherAmountProlongsNothing(long amount) {
        service.activates("ANNE01", ANNE, service.pays(ANNE, "?", PRICE)).join();
        service.pays(ANNE, "ANNE01", amount);

        await().until(service::booksAgree);
        assertThat(service.paidUntil("ANNE01")).isEqualTo(service.today().plusMonths(1));
    }

    @Test
    void thePaymentOfSomebodyElseActivatesNothing() {
        String code = service.pays(BOB, "?", PRICE);

        Reply reply = service.activates("ANNE01", ANNE, code).join();

        assertThat(reply.status()).isEqualTo(AnswerStatus.REFUSED);
        assertThat(reply.reason()).isEqualTo("that payment was made from another phone");
        assertThat(service.activates("BOB001", BOB, code).join().status()).isEqualTo(AnswerStatus.ACTIVATED);
    }

    @Test
    void aPaymentToAnotherShortCodeActivatesNothing() {
        String code = service.pays(ANNE, "600999", "ANNE01", PRICE);
        // Safaricom does not know it among ours
        assertThat(service.activates("ANNE01", ANNE, code).join().status()).isEqualTo(AnswerStatus.UNKNOWN);

        // and if it did
        String ours = service.pays(ANNE, "?", PRICE);
        safaricom.results().forReceiverOnce(ours, ResultScript.succeeds()
                .parameter("CreditPartyName", "600999 - Another Shop"));
        Reply reply = service.activates("ANNE01", ANNE, ours).join();

        assertThat(reply.status()).isEqualTo(AnswerStatus.REFUSED);
        assertThat(reply.reason()).isEqualTo("that payment was not made to 574100");
        assertThat(service.plan("ANNE01").http()).isEqualTo(404);
    }

    @Test
    void aCodeCountsOnce() {
        String code = service.pays(ANNE, "?", PRICE);
        Reply first = service.activates("ANNE01", ANNE, code).join();

        assertThat(service.activates("ANNE01", ANNE, code).join()).isEqualTo(first);
        Reply other = service.activates("ANNE02", ANNE, code).join();
        assertThat(other.http()).isEqualTo(409);
        assertThat(other.reason()).isEqualTo("this code was used before");
        assertThat(service.plan("ANNE02").http()).isEqualTo(404);
        assertThat(service.paidUntil("ANNE01")).isEqualTo(service.today().plusMonths(1));
        assertThat(safaricom.counters().count("status.accepted")).isEqualTo(1);
    }

    @Test
    void ofTwoAtOnceOneWins() {
        String code = service.pays(ANNE, "?", PRICE);
        List<CompletableFuture<Reply>> both = List.of(
                service.activates("ANNE01", ANNE, code), service.activates("ANNE02", ANNE, code));

        assertThat(both).extracting(reply -> reply.join().status())
                .containsExactlyInAnyOrder(AnswerStatus.ACTIVATED, AnswerStatus.REFUSED);
        assertThat(List.of(service.isActive("ANNE01"), service.isActive("ANNE02"))).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void tenTimesAtOnceIsOneMonth() {
        String code = service.pays(ANNE, "?", PRICE);
        List<CompletableFuture<Reply>> all = IntStream.range(0, 10)
                .mapToObj(i -> service.activates("ANNE01", ANNE, code)).toList();

        assertThat(all).allSatisfy(reply -> assertThat(reply.join().status()).isEqualTo(AnswerStatus.ACTIVATED));
        assertThat(service.paidUntil("ANNE01")).isEqualTo(service.today().plusMonths(1));
    }

    @Test
    void twoPaymentsAreTwoMonths() {
        String first = service.pays(ANNE, "?", PRICE);
        String second = service.pays(ANNE, "?", PRICE);
        service.activates("ANNE01", ANNE, second).join();
        service.activates("ANNE01", ANNE, first).join();

        assertThat(service.paidUntil("ANNE01")).isEqualTo(service.today().plusMonths(2));
    }

    @Test
    void whoTypesHisAccountOnThePhoneNeedsNoCode() {
        service.activates("ANNE01", ANNE, service.pays(ANNE, "?", PRICE)).join();

        String second = service.pays(BOB, " anne01", PRICE);

        await().until(() -> service.paidUntil("ANNE01").equals(service.today().plusMonths(2)));
        assertThat(service.activates("ANNE01", BOB, second).join().status()).isEqualTo(AnswerStatus.ACTIVATED);
        assertThat(service.activates("BOB001", BOB, second).join().status()).isEqualTo(AnswerStatus.REFUSED);
        assertThat(service.paidUntil("ANNE01")).isEqualTo(service.today().plusMonths(2));
    }

    @Test
    void noConfirmationIsNeeded() {
        safaricom.c2b().nextConfirmation(ConfirmationScript.usual().lost());
        String code = service.pays(ANNE, "?", PRICE);

        assertThat(service.activates("ANNE01", ANNE, code).join().status()).isEqualTo(AnswerStatus.ACTIVATED);

        safaricom.c2b().resend(code).join();
        assertThat(service.paidUntil("ANNE01")).isEqualTo(service.today().plusMonths(1));
    }

    @Test
    void anAnswerThatComesTooLateActivatesNothing() {
        String code = service.pays(ANNE, "?", PRICE);
        safaricom.results().next(ResultApi.STATUS, ResultScript.succeeds().callbackAfter(Duration.ofMinutes(10)));
        CompletableFuture<Reply> waiting = service.activates("ANNE01", ANNE, code);
        await().until(() -> safaricom.counters().count("status.accepted") == 1);

        Reply reply = passes(Duration.ofSeconds(31), waiting);
        assertThat(reply.http()).isEqualTo(202);
        assertThat(reply.status()).isEqualTo(AnswerStatus.UNKNOWN);
        assertThat(reply.tryAgain()).isTrue();

        int before = safaricom.callbacks().size();
        safaricom.clock().advance(Duration.ofMinutes(10));
        await().until(() -> safaricom.callbacks().size() > before);
        assertThat(service.plan("ANNE01").http()).isEqualTo(404);

        assertThat(service.activates("ANNE01", ANNE, code).join().status()).isEqualTo(AnswerStatus.ACTIVATED);
    }

    @Test
    void aQuestionThatCannotBePutActivatesNothing() {
        String code = service.pays(ANNE, "?", PRICE);
        List<ResultScript> failures = List.of(ResultScript.succeeds().systemBusy(), ResultScript.succeeds().html503(),
                ResultScript.succeeds().spikeArrest(), ResultScript.timesOut(), ResultScript.result("2001"));
        failures.forEach(failure -> {
            safaricom.results().next(ResultApi.STATUS, failure);
            Reply reply = service.activates("ANNE01", ANNE, code).join();
            assertThat(reply.http()).isEqualTo(202);
            assertThat(reply.status()).isEqualTo(AnswerStatus.UNKNOWN);
            assertThat(service.plan("ANNE01").http()).isEqualTo(404);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "TransactionStatus, Declined, REFUSED",
        "TransactionStatus, Reversed, UNKNOWN",
        "TransactionStatus, Authorized, UNKNOWN",
        "TransactionStatus, , UNKNOWN",
        "FinalisedTime, , UNKNOWN",
        "ReceiptNo, , UNKNOWN",
        "ReceiptNo, UKL8VWQ0JH, UNKNOWN",
        "Amount, , UNKNOWN",
        "DebitPartyName, , UNKNOWN"
    })
    void whatSafaricomDoesNotSayIsNotBelieved(String key, String value, AnswerStatus status) {
        String code = service.pays(ANNE, "?", PRICE);
        safaricom.results().next(ResultApi.STATUS, value == null ? ResultScript.succeeds().withoutParameter(key)
                : ResultScript.succeeds().parameter(key, value));

        assertThat(service.activates("ANNE01", ANNE, code).join().status()).isEqualTo(status);
        assertThat(service.plan("ANNE01").http()).isEqualTo(404);
        assertThat(service.activates("ANNE01", ANNE, code).join().status()).isEqualTo(AnswerStatus.ACTIVATED);
    }

    @Test
    void theOldFormOfTheAnswerIsUnderstood() {
        String code = service.pays(ANNE, "?", PRICE);
        safaricom.results().next(ResultApi.STATUS, ResultScript.succeeds().oldForm());

        assertThat(service.activates("ANNE01", ANNE, code).join().status()).isEqualTo(AnswerStatus.ACTIVATED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"account":"ANNE01","phone":"0712000001"}                       | code: must be a receipt of 8 to 15
            {"account":"ANNE01","phone":"0712000001","code":"UKL8'--"}      | code: must be a receipt of 8 to 15
            {"account":"ANNE01","phone":"0712000001","code":"UKL0000000"}   | TransactionID: is the generic id of a question
            {"account":"ANNE01","phone":"12","code":"UKL8VWQ0JH"}           | phone: must be a Kenyan mobile number
            {"account":"ANNE01","code":"UKL8VWQ0JH"}                        | phone: must be a Kenyan mobile number
            {"account":"A/B","phone":"0712000001","code":"UKL8VWQ0JH"}      | account: must be 4 to 12 letters and digits
            {"account":"ANNE01","owner":"ANNE01"}                           | body: is not what was expected
            null                                                            | body: is missing
            {                                                               | body: is not what was expected
            """)
    void whatIsNoRequestIsRefused(String body, String reason) {
        Reply reply = service.post("/activations", body).join();

        assertThat(reply.http()).isEqualTo(400);
        assertThat(reply.status()).isEqualTo(AnswerStatus.REFUSED);
        assertThat(reply.reason()).startsWith(reason);
        assertThat(safaricom.counters().count("status.accepted")).isZero();
    }

    @Test
    void whatCouldNotBeCountedIsNotActivated() {
        String code = service.pays(ANNE, "?", PRICE);
        await().until(service::booksAgree);
        safaricom.clock().freeze();
        safaricom.results().next(ResultApi.STATUS, ResultScript.succeeds().callbackAfter(Duration.ofSeconds(5)));
        CompletableFuture<Reply> waiting = service.activates("ANNE01", ANNE, code);
        await().until(() -> safaricom.counters().count("status.accepted") == 1);
        service.ledgerIsAway(true);
        safaricom.clock().advance(Duration.ofSeconds(5));
        safaricom.clock().resume();

        assertThat(waiting.join().status()).isEqualTo(AnswerStatus.UNKNOWN);
        service.ledgerIsAway(false);
        assertThat(service.isActive("ANNE01")).isFalse();
        assertThat(service.activates("ANNE01", ANNE, code).join().status()).isEqualTo(AnswerStatus.ACTIVATED);
    }

    @Test
    void aPaymentThatCouldNotBeWrittenDownIsToldAgain() {
        service.activates("ANNE01", ANNE, service.pays(ANNE, "?", PRICE)).join();
        await().until(service::booksAgree);
        int before = safaricom.callbacks().size();
        service.ledgerIsAway(true);
        service.pays(ANNE, "ANNE01", PRICE);
        await().until(() -> safaricom.callbacks().size() > before);
        service.ledgerIsAway(false);

        await().until(() -> service.paidUntil("ANNE01").equals(service.today().plusMonths(2)));
    }

    @Test
    void thePullFindsWhatNobodyWasToldOf() {
        service.close();
        open(Map.of("subscription.pull", "200"));
        service.activates("ANNE01", ANNE, service.pays(ANNE, "?", PRICE)).join();
        safaricom.c2b().nextConfirmation(ConfirmationScript.usual().lost());
        service.pays(ANNE, "ANNE01", PRICE);
        safaricom.clock().advance(Duration.ofMinutes(5));

        await().until(() -> service.paidUntil("ANNE01").equals(service.today().plusMonths(2)));
    }
}
