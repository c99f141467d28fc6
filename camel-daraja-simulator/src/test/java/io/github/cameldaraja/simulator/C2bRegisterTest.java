package io.github.cameldaraja.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.cameldaraja.simulator.c2b.C2bFamily;

class C2bRegisterTest extends MerchantTest {

    @Test
    void acknowledgesInTwoShapes() {
        JsonNode v2 = shop.json(shop.post(C2bFamily.REGISTER_PATH, registration(payBill, "Completed")));
        assertThat(v2.path("OriginatorCoversationID").asText()).matches("[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-.{19}");
        assertThat(v2.path("ResponseCode").textValue()).isEqualTo("0");
        assertThat(v2.path("ResponseDescription").asText()).isEqualTo("Success");

        JsonNode v1 = shop.json(shop.post(C2bFamily.REGISTER_V1_PATH, registration(payBill, "Cancelled")));
        assertThat(v1.path("OriginatorCoversationID").asText()).matches("\\d{5}-\\d{8}-\\d");
        assertThat(v1.path("ResponseDescription").asText()).isEqualTo("success");
    }

    @ParameterizedTest
    @CsvSource({
        "ShortCode, 57", "ResponseType, completed", "ResponseType, Canceled", "ResponseType, ''",
        "ConfirmationURL, nowhere", "ConfirmationURL, https://shop.example/mpesa/paid",
        "ConfirmationURL, https://shop.example/execute", "ValidationURL, https://safaricom.shop.example/",
        "ValidationURL, https://shop.example/SQL"})
    void namesTheBadField(String field, String value) {
        HttpResponse<String> answer =
                shop.post(C2bFamily.REGISTER_PATH, registration(payBill, "Completed").put(field, value));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"errorCode\":\"400.003.02\"",
                "\"errorMessage\":\"Bad Request - Invalid " + field + "\"", "requestId");
    }

    @Test
    void namesTheFirstMissingField() {
        ObjectNode body = registration(payBill, "Completed");
        body.remove("ResponseType");
        body.remove("ValidationURL");
        assertThat(shop.post(C2bFamily.REGISTER_PATH, body).body()).contains("Invalid ResponseType");
        assertThat(shop.post(C2bFamily.REGISTER_PATH, shop.mapper.createArrayNode()).body())
                .contains("400.002.05", "Invalid Request Payload");
    }

    @Test
    void refusesForeignShortCodes() {
        HttpResponse<String> answer = shop.post(C2bFamily.REGISTER_PATH, registration("600123", "Completed"));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("400.003.02", "Bad Request - Kindly use your own ShortCode");
    }

    @Test
    void takesNumbersForStrings() {
        ObjectNode body = registration(payBill, "Completed").put("ShortCode", Integer.parseInt(payBill));
        assertThat(shop.post(C2bFamily.REGISTER_PATH, body).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesTokensInItsOwnWay() {
        shop.token();
        sim.revokeTokens();
        HttpResponse<String> answer = shop.post(C2bFamily.REGISTER_PATH, registration(payBill, "Completed"));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("401.003.01", "Error Occurred - Invalid Access Token - " + shop.token());
        assertThat(shop.send(shop.to(C2bFamily.REGISTER_PATH).GET()).body()).contains("405.001");
        assertThat(shop.send(shop.to(C2bFamily.REGISTER_PATH).POST(BodyPublishers.ofString("{}"))).body())
                .contains("404.001.04");
    }

    @Test
    void overwritesInTheSandbox() {
        register(payBill);
        shop.post(C2bFamily.REGISTER_PATH,
                registration(payBill, "Completed").put("ConfirmationURL", receiver.url("/other")));
        sim.c2b().pay(Shop.PHONE, payBill, "A1", 5);
        sim.clock().advance(Duration.ofSeconds(1));
        await().until(() -> receiver.at("/other").size() == 1);
        assertThat(receiver.at(CONFIRMATION)).isEmpty();
        assertThat(sim.counters().count("c2b.registrations")).isEqualTo(2);
        assertThat(sim.counters().count("c2b.accepted")).isEqualTo(2);
    }

    @Test
    void registersOnceInProduction() {
        try (DarajaSimulator production = DarajaSimulator.start(
                SimulatorSettings.defaults().withRegisterOnce(true)); Shop merchant = new Shop(production)) {
            assertThat(merchant.post(C2bFamily.REGISTER_PATH, registration(payBill, "Completed")).statusCode())
                    .isEqualTo(200);
            HttpResponse<String> again = merchant.post(C2bFamily.REGISTER_PATH, registration(payBill, "Completed"));
            assertThat(again.statusCode()).isEqualTo(500);
            assertThat(again.body()).contains("500.003.1001", "Urls are already registered.");
            assertThat(production.c2b().forgetUrls(payBill)).isTrue();
            assertThat(production.c2b().forgetUrls(payBill)).isFalse();
            assertThat(merchant.post(C2bFamily.REGISTER_PATH, registration(payBill, "Completed")).statusCode())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RESET_BEFORE", "RESET_AFTER", "EMPTY_BODY", "ERROR_AFTER", "ERROR_BEFORE",
        "ERROR_WITH_200", "HTML_503", "HTML_503_AFTER", "EMPTY_401", "SPIKE_ARREST", "SPIKE_ARREST_GATEWAY", "QUOTA",
        "SYSTEM_BUSY", "REVOKED_TOKEN", "API_PRODUCT", "SOAP_FAULT"})
    void failsOnDemand(RequestFault fault) {
        sim.c2b().nextRegistration(fault);
        String answer;
        try {
            answer = shop.post(C2bFamily.REGISTER_PATH, registration(payBill, "Completed")).body();
        } catch (UncheckedIOException e) {
            answer = "reset";
        }
        boolean accepted = fault.name().endsWith("AFTER") || fault == RequestFault.EMPTY_BODY;
        assertThat(answer).doesNotContain("\"ResponseCode\"");
        assertThat(sim.c2b().forgetUrls(payBill)).isEqualTo(accepted);
        assertThat(sim.counters().count("c2b.accepted")).isEqualTo(accepted ? 1 : 0);
        assertThat(sim.counters().count("c2b.refused")).isEqualTo(accepted ? 0 : 1);
    }

    @Test
    void failsByControlCall() {
        controlled("/c2b/faults", "{\"call\": \"register\", \"fault\": \"quota\"}");
        controlled("/c2b/faults", "{\"call\": \"register\", \"error\": {\"status\": 500, "
                + "\"errorCode\": \"500.003.1001\", \"errorMessage\": \"Duplicate notification info\"}}");
        assertThat(shop.post(C2bFamily.REGISTER_PATH, registration(payBill, "Completed")).body()).contains("Quota");
        assertThat(shop.post(C2bFamily.REGISTER_PATH, registration(payBill, "Completed")).body())
                .contains("Duplicate notification info");
        assertThat(control("/c2b/faults", "{\"call\": \"register\", \"fault\": \"oops\"}").statusCode())
                .isEqualTo(400);
        assertThat(control("/c2b/faults", "{\"call\": \"oops\"}").body()).contains("known are register, simulate");
        assertThat(controlled("/c2b/urls/forget", "{\"shortCode\": \"" + payBill + "\"}").path("forgotten").asBoolean())
                .isFalse();
    }
}
