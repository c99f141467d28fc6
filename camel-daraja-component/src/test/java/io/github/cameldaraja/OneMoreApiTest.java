package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One more Daraja API is one class: everything else is there, and nothing elsewhere has to know it. */
@ExtendWith(DarajaSimulatorExtension.class)
class OneMoreApiTest {

    private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
    private final List<Outcome> told = new CopyOnWriteArrayList<>();
    private HttpServer safaricom;
    private Shop shop;

    @BeforeEach
    void open(DarajaSimulator simulator) throws IOException {
        safaricom = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        safaricom.createContext("/oauth/v1/generate", http -> answer(http, "{\"access_token\":\"t0ken\",\"expires_in\":3599}"));
        safaricom.createContext("/airtime/v9/topup", http -> {
            requests.add(Shop.json(new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            answer(http, "{\"ticket\":\"T-1\",\"meta\":{\"state\":\"queued\"}}");
        });
        safaricom.start();
        shop = Shop.at(simulator).with(component -> component.getConfiguration()
                .setBaseUrl("http://127.0.0.1:" + safaricom.getAddress().getPort()));
        shop.context().getRegistry().bind("airtime", new AirtimeApi());
        shop.routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("daraja:airtime").process(exchange -> told.add(exchange.getMessage().getBody(Outcome.class)));
            }
        });
        shop.open();
    }

    @AfterEach
    void close() {
        shop.close();
        safaricom.stop(0);
    }

    private static void answer(HttpExchange http, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        http.getResponseHeaders().set("Content-Type", "application/json");
        http.sendResponseHeaders(200, bytes.length);
        http.getResponseBody().write(bytes);
        http.close();
    }

    private static Map<String, Object> topUp(int amount) {
        return Map.of("phoneNumber", "0712 345 678", "amount", amount);
    }

    private int callBack(DarajaSimulator simulator, String body) throws Exception {
        return simulator.post(requests.get(0).get("TellMe").asText(), body).get(10, TimeUnit.SECONDS);
    }

    @Test
    void itIsSentAcknowledgedAndToldToTheRouteThatWaits(DarajaSimulator simulator) throws Exception {
        CompletableFuture<Exchange> waiting = shop.sendAsync("daraja:airtime?awaitOutcome=true",
                new AirtimeApi.Request("0712345678", BigDecimal.TEN));
        org.awaitility.Awaitility.await().until(() -> !requests.isEmpty());

        assertThat(requests.get(0).get("Nummber").asText()).isEqualTo("254712345678");
        assertThat(requests.get(0).get("Amount").isInt()).isTrue();
        assertThat(callBack(simulator, "{\"verdict\":\"OK\",\"slip\":\"UKL9AIRTIM\",\"ticket\":\"T-1\",\"extra\":[1]}")).isEqualTo(200);

        Outcome outcome = waiting.get(10, TimeUnit.SECONDS).getMessage().getBody(Outcome.class);
        assertThat(outcome.status()).isEqualTo(PaymentStatus.COMPLETED);
        assertThat(outcome.receiptNumber()).isEqualTo("UKL9AIRTIM");
        assertThat(outcome.amount()).isEqualByComparingTo("10");
        assertThat(outcome.operation()).isEqualTo("airtime");
        assertThat(outcome.details()).containsKey("extra");
        assertThat(told).isEmpty();
    }

    @Test
    void itsOutcomeReachesTheRouteThatListens(DarajaSimulator simulator) throws Exception {
        Exchange sent = shop.send("daraja:airtime?amount=50", Map.of("phoneNumber", "0712345678"));

        assertThat(sent.getMessage().getHeader(DarajaConstants.STATUS)).isEqualTo("PENDING");
        callBack(simulator, "{\"verdict\":\"NO\",\"ticket\":\"T-1\"}");
        callBack(simulator, "{\"verdict\":\"NO\",\"ticket\":\"T-1\"}");

        assertThat(told).singleElement().satisfies(outcome -> {
            assertThat(outcome.status()).isEqualTo(PaymentStatus.FAILED);
            assertThat(outcome.retriable()).isTrue();
            assertThat(outcome.reference()).isEqualTo(sent.getMessage().getHeader(DarajaConstants.REFERENCE));
        });
    }

    @Test
    void itsRulesAreKept() {
        assertThat(shop.send("daraja:airtime", topUp(101)).getException()).isInstanceOf(DarajaRequestException.class)
                .hasMessageContaining("Amount").hasMessageContaining("5 to 100");
        assertThat(shop.send("daraja:airtime", Map.of("phoneNumber", "0712345678", "amount", 5, "TellMe", "http://me"))
                .getException()).hasMessageContaining("TellMe").hasMessageContaining("filled by the component");
        assertThat(requests).isEmpty();
    }

    @Test
    void oneKeyIsOnePayment() {
        String uri = "daraja:airtime?idempotencyKey=order-7";

        Exchange first = shop.send(uri, topUp(20));
        Exchange second = shop.send(uri, topUp(20));
        Exchange other = shop.send(uri, topUp(21));

        assertThat(requests).hasSize(1);
        assertThat(second.getMessage().getHeader(DarajaConstants.REFERENCE))
                .isEqualTo(first.getMessage().getHeader(DarajaConstants.REFERENCE));
        assertThat(other.getException()).hasMessageContaining("idempotency key");
    }
}
