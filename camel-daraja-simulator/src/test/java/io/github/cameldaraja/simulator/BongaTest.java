package io.github.cameldaraja.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.cameldaraja.simulator.bonga.BongaFamily;

class BongaTest extends MerchantTest {

    @ParameterizedTest
    @CsvSource({"40, 8", "7, 1.4", "500, 100"})
    void calculates(String points, String amount) {
        JsonNode answer = shop.json(shop.post(BongaFamily.CALCULATE_PATH,
                shop.mapper.createObjectNode().put("points", points)));
        assertThat(answer.at("/header/responseCode").isInt()).isTrue();
        assertThat(answer.at("/header/responseCode").asInt()).isEqualTo(200);
        assertThat(answer.at("/header/responseMessage").asText()).isEqualTo("Success");
        assertThat(answer.at("/header/timestamp").asText())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}");
        assertThat(answer.at("/body/amount").textValue()).isEqualTo(amount);
        assertThat(answer.at("/body/points").textValue()).isEqualTo(points);
        assertThat(answer.at("/body/rate").textValue()).isEqualTo("0.2");
    }

    @Test
    void redeems() {
        register(payBill);
        JsonNode answer = shop.json(shop.post(BongaFamily.REDEEM_PATH, redemption()));
        assertThat(answer.at("/header/responseCode").asInt()).isEqualTo(200);
        assertThat(answer.at("/header/responseMessage").asText()).isEqualTo("Operation Successfully.");
        assertThat(answer.has("body")).isTrue();
        assertThat(answer.path("body").isNull()).isTrue();
        sim.clock().advance(Duration.ofSeconds(1));
        await().until(() -> receiver.at(CONFIRMATION).size() == 1);
        Receiver.Received news = receiver.at(CONFIRMATION).get(0);
        assertThat(news.text("TransAmount")).isEqualTo("50.00");
        assertThat(news.text("BillRefNumber")).isEqualTo("shoes");
        assertThat(sim.bonga().points(Shop.PHONE)).isEqualTo(750);
        assertThat(sim.books().customerBalance(Shop.PHONE)).as("his money").isEqualTo(100_000);
        assertThat(sim.books().merchantBalance(payBill)).isEqualTo(50);
        assertThat(sim.counters().count("bonga.paid")).isEqualTo(1);
    }

    @Test
    void redeemsNothingWithoutPoints() {
        sim.bonga().points(Shop.PHONE, 249);
        assertThat(shop.post(BongaFamily.REDEEM_PATH, redemption()).statusCode()).isEqualTo(200);
        sim.clock().advance(Duration.ofSeconds(1));
        assertThat(sim.counters().count("bonga.failed")).isEqualTo(1);
        assertThat(sim.books().payments()).isEmpty();
        assertThat(sim.bonga().points(Shop.PHONE)).isEqualTo(249);
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "1031", "1037", "2001"})
    void saysNothingOfCustomersWhoDoNotPay(String code) {
        sim.bonga().nextRedemption(code);
        assertThat(shop.post(BongaFamily.REDEEM_PATH, redemption()).body()).contains("\"responseCode\":200");
        sim.clock().advance(Duration.ofMinutes(5));
        assertThat(sim.books().payments()).isEmpty();
        assertThat(sim.bonga().points(Shop.PHONE)).isEqualTo(1000);
    }

    @ParameterizedTest
    @ValueSource(ints = {6001, 6004, 6005, 6006, 6007, 6008, 6009, 6011})
    void refusesWithItsOwnCodes(int code) {
        sim.bonga().nextRedemption(Integer.toString(code));
        JsonNode answer = shop.json(shop.post(BongaFamily.REDEEM_PATH, redemption()));
        assertThat(answer.at("/header/responseCode").asInt()).isEqualTo(code);
        sim.clock().advance(Duration.ofMinutes(5));
        assertThat(sim.books().payments()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"msisdn, 0722000001", "amount, 1.5", "bongaPoints, 0", "conversionRate, x", "shortCode, 1",
        "accountNumber, ''"})
    void namesTheBadField(String field, String value) {
        HttpResponse<String> answer = shop.post(BongaFamily.REDEEM_PATH, redemption().put(field, value));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"responseCode\":6006", "Invalid " + field + "\"", "\"body\":null");
    }

    @Test
    void refusesForeignShortCodesAndTokens() {
        assertThat(shop.post(BongaFamily.REDEEM_PATH, redemption().put("shortCode", "600123")).body())
                .contains("\"responseCode\":6001");
        sim.revokeTokens();
        assertThat(shop.post(BongaFamily.CALCULATE_PATH, redemption()).body()).contains("\"401.001\"");
        assertThat(sim.counters().count("bonga.refused")).isEqualTo(2);
    }

    @Test
    void isLedByControlCalls() {
        assertThat(controlled("/bonga/points", "{\"phone\": \"254722000001\", \"points\": 7}").path("points").asInt())
                .isEqualTo(7);
        assertThat(controlled("/bonga/points", "{\"phone\": \"254722000002\"}").path("points").asInt())
                .isEqualTo(1000);
        assertThat(control("/bonga/points", "{\"phone\": \"254722000001\", \"points\": -7}").statusCode())
                .isEqualTo(400);
        controlled("/bonga/outcomes", "{\"result\": \"6008\"}");
        assertThat(shop.post(BongaFamily.REDEEM_PATH, redemption()).body()).contains("6008");
        controlled("/bonga/faults", "{\"call\": \"redeem\", \"fault\": \"ERROR_AFTER\"}");
        controlled("/bonga/faults", "{\"call\": \"calculate\", \"fault\": \"EMPTY_401\"}");
        assertThat(shop.post(BongaFamily.REDEEM_PATH, redemption().put("msisdn", "254722000002")).statusCode())
                .isEqualTo(500);
        assertThat(shop.post(BongaFamily.CALCULATE_PATH, shop.mapper.createObjectNode().put("points", 5))
                .statusCode()).isEqualTo(401);
        sim.clock().advance(Duration.ofSeconds(1));
        assertThat(sim.books().payments()).hasSize(1);
    }

    private ObjectNode redemption() {
        return shop.mapper.createObjectNode()
                .put("msisdn", Shop.PHONE)
                .put("amount", 50)
                .put("bongaPoints", 250)
                .put("conversionRate", 0.2)
                .put("shortCode", payBill)
                .put("accountNumber", "shoes");
    }
}
