package io.github.cameldaraja.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.cameldaraja.simulator.express.ExpressFamily;

class B2bExpressTest extends SimulatorTest {

    private static final String PATH = ExpressFamily.PATH;
    private static final String MERCHANT_ACCOUNT = "Merchant Account";

    private FlatShop flat;
    private String till;

    @BeforeEach
    void fillTheTill() {
        flat = new FlatShop(sim, shop);
        till = sim.credentials().tillNumber();
        sim.clock().freeze();
        sim.books().deposit(till, MERCHANT_ACCOUNT, BigDecimal.valueOf(500));
    }

    @AfterEach
    void verify() {
        sim.books().verify();
    }

    @Test
    void paysFromTheTillToThePayBill() {
        HttpResponse<String> answer = shop.post(PATH, flat.expressBody(120));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"code\":\"0\",\"status\":\"USSD Initiated Successfully\"}");
        assertThat(sim.books().transfers()).isEmpty();
        JsonNode callback = callback();
        assertThat(callback.fieldNames()).toIterable().containsExactly("resultCode", "resultDesc", "amount",
                "requestId", "resultType", "conversationID", "transactionId", "status");
        assertThat(callback).allMatch(JsonNode::isTextual);
        assertThat(callback.path("resultCode").asText()).isEqualTo("0");
        assertThat(callback.path("amount").asText()).isEqualTo("120.0");
        assertThat(callback.path("requestId").asText()).endsWith("077");
        assertThat(callback.path("status").asText()).isEqualTo("SUCCESS");
        Transfer transfer = sim.books().transfers().get(0);
        assertThat(transfer.receipt()).isEqualTo(callback.path("transactionId").asText()).hasSize(10);
        assertThat(transfer.conversationId()).isEqualTo(callback.path("conversationID").asText()).startsWith("AG_");
        assertThat(transfer.reference()).isEqualTo("SUPPLY77");
        assertThat(sim.books().balance(till, MERCHANT_ACCOUNT)).isEqualTo(380);
        assertThat(sim.books().merchantBalance(sim.credentials().shortCode())).isEqualTo(120);
        assertThat(sim.counters().count("b2bExpress.accepted")).isEqualTo(1);
        assertThat(sim.counters().count("b2bExpress.paid")).isEqualTo(1);
        assertThat(shop.callbacks.get(0).headers()).containsKey("Businessshortcode");
    }

    @ParameterizedTest
    @CsvSource({"4001, User cancelled transaction", "4102, Merchant KYC fail", "4104, Missing Nominated Number",
        "4201, USSD Network Error", "4203, USSD Exception Error"})
    void failsAsScripted(String code, String text) {
        sim.b2bExpress().next(ExpressScript.result(code));
        shop.post(PATH, flat.expressBody(71));
        JsonNode callback = callback();
        assertThat(callback.fieldNames()).toIterable()
                .containsExactly("resultCode", "resultDesc", "requestId", "amount", "paymentReference");
        assertThat(callback.path("resultCode").asText()).isEqualTo(code);
        assertThat(callback.path("resultDesc").asText()).isEqualTo(text);
        assertThat(callback.path("amount").asText()).isEqualTo("71.0");
        assertThat(callback.path("paymentReference").asText()).isEqualTo("SUPPLY77");
        assertThat(sim.books().transfers()).isEmpty();
    }

    @Test
    void cannotPayMoreThanTheTillHolds() {
        shop.post(PATH, flat.expressBody(501));
        assertThat(callback().path("resultCode").asText()).isEqualTo("1");
        assertThat(sim.books().transfers()).isEmpty();
        assertThat(sim.counters().count("b2bExpress.failed")).isEqualTo(1);
    }

    @Test
    void knowsNoMoneyOfOtherTills() {
        shop.post(PATH, flat.expressBody(5).put("primaryShortCode", "5749009"));
        assertThat(callback().path("resultCode").asText()).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"primaryShortCode", "receiverShortCode", "amount", "paymentRef", "callbackUrl",
        "partnerName"})
    void namesTheMissingField(String field) {
        ObjectNode body = flat.expressBody(5);
        body.remove(field);
        HttpResponse<String> answer = shop.post(PATH, body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("400.002.02", "Bad Request - Invalid " + field);
        assertThat(sim.counters().count("b2bExpress.refused")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"amount, 0", "amount, 1.5", "amount, ten", "primaryShortCode, 12", "callbackUrl, mail",
        "callbackUrl, https://shop.example/query"})
    void namesTheBadField(String field, String value) {
        assertThat(shop.post(PATH, flat.expressBody(5).put(field, value)).body()).contains("Invalid " + field);
    }

    @Test
    void makesUpAnIdIfThereIsNone() {
        ObjectNode body = flat.expressBody(5);
        body.remove("RequestRefID");
        shop.post(PATH, body);
        assertThat(callback().path("requestId").asText()).hasSize(36);
        shop.callbacks.clear();
        body.put("RequestRefId", "TABLE");
        shop.post(PATH, body);
        assertThat(callback().path("requestId").asText()).isEqualTo("TABLE");
    }

    @Test
    void losesTheAcknowledgementButPays() {
        sim.calls().next(PATH, AnswerScript.usual().resetAfterAccepting());
        assertThatThrownBy(() -> shop.post(PATH, flat.expressBody(5))).isInstanceOf(UncheckedIOException.class);
        callback();
        assertThat(sim.books().transfers()).hasSize(1);
    }

    @Test
    void losesCallbacksAndSendsThemAtLast() {
        sim.b2bExpress().next(ExpressScript.pays().callback(CallbackScript.usual().lost()));
        shop.post(PATH, flat.expressBody(5));
        String id = flat.expressBody(5).path("RequestRefID").asText();
        assertThatThrownBy(() -> sim.b2bExpress().resend(id).join()).hasCauseInstanceOf(IllegalStateException.class);
        sim.clock().advance(Duration.ofSeconds(1));
        assertThat(sim.counters().callbacksSent()).isZero();
        assertThat(flat.control("/b2b-express/" + id + "/resend", "").body()).isEqualTo("{\"status\":200}");
        assertThat(flat.control("/b2b-express/nobody/resend", "").statusCode()).isEqualTo(404);
        assertThat(shop.callbacks).hasSize(1);
    }

    @Test
    void callsBackEarlyLateTwiceAndOddly() {
        sim.b2bExpress().next(ExpressScript.pays().callbackBeforeAnswer());
        shop.post(PATH, flat.expressBody(5));
        assertThat(shop.callbacks).hasSize(1);

        sim.b2bExpress().forTill(till, ExpressScript.pays().callback(CallbackScript.usual().twice()
                .after(Duration.ofMinutes(3)).field("resultCode", 0).without("transactionId").reversed()));
        shop.post(PATH, flat.expressBody(5));
        sim.clock().advance(Duration.ofMinutes(2));
        assertThat(sim.counters().callbacksSent()).isEqualTo(1);
        sim.clock().advance(Duration.ofMinutes(2));
        await().until(() -> shop.callbacks.size() == 3);
        JsonNode odd = shop.callbacks.get(2).json();
        assertThat(odd.path("resultCode").isInt()).isTrue();
        assertThat(odd.fieldNames().next()).isEqualTo("status");
        assertThat(odd.has("transactionId")).isFalse();
        assertThat(sim.books().transfers()).hasSize(2);
    }

    @Test
    void contradictsItself() {
        sim.b2bExpress().next(ExpressScript.pays().contradicting("4001"));
        shop.post(PATH, flat.expressBody(5));
        sim.clock().advance(Duration.ofSeconds(1));
        await().until(() -> shop.callbacks.size() == 2);
        assertThat(shop.callbacks).extracting(callback -> callback.json().path("resultCode").asText())
                .containsExactly("0", "4001");
    }

    @Test
    void isScriptedOverTheControlApi() {
        assertThat(flat.control("/b2b-express/faults",
                "{\"result\": \"4001\", \"callback\": {\"times\": 2, \"without\": [\"amount\"]}}").statusCode())
                .isEqualTo(200);
        shop.post(PATH, flat.expressBody(5));
        sim.clock().advance(Duration.ofSeconds(1));
        await().until(() -> shop.callbacks.size() == 2);
        assertThat(shop.callbacks.get(1).json().path("resultCode").asText()).isEqualTo("4001");
        assertThat(shop.callbacks.get(1).json().has("amount")).isFalse();
        assertThat(flat.control("/b2b-express/faults", "{\"what\": 1}").body()).contains("contradictingFirst");
        assertThat(flat.control("/b2b-express/faults", "{\"callback\": 1}").statusCode()).isEqualTo(400);
    }

    @Test
    void sendsNothingAfterAReset() {
        shop.post(PATH, flat.expressBody(5));
        sim.reset();
        sim.clock().freeze();
        sim.clock().advance(Duration.ofMinutes(1));
        assertThat(sim.books().transfers()).isEmpty();
        assertThat(sim.counters().callbacksSent()).isZero();
    }

    private JsonNode callback() {
        sim.clock().advance(Duration.ofSeconds(1));
        await().until(() -> shop.callbacks.size() == 1);
        return shop.callbacks.get(0).json();
    }
}
