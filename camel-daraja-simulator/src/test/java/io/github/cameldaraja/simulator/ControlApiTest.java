package io.github.cameldaraja.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.cameldaraja.simulator.control.ScriptJson;
import io.github.cameldaraja.simulator.stk.StkFamily;
import io.github.cameldaraja.simulator.wire.AnswerPlan;

class ControlApiTest extends SimulatorTest {

    @Test
    void tellsAStory() {
        assertThat(post("/faults", "{\"phone\": \"254722000001\", \"result\": \"1032\", \"lostCallback\": true}")
                .statusCode()).isEqualTo(200);
        assertThat(post("/customers", "{\"phone\": \"254722000002\", \"balance\": 500, \"pin\": \"77\"}").body())
                .contains("\"balance\":500");
        post("/clock/freeze", "");
        String cancelled = shop.accepted(Shop.PHONE, 20);
        shop.accepted("254722000002", 20);
        assertThat(post("/clock/advance", "{\"seconds\": 0.3}").body()).contains("+03:00");

        JsonNode books = get("/books");
        assertThat(books.at("/merchants/" + sim.credentials().shortCode()).asInt()).isEqualTo(20);
        assertThat(books.at("/entries/0/payerPhone").asText()).isEqualTo("254722000002");
        assertThat(books.at("/customers/0/balance").asInt()).isEqualTo(480);
        assertThat(get("/counters").path("acceptedPushes").asInt()).isEqualTo(2);
        await().until(() -> get("/callbacks").size() == 1);
        assertThat(get("/callbacks").at("/0/status").asInt()).isEqualTo(200);
        assertThat(post("/callbacks/" + cancelled + "/resend", "").body()).isEqualTo("{\"status\":200}");
        assertThat(get("/requests").at("/1/path").asText()).isEqualTo(StkFamily.PUSH_PATH);
        assertThat(get("/customers")).hasSize(1);
        assertThat(post("/reset", "").statusCode()).isEqualTo(200);
        assertThat(get("/requests")).isEmpty();
    }

    @Test
    void bringsMoneyIn() {
        assertThat(post("/deposits", "{\"shortCode\": \"574100\", \"account\": \"Utility Account\", \"amount\": 500}")
                .body()).contains("\"Utility Account\":500", "\"Working Account\":1000000");
        assertThat(get("/books").at("/organisations/574100/Utility Account").asInt()).isEqualTo(500);
        assertThat(post("/deposits", "{\"shortCode\": \"574100\", \"account\": \"Pocket\", \"amount\": 500}")
                .statusCode()).isEqualTo(400);
        sim.books().verify();
    }

    @Test
    void revokesTokens() {
        shop.token();
        post("/tokens/revoke", "");
        assertThat(shop.push(Shop.PHONE, 1).body()).contains("404.001.03");
    }

    @Test
    void queuesFaults() {
        post("/faults", "{\"token\": \"empty_401\"}");
        assertThat(shop.requestToken().statusCode()).isEqualTo(401);
        post("/faults", "{\"query\": \"HTML_503\"}");
        assertThat(shop.query("x").statusCode()).isEqualTo(503);
        post("/faults", "{\"spuriousQueries\": 2}");
        post("/faults", "{\"quota\": true}");
        assertThat(shop.push(Shop.PHONE, 1).body()).contains("Quota");
        post("/faults", "{\"phone\": \"254722000001\", \"once\": true, \"errorBeforeAccepting\": "
                + "{\"status\": 418, \"errorCode\": \"1.2\", \"errorMessage\": \"tea\"}}");
        assertThat(shop.push(Shop.PHONE, 1).statusCode()).isEqualTo(418);
        assertThat(shop.push(Shop.PHONE, 1).statusCode()).isEqualTo(200);
    }

