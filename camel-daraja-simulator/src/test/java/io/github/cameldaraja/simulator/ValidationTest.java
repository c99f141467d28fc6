package io.github.cameldaraja.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.cameldaraja.simulator.stk.StkFamily;
import io.github.cameldaraja.simulator.wire.TokenEndpoint;

class ValidationTest extends SimulatorTest {

    @Test
    void refusesTheMethodBeforeTheToken() {
        assertError(shop.send(shop.to(StkFamily.PUSH_PATH).GET()), 405, "405.001", "GET Method Not Allowed");
        assertError(shop.send(shop.to(TokenEndpoint.PATH).POST(BodyPublishers.noBody())), 405, "405.001",
                "POST Method Not Allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {StkFamily.PUSH_PATH, StkFamily.QUERY_PATH})
    void refusesTheTokenBeforeTheFields(String path) {
        assertError(shop.send(shop.to(path).POST(BodyPublishers.ofString("{"))),
                404, "404.001.04", "Invalid Authentication Header");
        assertError(shop.send(shop.to(path).header("Authorization", "Bearer x").POST(BodyPublishers.ofString("{"))),
                404, "404.001.03", "Invalid Access Token");
        assertThat(sim.counters().acceptedPushes()).isZero();
    }

    @Test
    void namesTheFirstFieldForAnotherContentType() {
        HttpResponse<String> answer = shop.send(shop.to(StkFamily.PUSH_PATH)
                .header("Authorization", "Bearer " + shop.token())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(shop.pushBody(Shop.PHONE, 1).toString())));

        assertError(answer, 400, "400.002.02", "Bad Request - Invalid BusinessShortCode");
    }

    @Test
    void refusesWhatIsNotJson() {
        HttpResponse<String> answer = shop.send(shop.to(StkFamily.PUSH_PATH)
                .header("Authorization", "Bearer " + shop.token())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"Amount\":")));

