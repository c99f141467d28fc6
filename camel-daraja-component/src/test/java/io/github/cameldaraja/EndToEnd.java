package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.DarajaAnswer;
import io.github.cameldaraja.api.DarajaException;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.simulator.Transfer;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Routes, component, HTTP, Safaricom, and back: what all operations' tests share. After each the books must agree. */
abstract class EndToEnd {

    @RegisterExtension
    static final DarajaSimulatorExtension SAFARICOM =
            new DarajaSimulatorExtension(SimulatorSettings.defaults().withAnswerDelay(Duration.ofMillis(10)));

    static final String PHONE = "254712345678";
    static final String UTILITY = "Utility Account";
    static final String WORKING = "Working Account";
    static final String MERCHANT = "Merchant Account";

    final DarajaSimulator safaricom = SAFARICOM.simulator();
    final String payBill = safaricom.credentials().shortCode();
    final String till = safaricom.credentials().tillNumber();

    @AfterEach
    void noMoneyIsMadeOrLost() {
        safaricom.books().verify();
    }

    /** A shop that has everything, not started yet. */
    Shop newShop() {
        return Shop.at(safaricom).withOperator();
    }

    void deposit(String account, long amount) {
        safaricom.books().deposit(payBill, account, BigDecimal.valueOf(amount));
    }

    int count(String name) {
        return safaricom.counters().count(name);
    }

    List<Transfer> transfers() {
        return safaricom.books().transfers();
    }

    void advance(Shop shop, Duration time) {
        safaricom.clock().advance(time);
        shop.look();
    }

    /** A customer's payment, as the books know it. */
    LedgerEntry paid(String phone, String reference, long amount) {
        String receipt = safaricom.c2b().pay(phone, payBill, reference, amount).join().receipt();
        return safaricom.books().payments().stream().filter(entry -> entry.receipt().equals(receipt)).findFirst().orElseThrow();
    }

    static JsonNode last(List<JsonNode> bodies) {
        return bodies.get(bodies.size() - 1);
    }

    /**
     * Sends while no clear answer comes, moving the clock over the pauses between the attempts.
     *
     * @param received how often Safaricom was asked so far
     * @param attempts how often it is asked for this request
     */
    Exchange sendOverPauses(Shop shop, String route, Object body, IntSupplier received, int attempts) {
        int before = received.getAsInt();
        CompletableFuture<Exchange> done = shop.sendAsync(route, body);
        for (int i = 1; i <= attempts; i++) {
            int attempt = i;
            await().until(() -> received.getAsInt() == before + attempt);
            if (i < attempts) {
                await().until(() -> {
                    safaricom.clock().advance(Duration.ofSeconds(1));
                    return received.getAsInt() > before + attempt;
                });
            }
        }
        Exchange exchange = done.join();
        assertThat(received.getAsInt() - before).as(route).isEqualTo(attempts);
        return exchange;
    }

    /** The answer of an API that answers at once. */
    static <A extends DarajaAnswer> A answer(Exchange done, Class<A> type) {
        assertThat(done.getException()).isNull();
        A answer = done.getMessage().getBody(type);
        assertThat(answer).isNotNull();
        assertThat(done.getMessage().getHeader(DarajaConstants.RESULT_CODE)).isEqualTo(answer.code());
        assertThat(done.getMessage().getHeaders()).doesNotContainKeys(DarajaConstants.STATUS, DarajaConstants.RECEIPT_NUMBER);
        return answer;
    }

    /** The acknowledgement, which is no payment. */
    static Acknowledgement pending(Exchange done) {
        assertThat(done.getException()).isNull();
        Acknowledgement acknowledgement = done.getMessage().getBody(Acknowledgement.class);
        if (acknowledgement.status() != PaymentStatus.PENDING) {
            // never by itself: its result was faster
            await().until(() -> SAFARICOM.simulator().callbacks().stream()
                    .anyMatch(callback -> callback.url().contains(acknowledgement.reference())));
        }
        assertThat(done.getMessage().getHeaders()).containsEntry(DarajaConstants.STATUS, acknowledgement.status().name())
                .containsEntry(DarajaConstants.REFERENCE, acknowledgement.reference())
                .containsEntry(DarajaConstants.OPERATION, acknowledgement.operation())
                .doesNotContainKeys(DarajaConstants.RECEIPT_NUMBER, DarajaConstants.RESULT_CODE,
                DarajaConstants.TRANSACTION_DATE);
        return acknowledgement;
    }

    /** The outcome that a waiting exchange went on with. */
    static Outcome outcome(Exchange done) {
        assertThat(done.getException()).isNull();
        Outcome outcome = done.getMessage().getBody(Outcome.class);
        assertThat(outcome).as("the body %s", done.getMessage().getBody()).isNotNull();
        assertThat(done.getMessage().getHeader(DarajaConstants.STATUS)).isEqualTo(outcome.status().name());
        return outcome;
    }

    /** What the consumer is told of that payment; there is exactly one such outcome so far. */
    static Outcome told(Shop shop, String reference) {
        await().until(() -> shop.outcomes().stream().anyMatch(outcome -> outcome.reference().equals(reference)));
        List<Outcome> all = shop.outcomes().stream().filter(outcome -> outcome.reference().equals(reference)).toList();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    /** Refused before anything left: the text names the field and what it must be. */
    static void assertRefused(Exchange done, String field, String rule) {
        assertThat(done.getException()).as(field).isInstanceOf(DarajaRequestException.class)
                .hasMessageStartingWith("refused before sending: " + field).hasMessageContaining(rule);
        assertThat(((DarajaException) done.getException()).getHttpStatus()).isZero();
    }

    /** Refused by Safaricom: the headers say what, whose fault, and whether to try again. */
    static void assertRefusal(Exchange done, Class<? extends DarajaException> type, String code, String category,
                              boolean retriable) {
        assertThat(done.getException()).isInstanceOf(type);
        assertThat(done.getMessage().getHeaders()).containsEntry(DarajaConstants.RESULT_CODE, code)
                .containsEntry(DarajaConstants.RESULT_CATEGORY, category).containsEntry(DarajaConstants.RETRIABLE, retriable)
                .doesNotContainKeys(DarajaConstants.STATUS, DarajaConstants.RECEIPT_NUMBER);
    }
}
