package io.github.cameldaraja.examples.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.examples.checkout.demo.Answer;
import io.github.cameldaraja.examples.checkout.demo.Audit;
import io.github.cameldaraja.examples.checkout.demo.LocalShop;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the shop answers, with the routes in Java and in YAML. */
@ParameterizedClass
@MethodSource("io.github.cameldaraja.examples.checkout.Dsls#tested")
class CheckoutTest {

    @RegisterExtension
    static final DarajaSimulatorExtension SAFARICOM =
            new DarajaSimulatorExtension(SimulatorSettings.defaults().withAnswerDelay(Duration.ofMillis(50)));

    private final DarajaSimulator safaricom = SAFARICOM.simulator();

    @Parameter
    CheckoutApp.Dsl dsl;

    @TempDir
    Path data;

    private LocalShop shop;

    @BeforeEach
    void open() {
        shop = LocalShop.open(safaricom, dsl, LocalShop.Ports.FREE, data);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void aPaidOrderCanBeLookedAt() {
        Answer answer = shop.buys("+254 712 345 678", "250", "Shoes").join();

        assertThat(answer.http()).isEqualTo(200);
        assertThat(answer.status()).isEqualTo(OrderStatus.PAID);
        assertThat(answer.receipt()).isEqualTo(safaricom.books().payments().get(0).receipt());
        assertThat(answer.json().has("phone")).isFalse();
        assertThat(shop.looksAt(answer.id()).join()).isEqualTo(answer);
    }

    @Test
    void anUnknownOrderIsNotFound() {
        Answer answer = shop.looksAt("NOSUCH0001").join();

        assertThat(answer.http()).isEqualTo(404);
        assertThat(answer.reason()).isEqualTo("no such order");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "0712"       | 250                 | PhoneNumber: must be a Kenyan mobile number
            "0712345678" | 12.5                | Amount: must be whole shillings from 1 to 250000; M-Pesa moves no fractions
            "0712345678" | 1.00000000000000001 | Amount: must be whole shillings from 1 to 250000; M-Pesa moves no fractions
            "0712345678" | 250001              | Amount: must be whole shillings from 1 to 250000
            "0712345678" | 0                   | Amount: must be whole shillings from 1 to 250000
            "0712345678" | -5                  | Amount: must be whole shillings from 1 to 250000
            "0712345678" | "many"              | Amount: must be whole shillings from 1 to 250000
            "0712345678" | true                | Amount: must be whole shillings from 1 to 250000
            "0712345678" | null                | Amount: is missing
            null         | 250                 | PhoneNumber: is missing
            """, quoteCharacter = '`')
    void badInputIsRefusedInTheComponentsWords(String phone, String amount, String sentence) {
        Answer answer = shop.post("{\"phone\":" + phone + ",\"amount\":" + amount + ",\"item\":\"Shoes\"}").join();

        assertThat(answer.http()).isEqualTo(400);
        assertThat(answer.status()).isEqualTo(OrderStatus.REFUSED);
        assertThat(answer.reason()).startsWith(sentence);
        assertThat(safaricom.counters().pushes()).isZero();
        assertThat(shop.looksAt(answer.id()).join().status()).isEqualTo(OrderStatus.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "null", "[1]", "{", "{\"phone\":{}}", "{\"price\":1}", "<order/>", "{\"id\":\"a/b\"}" })
    void whatIsNoOrderIsRefused(String body) {
        Answer answer = shop.post(body).join();

        assertThat(answer.http()).isEqualTo(400);
        assertThat(answer.status()).isEqualTo(OrderStatus.REFUSED);
        assertThat(answer.reason()).containsAnyOf("body: ", "id: ");
        assertThat(safaricom.counters().pushes()).isZero();
        assertThat(shop.orders().all()).isEmpty();
    }

    @Test
    void anOrderNumberStandsForOneOrder() {
        shop.buys("ORDER00001", "0712345678", 250, "Shoes").join();
        Answer again = shop.buys("ORDER00001", "0712345678", 250, "Shoes").join();
        Answer other = shop.buys("ORDER00001", "0712345678", 251, "Shoes").join();

        assertThat(again.status()).isEqualTo(OrderStatus.PAID);
        assertThat(other.http()).isEqualTo(400);
        assertThat(other.reason()).isEqualTo("id: was used before for another order; choose a new one");
        assertThat(shop.looksAt("ORDER00001").join()).isEqualTo(again);
        assertThat(safaricom.counters().pushes()).isEqualTo(1);
        assertThat(shop.orders().ledger().total()).isEqualByComparingTo("250");
    }

    @Test
    void whatSafaricomDoesNotTakeMayBeTriedAgain() {
        safaricom.faults().nextPush(Script.pays().spikeArrest());
        Answer refused = shop.buys("ORDER00002", "0712345678", 250, "Shoes").join();
        Answer again = shop.buys("ORDER00002", "0712345678", 250, "Shoes").join();

        assertThat(refused.http()).isEqualTo(503);
        assertThat(refused.status()).isEqualTo(OrderStatus.REFUSED);
        assertThat(refused.json().path("tryAgain").asBoolean()).isTrue();
        assertThat(again.status()).isEqualTo(OrderStatus.PAID);
        assertThat(new Audit(shop).agrees()).isTrue();
    }

    @Test
    void theReceiptComesLater() {
        safaricom.faults().nextPush(Script.pays().lostCallback());
        Answer answer = shop.passes(Duration.ofSeconds(21), 4, shop.isAsked("254712345678", 250, "Shoes"));
        assertThat(answer.status()).isEqualTo(OrderStatus.PAID);
        assertThat(answer.receipt()).isNull();

        safaricom.resend(safaricom.books().payments().get(0).checkoutRequestId()).join();

        await().until(() -> shop.looksAt(answer.id()).join().receipt() != null);
        assertThat(shop.orders().ledger().credits()).singleElement().satisfies(credit -> {
            assertThat(credit.order()).isEqualTo(answer.id());
            assertThat(credit.amount()).isEqualByComparingTo("250");
        });
    }

    @Test
    void whoWasToldToHaveCancelledAndHasPaidIsFoundByPull() {
        safaricom.faults().nextPush(Script.pays().contradictingFirst("1032").lostCallback());
        Answer answer = shop.buys("0712345678", 250, "Shoes").join();
        assertThat(answer.status()).isEqualTo(OrderStatus.DECLINED);

        await().untilAsserted(() -> {
            safaricom.clock().advance(Duration.ofMinutes(3));
            assertThat(shop.looksAt(answer.id()).join().status()).isEqualTo(OrderStatus.PAID);
        });
        assertThat(new Audit(shop).agrees()).isTrue();
    }

    @Test
    void whatCouldNotBeBookedIsBookedByTheSecondRoute() throws SQLException {
        execute("alter table credit add constraint broken check (amount <> 77)");

        Answer answer = shop.buys("0712345678", 77, "Shoes").join();
        assertThat(answer.http()).isEqualTo(202);
        assertThat(answer.status()).isEqualTo(OrderStatus.UNKNOWN);
        // the status was written together with the credit that could not be
        assertThat(shop.orders().ledger().credits()).isEmpty();

        execute("alter table credit drop constraint broken");
        safaricom.clock().advance(Duration.ofMinutes(1));
        await().until(() -> shop.looksAt(answer.id()).join().status() == OrderStatus.PAID);
        assertThat(new Audit(shop).agrees()).isTrue();
    }

    @Test
    void thePagesAreServed() throws Exception {
        HttpClient browser = HttpClient.newHttpClient();
        HttpResponse<String> page = browser.send(HttpRequest.newBuilder(URI.create(shop.url() + "/")).header("X-Mine", "1").build(),
                HttpResponse.BodyHandlers.ofString());
        HttpResponse<String> handset = browser.send(HttpRequest.newBuilder(URI.create(shop.url() + "/handset")).build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).startsWith("<!DOCTYPE html>").contains("Duka");
        assertThat(page.headers().map()).containsKeys("Content-Security-Policy").doesNotContainKeys("X-Mine", "x-mine");
        assertThat(handset.statusCode()).isEqualTo(302);
        assertThat(handset.headers().firstValue("Location")).hasValue(safaricom.baseUrl() + "/handset");
        assertThat(shop.looksAt("").join().json().isArray()).isTrue();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = shop.database().getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
