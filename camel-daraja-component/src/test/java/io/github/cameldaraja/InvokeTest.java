package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.Invoke;
import io.github.cameldaraja.simulator.AnswerScript;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** What has no operation of its own is called by its path. */
class InvokeTest extends EndToEnd {

    private static final String AGE = "/registration/lookup/v1/checkATI";

    private Shop shop() {
        return newShop().route("age", "daraja:invoke?path=" + AGE)
                .route("uri", "daraja:invoke?path=" + AGE + "&field.customerNumber=" + PHONE)
                .route("any", "daraja:invoke").route("raw", "daraja:invoke?rawAnswer=true&path=" + AGE)
                .route("headers", "daraja:invoke?requestHeaders=true&path=" + AGE);
    }

    @Test
    void aPathIsCalledInEveryWay() {
        try (Shop shop = shop().open()) {
            for (Exchange done : List.of(shop.send("direct:age", Map.of("customerNumber", PHONE)),
                    shop.send("direct:age", "{\"customerNumber\":\"" + PHONE + "\"}"), shop.send("direct:uri", null),
                    shop.send("direct:any", Map.of("path", AGE, "customerNumber", PHONE)),
                    shop.send("direct:headers", null, Map.of("CamelDarajaRequestcustomerNumber", PHONE)))) {
                assertThat(done.getException()).isNull();
                Invoke.Answer answer = done.getMessage().getBody(Invoke.Answer.class);
                assertThat(answer.details()).containsEntry("customerNumber", PHONE).containsKey("msisdnRegistrationDate");
                assertThat(answer.toString()).doesNotContain(PHONE);
            }
            assertThat(shop.send("direct:raw", Map.of("customerNumber", PHONE)).getMessage().getBody(Map.class))
                    .containsEntry("customerNumber", PHONE);
            assertThat(shop.sent(AGE)).hasSize(6).allMatch(body -> body.size() == 1);
        }
    }

    @Test
    void structuresAreSentAsTheyAre() {
        try (Shop shop = shop().open()) {
            Map<String, Object> body = Map.of("path", "/mpesa/b2c/hakikisha/v1/hakikisha", "header",
                    Map.of("requestID", "r-1", "timestamp", "1760000000"), "body", Map.of("msisdn", PHONE, "shortcode", payBill));
            Exchange done = shop.send("direct:any", body);
            assertThat(done.getException()).isNull();
            JsonNode sent = last(shop.sent("/hakikisha"));
            assertThat(sent.at("/body/msisdn").asText()).isEqualTo(PHONE);
            assertThat(sent.has("path")).isFalse();
        }
    }

    @Test
    void tokensAndErrorsAreThoseOfAllOperations() {
        try (Shop shop = shop().open()) {
            safaricom.calls().next(AGE, AnswerScript.usual().revokedToken());
            assertThat(shop.send("direct:uri", null).getException()).isNull();
            assertThat(safaricom.counters().tokenCalls()).isEqualTo(2);
            safaricom.calls().next(AGE, AnswerScript.usual().errorBeforeAccepting(400, "400.002.02", "Bad Request - Invalid X"));
            assertRefusal(shop.send("direct:uri", null), DarajaRequestException.class, "400.002.02", "MERCHANT", false);
            // nobody knows what the path does: never repeated
            safaricom.calls().next(AGE, AnswerScript.usual().resetAfterAccepting());
            Exchange lost = sendOverPauses(shop, "direct:uri", null, () -> count("ageOnNetwork.received"), 1);
            assertThat(lost.getException()).isInstanceOf(DarajaOutcomeUnknownException.class)
                    .hasMessageContaining("do not send it again");
            assertThat(lost.getMessage().getHeader(DarajaConstants.RETRIABLE)).isEqualTo(false);
            assertThat(shop.send("direct:any", Map.of("path", "/no/such/path")).getException())
                    .isInstanceOf(DarajaRequestException.class);
        }
    }

    @Test
    void aPathThatLeadsElsewhereIsRefused() {
        try (Shop shop = shop().open()) {
            assertRefused(shop.send("direct:any", Map.of("customerNumber", PHONE)), "path", "is missing");
            for (String path : List.of("mpesa", "https://x.example/", "//x.example/", "/../x", "/a/./b", "/a%2e%2e/b", "/a b",
                    "/a#b")) {
                assertRefused(shop.send("direct:any", Map.of("path", path)), "path", "below baseUrl");
            }
            assertRefused(shop.send("direct:any", Map.of("path", "/oauth/v1/generate?grant_type=x")), "path", "token call");
            assertRefused(shop.send("direct:age", Map.of("path", "/other")), "path", "pinned by the endpoint URI");
            assertThat(safaricom.counters().tokenCalls()).isZero();
        }
    }
}
