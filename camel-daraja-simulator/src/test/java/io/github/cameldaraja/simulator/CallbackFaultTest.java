package io.github.cameldaraja.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.time.Duration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallbackFaultTest extends SimulatorTest {

    @Test
    void losesCallbacksButNotTheTruth() {
        String id = pushed(Script.pays().lostCallback());

        assertThat(sim.counters().callbacksSent()).isZero();
        assertThat(sim.books().payments()).hasSize(1);
        assertThat(shop.query(id).body()).contains("\"ResultCode\":\"0\"");
        assertThat(sim.resend(id).join()).isEqualTo(200);
        assertThat(shop.callbacks).hasSize(1);
    }

    @Test
    void repeatsCallbacks() {
        pushed(Script.pays().callbackTimes(3));

        await().until(() -> shop.callbacks.size() == 3);
        assertThat(shop.callbacks).extracting(Shop.Received::body).allMatch(shop.callbacks.get(0).body()::equals);
        assertThat(sim.books().payments()).hasSize(1);
        assertThat(sim.counters().callbacksSent()).isEqualTo(3);
    }

    @Test
    void doublesCallbacks() {
        pushed(Script.pays().duplicateCallback());
        await().until(() -> shop.callbacks.size() == 2);
    }

    @Test
    void sendsCallbacksLate() {
        sim.clock().freeze();
        pushed(Script.pays().callbackAfter(Duration.ofMinutes(10)));
        assertThat(sim.books().payments()).hasSize(1);
        assertThat(sim.counters().callbacksSent()).isZero();
        sim.clock().advance(Duration.ofMinutes(10));
        await().until(() -> shop.callbacks.size() == 1);
    }

    @Test
    void callsBackBeforeItAnswers() {
        sim.faults().nextPush(Script.pays().callbackBeforeAnswer());
        String id = shop.accepted(Shop.PHONE, 20);
        assertThat(shop.callbacks).extracting(Shop.Received::id).containsExactly(id);
    }

    @Test
    void contradictsItself() {
        pushed(Script.pays().contradicting("1032"));
        await().until(() -> shop.callbacks.size() == 2);
        assertThat(shop.callbacks).extracting(Shop.Received::code).containsExactly("0", "1032");
        assertThat(sim.books().payments()).hasSize(1);
    }

    @Test
    void liesFirst() {
        pushed(Script.result(1032).contradictingFirst("0"));
        await().until(() -> shop.callbacks.size() == 2);
        assertThat(shop.callbacks).extracting(Shop.Received::code).containsExactly("0", "1032");
        assertThat(shop.callbacks.get(0).item("MpesaReceiptNumber")).isNotNull();
        assertThat(sim.books().payments()).isEmpty();
    }

    @Test
    void masksThePhone() {
        Shop.Received callback = received(Script.pays().maskedPhone());
        assertThat(callback.item("PhoneNumber").path("Value").textValue()).isEqualTo("25472****001");
    }

    @Test
    void changesTheBalanceItem() {
        assertThat(received(Script.pays()).item("Balance").path("Value").isNumber()).isTrue();
        assertThat(received(Script.pays().balanceWithoutValue()).item("Balance").has("Value")).isFalse();
        assertThat(received(Script.pays().withoutBalanceItem()).item("Balance")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"1, 20", "1.0, 20.0", "1.00, 20.00", "\"1.00\", \"20.00\""})
    void formatsTheAmount(String sample, String written) {
        assertThat(received(Script.pays().amountAs(sample)).body())
                .contains("{\"Name\":\"Amount\",\"Value\":" + written + "}");
    }

    @Test
    void prefixesTexts() {
        Shop.Received callback = received(Script.result(1032).prefixedText());
        assertThat(callback.body()).contains("\"ResultDesc\":\"[STK_CB - ]Request cancelled by user\"");
    }

    @Test
    void namesAnotherAmount() {
        Shop.Received callback = received(Script.pays().wrongAmount(new BigDecimal("19.50")));
        assertThat(callback.item("Amount").path("Value").decimalValue()).isEqualByComparingTo("19.5");
        assertThat(sim.books().payments().get(0).amount()).isEqualByComparingTo("20");
    }

    @Test
    void sendsAnyText() {
        assertThat(received(Script.pays().callbackBody("<oops/>")).body()).isEqualTo("<oops/>");
        assertThat(sim.books().payments()).hasSize(1);
    }

    @Test
    void omitsTheReceipt() {
        assertThat(received(Script.pays().noReceipt()).item("MpesaReceiptNumber")).isNull();
    }

    @Test
    void writesTheCodeAsText() {
        assertThat(received(Script.pays().stringResultCode()).body()).contains("\"ResultCode\":\"0\"");
    }

    @Test
    void neverRepeatsOnFailure() {
        shop.callbackStatus = 500;
        pushed(Script.pays());
        await().until(() -> sim.callbacks().size() == 1);
        assertThat(sim.callbacks().get(0).status()).isEqualTo(500);
        sim.clock().advance(Duration.ofHours(1));
        assertThat(sim.counters().callbacksSent()).isEqualTo(1);
    }

    @Test
    void recordsUndeliverableCallbacks() {
        ObjectNode body = shop.pushBody(Shop.PHONE, 20).put("CallBackURL", "http://127.0.0.1:1/closed");
        shop.push(body);
        await().until(() -> sim.callbacks().size() == 1);
        assertThat(sim.callbacks().get(0).status()).isEqualTo(-1);
        assertThat(sim.callbacks().get(0).url()).isEqualTo("http://127.0.0.1:1/closed");
    }

    @Test
    void resendsOnlyWhatExists() {
        sim.clock().freeze();
        String id = shop.accepted(Shop.PHONE, 20);
        assertThatThrownBy(() -> sim.resend(id).join()).hasCauseInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> sim.resend("ws_CO_0").join()).hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void postsForgeries() {
        assertThat(sim.post(shop.callbackUrl(), "{\"Body\":1}").join()).isEqualTo(200);
        assertThat(sim.post("http://127.0.0.1:1/", "x").join()).isEqualTo(-1);
        assertThat(sim.post("no url", "x").join()).isEqualTo(-1);
        assertThat(shop.callbacks).extracting(Shop.Received::body).containsExactly("{\"Body\":1}");
        assertThat(sim.counters().callbacksSent()).isZero();
    }

    private String pushed(Script script) {
        sim.faults().nextPush(script);
        String id = shop.accepted(Shop.PHONE, 20);
        sim.clock().advance(Duration.ofSeconds(1));
        return id;
    }

    private Shop.Received received(Script script) {
        shop.callbacks.clear();
        pushed(script);
        await().until(() -> shop.callbacks.size() == 1);
        return shop.callbacks.get(0);
    }
}