        assertError(answer, 400, "400.002.05", "Invalid Request Payload");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BusinessShortCode", "Password", "Timestamp", "TransactionType", "Amount", "PartyA",
        "PartyB", "PhoneNumber", "CallBackURL", "AccountReference"})
    void namesTheMissingField(String field) {
        assertInvalid(body -> body.remove(field), field);
        assertInvalid(body -> body.putNull(field), field);
    }

    @ParameterizedTest
    @CsvSource({
        "Amount, 0", "Amount, 250001", "Amount, 1.00", "Amount, -1", "Amount, ten",
        "PartyA, 0722000001", "PartyA, 254822000001", "PhoneNumber, 25472200000", "PhoneNumber, +254722000001",
        "Timestamp, 2026-01-01", "Timestamp, 20261301000000", "TransactionType, CustomerPayBill",
        "AccountReference, ORDER12345678", "TransactionDesc, Fourteen chars",
        "CallBackURL, not a url", "CallBackURL, /relative", "CallBackURL, ftp://shop.example/x",
        "CallBackURL, https://shop.example/MPESA/x", "CallBackURL, https://shop.example/m-pesa",
        "CallBackURL, https://safaricom.example/", "CallBackURL, https://shop.example/exec",
        "CallBackURL, https://shop.example/cmd", "CallBackURL, https://shop.example/sql",
        "CallBackURL, https://shop.example/?query=1"})
    void namesTheBadField(String field, String value) {
        assertInvalid(body -> body.put(field, value), field);
    }

    @Test
    void acceptsNumbersAndTextsAlike() {
        ObjectNode body = shop.pushBody(Shop.PHONE, 5);
        body.put("BusinessShortCode", sim.credentials().shortCode());
        body.put("Amount", 5);
        body.put("PhoneNumber", Long.parseLong(Shop.PHONE));
        body.remove("TransactionDesc");

        assertThat(shop.push(body).statusCode()).isEqualTo(200);
    }

    @Test
    void demandsTheTypesOfTheSamplesWhenStrict() {
        try (DarajaSimulator strict = DarajaSimulator.start(SimulatorSettings.defaults().withStrict(true));
                Shop other = new Shop(strict)) {
            ObjectNode body = other.pushBody(Shop.PHONE, 5);
            assertThat(other.push(body).statusCode()).isEqualTo(200);
            body.put("Amount", 5);
            assertError(other.json(other.push(body)), "400.002.02", "Bad Request - Invalid Amount");
            ObjectNode query = other.queryBody("ws_CO_1").put("BusinessShortCode", 574100);
            assertError(other.json(other.post(StkFamily.QUERY_PATH, query)),
                    "400.002.02", "Bad Request - Invalid BusinessShortCode");
        }
    }

    @Test
    void refusesLocalCallbacksIfAsked() {
        SimulatorSettings settings = SimulatorSettings.defaults().withAllowHttpCallbacks(false);
        try (DarajaSimulator real = DarajaSimulator.start(settings); Shop other = new Shop(real)) {
            for (String url : new String[] {"http://shop.example/x", "https://localhost/x", "https://127.0.0.1:9/x"}) {
                ObjectNode body = other.pushBody(Shop.PHONE, 5).put("CallBackURL", url);
                assertError(other.json(other.push(body)), "400.002.02", "Bad Request - Invalid CallBackURL");
            }
            ObjectNode body = other.pushBody(Shop.PHONE, 5).put("CallBackURL", "https://shop.invalid/x");
            assertThat(other.push(body).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void checksTheMerchantBeforeThePasswordBeforeTheLock() {
        sim.clock().freeze();
        shop.accepted(Shop.PHONE, 1);
        ObjectNode body = shop.pushBody(Shop.PHONE, 1);
        assertError(shop.push(body), 500, "500.001.1001",
                "Unable to lock subscriber, a transaction is already in process for the current subscriber");
        body.put("Timestamp", "20260101000000");
        assertError(shop.push(body), 500, "500.001.1001", "Wrong credentials");
        body.put("BusinessShortCode", 999999);
        assertError(shop.push(body), 500, "500.001.1001", "Merchant does not exist");
        assertThat(sim.counters().refused()).isEqualTo(3);
        assertThat(sim.counters().pushes()).isEqualTo(4);
        assertThat(sim.counters().acceptedPushes()).isEqualTo(1);
    }

    @Test
    void knowsNoOtherPaths() {
        assertError(shop.post("/mpesa/stkpush/v2/processrequest", shop.pushBody(Shop.PHONE, 1)),
                404, "404.001.01", "Resource not found");
    }

    @Test
    void answersOnlyInJson() {
        assertThat(shop.send(shop.to(StkFamily.PUSH_PATH).header("Accept", "text/xml")
                .POST(BodyPublishers.noBody())).statusCode()).isEqualTo(406);
    }

    @Test
    void recordsRequests() {
        shop.push(shop.pushBody(Shop.PHONE, 1).put("Amount", "x"));

        RecordedRequest push = sim.requests().get(1);
        assertThat(sim.requests().get(0).path()).isEqualTo("/oauth/v1/generate");
        assertThat(push.method()).isEqualTo("POST");
        assertThat(push.headers()).containsEntry("content-type", "application/json");
        assertThat(push.body()).contains("\"Amount\":\"x\"");
        assertThat(push.status()).isEqualTo(400);
        assertThat(push.answer()).contains("400.002.02");
    }

    private void assertInvalid(Consumer<ObjectNode> spoil, String field) {
        ObjectNode body = shop.pushBody(Shop.PHONE, 1);
        spoil.accept(body);
        assertError(shop.push(body), 400, "400.002.02", "Bad Request - Invalid " + field);
    }

    private void assertError(HttpResponse<String> answer, int status, String code, String message) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertError(shop.json(answer), code, message);
    }

    private static void assertError(JsonNode body, String code, String message) {
        assertThat(body.path("errorCode").textValue()).isEqualTo(code);
        assertThat(body.path("errorMessage").textValue()).isEqualTo(message);
        assertThat(body.path("requestId").textValue()).matches("[0-9a-f-]{27}\\d{7}");
    }
}
