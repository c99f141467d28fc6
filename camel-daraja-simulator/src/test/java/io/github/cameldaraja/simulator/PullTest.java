package io.github.cameldaraja.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.cameldaraja.simulator.pull.PullFamily;

class PullTest extends MerchantTest {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.of("Africa/Nairobi"));

    @Test
    void registersOnce() {
        JsonNode first = shop.json(shop.post(PullFamily.REGISTER_PATH, registration()));
        assertThat(first.path("ResponseRefID").asText()).hasSize(36);
        assertThat(first.path("ResponseStatus").textValue()).isEqualTo("1000");
        assertThat(first.path("ShortCode").textValue()).isEqualTo(payBill);
        assertThat(first.path("ResponseDescription").asText()).isEqualTo("Shortcode Registered Successfully");
        JsonNode second = shop.json(shop.post(PullFamily.REGISTER_PATH, registration()));
        assertThat(second.path("ResponseStatus").textValue()).isEqualTo("1001");
        assertThat(second.path("ResponseDescription").asText()).isEqualTo("ShortCode already Registered");
    }

    @Test
    void writesBlanksIntoKeys() {
        sim.pull().odd(PullOddity.SPACED_KEYS, true);
        controlled("/pull/oddities", "{\"request_id\": true}");
        JsonNode answer = shop.json(shop.post(PullFamily.REGISTER_PATH, registration()));
        assertThat(answer.path("Response Status").asText()).isEqualTo("1000");
        assertThat(answer.has("Response Description")).isTrue();
        assertThat(answer.has("RequestID")).isTrue();
        assertThat(control("/pull/oddities", "{\"oops\": true}").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"ShortCode, 1", "ShortCode, 600123", "RequestType, pull", "NominatedNumber, 12",
        "CallBackURL, nowhere"})
    void namesTheBadFieldOfARegistration(String field, String value) {
        HttpResponse<String> answer = shop.post(PullFamily.REGISTER_PATH, registration().put(field, value));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"400.001\"", "Invalid " + field);
    }

    @ParameterizedTest
    @CsvSource({"ShortCode, 600123", "StartDate, 20260101", "EndDate, 2026-13-01 10:00:00", "OffSetValue, -1"})
    void namesTheBadFieldOfAQuery(String field, String value) {
        register();
        HttpResponse<String> answer = shop.post(PullFamily.QUERY_PATH, query(0).put(field, value));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"400.001\"", "Invalid " + field);
    }

    @Test
    void refusesTokensInItsOwnWay() {
        shop.token();
        sim.revokeTokens();
        HttpResponse<String> answer = shop.post(PullFamily.QUERY_PATH, query(0));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("\"401.001\"", "Invalid Access Token");
    }

    @Test
    void tellsNothingBeforeRegistration() {
        sim.c2b().pay(Shop.PHONE, payBill, "Inv 7", 20);
        HttpResponse<String> answer = shop.post(PullFamily.QUERY_PATH, query(0));
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("\"errorCode\":\"500\"");
    }

    @Test
    void tellsPaymentsOfAllKinds() {
        register();
        sim.c2b().pay(Shop.PHONE, payBill, "Inv 7", 20);
        shop.accepted(Shop.PHONE, 30);
        sim.clock().advance(Duration.ofSeconds(1));
        JsonNode answer = rows(0);
        assertThat(answer.path("ResponseRefID").asText()).matches("\\d{5}-\\d{8}-\\d");
        assertThat(answer.path("ResponseCode").textValue()).isEqualTo("1000");
        assertThat(answer.path("ResponseMessage").asText()).isEqualTo("Success");
        JsonNode row = answer.at("/Response/0/0");
        LedgerEntry entry = sim.books().payments().get(0);
        assertThat(row.path("transactionId").asText()).isEqualTo(entry.receipt());
        assertThat(row.path("trxDate").asText())
                .isEqualTo(TIME.format(entry.at()).replace(' ', 'T') + "Z");
        assertThat(row.path("msisdn").isNumber()).isTrue();
        assertThat(row.path("msisdn").asText()).isEqualTo(Shop.PHONE);
        assertThat(row.path("sender").asText()).isEqualTo("Customer 0001");
        assertThat(row.path("transactiontype").asText()).isEqualTo("c2b-pay-bill-debit");
        assertThat(row.path("billreference").asText()).isEqualTo("Inv 7");
        assertThat(row.path("amount").textValue()).isEqualTo("20.00");
        assertThat(row.path("organizationname").asText()).isEqualTo("Simulator Shop");
        assertThat(answer.at("/Response/0/1/billreference").asText()).isEqualTo("ORDER7");
        assertThat(sim.counters().count("pull.rows")).isEqualTo(2);
    }

    @Test
    void keepsTillsApart() {
        shop.post(PullFamily.REGISTER_PATH, registration().put("ShortCode", store));
        sim.c2b().payTill(Shop.PHONE, till, 20);
        JsonNode row = shop.json(shop.post(PullFamily.QUERY_PATH, query(0).put("ShortCode", store)))
                .at("/Response/0/0");
        assertThat(row.path("transactiontype").asText()).isEqualTo("c2b-buy-goods-debit");
        assertThat(row.path("billreference").asText("?")).isEmpty();
    }

    @Test
    void hasNothing() {
        register();
        JsonNode answer = rows(0);
        assertThat(answer.path("ResponseCode").textValue()).isEqualTo("1001");
        assertThat(answer.path("ResponseMessage").asText())
                .isEqualTo("No transactions available for the selected time period");
        assertThat(answer.path("Transaction").textValue()).isEqualTo("[[]]");
        assertThat(answer.has("Response")).isFalse();
    }

    private LedgerEntry entry(String receipt, Duration ago) {
        return new LedgerEntry(receipt, sim.clock().instant().minus(ago), Shop.PHONE, payBill, payBill, new BigDecimal(250_000),
                receipt, null, null);
    }

    @Test
    void tellsRecordedPaymentsInTheirPlace() {
        register();
        sim.books().record(entry("ROLD", Duration.ofHours(49)));
        sim.c2b().pay(Shop.PHONE, payBill, "now", 1);
        sim.books().record(entry("R2", Duration.ofHours(20)));
        sim.books().record(entry("R1", Duration.ofHours(30)));

        assertThat(shop.json(shop.post(PullFamily.QUERY_PATH, query(0)
                .put("StartDate", TIME.format(sim.clock().instant().minus(Duration.ofDays(3)))))).at("/Response/0")
                .findValuesAsText("billreference")).containsExactly("R1", "R2", "now");
        assertThatThrownBy(() -> sim.books().record(entry("R2", Duration.ofHours(2))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("R2");
        assertThat(sim.books().merchantBalance(payBill)).isEqualTo(750_001);
        sim.books().verify();
    }

    @Test
    void repeatsARow() {
        register();
        for (int i = 0; i < 150; i++) {
            sim.c2b().pay(Shop.PHONE, payBill, "N" + i, 1);
        }
        controlled("/pull/oddities", "{\"repeated_row\": true}");

        assertThat(rows(0).at("/Response/0")).hasSize(100);
        assertThat(rows(100).at("/Response/0")).hasSize(51);
        assertThat(rows(100).at("/Response/0/0/billreference").asText()).isEqualTo("N99");
        assertThat(rows(151).path("ResponseCode").asText()).isEqualTo("1001");
    }

    @Test
    void tellsAHundredAtATime() {
        register();
        for (int i = 0; i < 205; i++) {
            sim.c2b().pay(Shop.PHONE, payBill, "N" + i, 1);
        }
        assertThat(rows(0).at("/Response/0")).hasSize(100);
        assertThat(rows(100).at("/Response/0/0/billreference").asText()).isEqualTo("N100");
        assertThat(rows(200).at("/Response/0")).hasSize(5);
        assertThat(rows(205).path("ResponseCode").asText()).isEqualTo("1001");
    }

    @Test
    void forgetsAfterTwoDaysAndLooksAtTheWindow() {
        register();
        sim.clock().freeze();
        Instant paid = sim.clock().instant();
        sim.c2b().pay(Shop.PHONE, payBill, "A", 20);
        sim.clock().advance(Duration.ofMinutes(30));
        ObjectNode exactly = query(0).put("StartDate", TIME.format(paid.minusSeconds(1)))
                .put("EndDate", TIME.format(paid));
        assertThat(shop.post(PullFamily.QUERY_PATH, exactly).body()).contains("\"1000\"");
        exactly.put("StartDate", TIME.format(paid.plusSeconds(1))).put("EndDate", TIME.format(paid.plusSeconds(9)));
        assertThat(shop.post(PullFamily.QUERY_PATH, exactly).body()).contains("\"1001\"");
        ObjectNode always = query(0).put("StartDate", "2020-01-01 8:00:00");
        assertThat(shop.post(PullFamily.QUERY_PATH, always).body()).contains("\"1000\"");
        sim.clock().advance(Duration.ofHours(47).plusMinutes(31));
        shop.forgetToken();
        assertThat(shop.post(PullFamily.QUERY_PATH, always).body()).contains("\"1001\"");
    }

    @ParameterizedTest
    @CsvSource({"2026-01-31 8:05:00", "2026-01-31 08:05", "2026-01-31 08:05:000"})
    void readsTimesAsPeopleWriteThem(String time) {
        register();
        assertThat(shop.post(PullFamily.QUERY_PATH, query(0).put("StartDate", time)).statusCode()).isEqualTo(200);
    }

    @Test
    void learnsOfPaymentsLate() {
        register();
        sim.clock().freeze();
        sim.pull().delay(Duration.ofMinutes(3));
        sim.c2b().pay(Shop.PHONE, payBill, "A", 20);
        assertThat(rows(0).path("ResponseCode").asText()).isEqualTo("1001");
        sim.clock().advance(Duration.ofMinutes(3));
        assertThat(rows(0).path("ResponseCode").asText()).isEqualTo("1000");
        controlled("/pull/delay", "{\"seconds\": 600}");
        assertThat(rows(0).path("ResponseCode").asText()).isEqualTo("1001");
        sim.reset();
        sim.c2b().pay(Shop.PHONE, payBill, "A", 20);
        shop.forgetToken();
        register();
        assertThat(rows(0).path("ResponseCode").asText()).isEqualTo("1000");
    }

    @Test
    void answersGetWithABody() {
        register();
        sim.c2b().pay(Shop.PHONE, payBill, "A", 20);
        HttpResponse<String> answer = shop.send(shop.to(PullFamily.QUERY_PATH)
                .header("Authorization", "Bearer " + shop.token())
                .header("Content-Type", "application/json")
                .method("GET", BodyPublishers.ofString(query(0).toString())));
        assertThat(shop.json(answer).path("ResponseCode").asText()).isEqualTo("1000");
    }

    @Test
    void isOdd() {
        register();
        sim.c2b().pay(Shop.PHONE, payBill, "A", 20);
        sim.c2b().pay(Shop.PHONE, payBill, "B", 20);
        for (PullOddity oddity : PullOddity.values()) {
            sim.pull().odd(oddity, true);
        }
        JsonNode row = rows(0).at("/Response/0");
        assertThat(row.path("billreference").asText()).isEqualTo("B");
        assertThat(row.path("msisdn").asText()).isEqualTo("722000001");
        assertThat(row.path("trxDate").asText())
                .startsWith(sim.books().payments().get(1).at().toString().substring(0, 19));
    }

    @Test
    void failsOnDemand() {
        sim.pull().nextRegistration(RequestFault.HTML_503_AFTER);
        assertThat(shop.post(PullFamily.REGISTER_PATH, registration()).statusCode()).isEqualTo(503);
        sim.pull().nextQueryError(500, "500.003.1001", "oops");
        assertThat(shop.post(PullFamily.QUERY_PATH, query(0)).body()).contains("oops");
        controlled("/pull/faults", "{\"call\": \"query\", \"fault\": \"SPIKE_ARREST\"}");
        assertThat(shop.post(PullFamily.QUERY_PATH, query(0)).statusCode()).isEqualTo(429);
        assertThat(rows(0).path("ResponseCode").asText()).isEqualTo("1001");
    }

    private void register() {
        shop.post(PullFamily.REGISTER_PATH, registration());
    }

    private ObjectNode registration() {
        return shop.mapper.createObjectNode()
                .put("ShortCode", payBill)
                .put("RequestType", "Pull")
                .put("NominatedNumber", "0722000009")
                .put("CallBackURL", receiver.url("/pull"));
    }

    private ObjectNode query(int offset) {
        Instant now = sim.clock().instant();
        return shop.mapper.createObjectNode()
                .put("ShortCode", payBill)
                .put("StartDate", TIME.format(now.minus(Duration.ofHours(40))))
                .put("EndDate", TIME.format(now.plus(Duration.ofHours(1))))
                .put("OffSetValue", Integer.toString(offset));
    }

    private JsonNode rows(int offset) {
        return shop.json(shop.post(PullFamily.QUERY_PATH, query(offset)));
    }
}