    @Test
    void answersPrompts() {
        sim.clock().freeze();
        post("/faults", "{\"phone\": \"254722000001\", \"offeredToHandset\": true}");
        String paid = shop.accepted(Shop.PHONE, 5);
        assertThat(get("/prompts").at("/0/amount").asInt()).isEqualTo(5);
        post("/prompts/" + paid + "/pin", "{\"pin\": \"1234\"}");
        assertThat(shop.query(paid).body()).contains("\"ResultCode\":\"0\"");
        String cancelled = shop.accepted(Shop.PHONE, 5);
        post("/prompts/" + cancelled + "/cancel", "");
        assertThat(shop.query(cancelled).body()).contains("\"ResultCode\":\"1032\"");
        assertThat(post("/prompts/" + cancelled + "/cancel", "").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"resul\": 1}", "nonsense", "[]", "{\"query\": \"WHAT\"}", "{\"slowAnswer\": \"5\"}",
        "{\"wrongAmount\": \"x\"}"})
    void refusesNonsense(String body) {
        HttpResponse<String> answer = post("/faults", body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).startsWith("{\"error\":");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            /deposits             | {'shortCode': '574100', 'account': 'Utility Account', 'amount': 'x'}   | whole number: 'x'
            /deposits             | {'shortCode': '574100', 'account': 'Utility Account', 'amount': 1e400} | whole number
            /deposits             | {'shortCode': '574100', 'account': 'Utility Account'}                  | missing: amount
            /customers            | {'phone': '254722000001', 'balance': 1.5}                              | whole number: 1.5
            /c2b/payments         | {'phone': '254722000001', 'shortCode': '574100', 'amount': '1.5'}      | whole number: '1.5'
            /bills/payments       | {'phone': '254722000001', 'shortCode': '574100', 'amount': true}       | whole number: true
            /bonga/points         | {'phone': '254722000001', 'points': 'many'}                            | whole number: 'many'
            /clock/advance        | {'seconds': 1e30}                                                      | a hundred years
            /faults               | {'callbackTimes': 5000000000}                                          | too large
            /faults               | {'token': 'NOPE'}                                                      | known are INVALID_CREDENTIALS,
            /results/faults       | {'api': 'NOPE'}                                                        | known are B2C,
            /pull/oddities        | {'NOPE': true}                                                         | known are SPACED_KEYS,
            /pull/faults          | {'call': 'query', 'fault': 'NOPE'}                                     | known are RESET_BEFORE,
            """)
    void guessesNothing(String path, String body, String told) {
        HttpResponse<String> answer = post(path, body.replace('\'', '"'));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(shop.json(answer).path("error").asText()).contains(told.replace('\'', '"'));
        assertThat(get("/books").path("entries")).isEmpty();
    }

    @Test
    void takesNumbersThatAreWrittenAsText() {
        assertThat(post("/c2b/payments", "{\"phone\": 254722000001, \"shortCode\": 574100, \"reference\": 7, \"amount\": \"50\"}")
                .body()).contains("PAID");
        assertThat(get("/books").at("/entries/0/amount").asInt()).isEqualTo(50);
    }

    @Test
    void refusesWhatItCannotResend() {
        sim.clock().freeze();
        assertThat(post("/callbacks/ws_CO_1/resend", "").statusCode()).isEqualTo(404);
        assertThat(post("/callbacks/" + shop.accepted(Shop.PHONE, 5) + "/resend", "").statusCode()).isEqualTo(409);
    }

    @Test
    void knowsEveryStepOfAScript() throws Exception {
        ObjectNode all = (ObjectNode) new ObjectMapper().readTree("""
                {"phone": "ignored", "result": "1032", "callbackTimes": 2, "callbackAfter": 1.5, "slowAnswer": 2,
                 "contradicting": "0", "contradictingFirst": "1", "amountAs": "1.0", "wrongAmount": 7,
                 "callbackBody": "x", "maskedPhone": true, "withoutBalanceItem": true, "prefixedText": true,
                 "noReceipt": true, "stringResultCode": true, "emptyBody": true, "soapFault": false}""");

        Script script = new ScriptJson().read(all, Set.of("phone"));

        assertThat(script.fate().code()).isEqualTo("1032");
        assertThat(script.fate().delivery().times()).isEqualTo(2);
        assertThat(script.fate().delivery().after()).hasMillis(1500);
        assertThat(script.fate().answer().slow()).hasSeconds(2);
        assertThat(script.fate().answer().kind()).isEqualTo(AnswerPlan.Kind.EMPTY_BODY);
        assertThat(script.fate().look().body()).isEqualTo("x");
        List<String> methods = Arrays.stream(Script.class.getMethods())
                .filter(method -> method.getReturnType() == Script.class
                        && !Modifier.isStatic(method.getModifiers()))
                .map(Method::getName).toList();
        String known = post("/faults", "{\"?\": 1}").body();
        assertThat(methods).isNotEmpty().allMatch(known::contains);
    }

    private JsonNode get(String path) {
        return shop.json(shop.send(shop.to("/simulator" + path).GET()));
    }

    private HttpResponse<String> post(String path, String body) {
        return shop.send(shop.to("/simulator" + path).POST(BodyPublishers.ofString(body)));
    }
}
