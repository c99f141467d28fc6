package io.github.cameldaraja.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.cameldaraja.simulator.iot.IotFamily;
import io.github.cameldaraja.simulator.wire.Times;

class IotTest extends SimulatorTest {

    private static final String ACTIVE = "300000574101";
    private static final String IDLE = "300000574103";

    private FlatShop flat;

    @BeforeEach
    void open() {
        flat = new FlatShop(sim, shop);
        sim.clock().freeze();
    }

    @Test
    void listsSims() {
        ObjectNode body = flat.object();
        body.putArray("vpnGroup").add(sim.iotSims().vpnGroup());
        body.put("startAtInde", "1").put("pageSize", 2).put("username", "me@shop.example");
        JsonNode answer = ok("allsims", body);
        assertThat(answer.path("header").fieldNames()).toIterable().containsExactly("requestRefId", "responseCode",
                "responseMessage", "customerMessage", "timestamp");
        assertThat(answer.at("/header/responseCode").isInt()).isTrue();
        assertThat(answer.at("/header/customerMessage").asText()).isEqualTo("Operation Successfull");
        assertThat(answer.at("/header/timestamp").asText()).matches("\\d{4}-\\d\\d-\\d\\dT[\\d:]{8}\\.\\d{9}");
        assertThat(answer.at("/body/Desc")).hasSize(2);
        assertThat(answer.at("/body/Desc/0").fieldNames()).toIterable().containsExactly("life_cycle_status", "iccid",
                "asset_name", "activation_date", "expiry_date", "imei", "product_status", "imsi", "msisdn",
                "vpn_group", "activation_agent");
        assertThat(answer.at("/body/Desc/0/msisdn").asText()).isEqualTo("300000574102");
    }

    @Test
    void followsTheLifeOfASim() {
        assertThat(ok("queryLifeCycleStatus", sim(IDLE)).at("/body/status").asText()).isEqualTo("Idle");
        JsonNode activation = ok("simactivation", sim(IDLE));
        assertThat(activation.at("/body/Desc").asText()).isEqualTo("Line activated successfully");
        assertThat(activation.at("/body/ID").asText()).isEqualTo(IDLE);
        assertThat(ok("simactivation", sim(IDLE)).at("/header/responseMessage").asText())
                .isEqualTo("Operation Failed");
        assertThat(ok("queryLifeCycleStatus", sim(IDLE)).path("body").toString())
                .isEqualTo("{\"desc\":\"Operation successfull\",\"status\":\"Active\",\"statusCode\":\"0\"}");
        JsonNode suspended = ok("suspend_unsuspend_sub",
                sim(IDLE).put("product", "14307001").put("operation", "suspend"));
        assertThat(suspended.path("body").toString())
                .isEqualTo("{\"statusCode\":0,\"statusDesc\":\"Operation successfully.\"}");
        assertThat(ok("querycustomerinfo", sim(IDLE)).at("/body/subscriberStatus").asText()).isEqualTo("Suspended");
        ok("suspend_unsuspend_sub", sim(IDLE).put("product", 14307001).put("operation", "resume"));
        JsonNode renamed = ok("renameasset", sim(IDLE).put("assetName", "Pump"));
        assertThat(renamed.at("/header/customerMessage").asText()).isEqualTo("Asset renamed successfully");
        assertThat(sim.iotSims().sims()).filteredOn(sim -> sim.msisdn().equals(IDLE)).singleElement()
                .satisfies(sim -> assertThat(sim.assetName() + sim.status()).isEqualTo("PumpActive"));
    }

    @Test
    void countsStates() {
        String today = DateTimeFormatter.BASIC_ISO_DATE.format(
                LocalDate.ofInstant(sim.clock().instant(), Times.NAIROBI));
        sim.clock().advance(Duration.ofDays(1));
        ok("simactivation", sim(IDLE));
        String tomorrow = DateTimeFormatter.BASIC_ISO_DATE.format(
                LocalDate.ofInstant(sim.clock().instant(), Times.NAIROBI));
        ObjectNode question = flat.object().put("vpnGroup", sim.iotSims().vpnGroup()).put("startDate", today)
                .put("stopDate", tomorrow).put("username", "me");
        JsonNode trend = ok("getactivationtrends", question).at("/body/body/0");
        assertThat(trend.path("activeTrend").toString()).isEqualTo("[\"2\",\"3\"]");
        assertThat(trend.path("idleTrend").toString()).isEqualTo("[\"2\",\"1\"]");
        assertThat(trend.path("dates").toString()).isEqualTo("[\"" + today + "\",\"" + tomorrow + "\"]");
        question.remove("stopDate");
        assertThat(ok("getactivationtrends", question.put("endDate", Long.parseLong(today)))
                .at("/body/body/0/dates")).hasSize(1);
    }

    @Test
    void sendsFindsAndDeletesMessages() {
        JsonNode sent = ok("sendsinglemessage", message(ACTIVE, "on"));
        assertThat(sent.at("/header/responseMessage").asText()).isEqualTo("Message queued successfully.");
        assertThat(sent.at("/body/msisdn").asText()).isEqualTo("254" + ACTIVE);
        assertThat(sent.at("/body/deliverTime").asText()).isEqualTo("-");
        ok("sendsinglemessage", message(IDLE, "nobody hears"));
        ok("sendsinglemessage", message(ACTIVE, "off"));
        sim.clock().advance(Duration.ofSeconds(1));

        JsonNode found = ok("searchmessages?pageNo=2&pageSize=1", flat.object().put("searchValue", "254" + ACTIVE));
        assertThat(found.at("/body/content/0/message").asText()).isEqualTo("on");
        assertThat(found.at("/body/content/0/deliverTime").asText()).hasSize(19);
        assertThat(found.at("/body/pageable/pageNumber").asInt()).isEqualTo(1);
        assertThat(found.at("/body/totalElements").asInt()).isEqualTo(2);
        assertThat(found.at("/body/last").asBoolean()).isTrue();
        assertThat(ok("filtermessages", flat.object().put("startDate", "01-01-2020 00:00:00")
                .put("endDate", "01-01-2090 00:00:00").put("status", 1)).at("/body/content")).hasSize(3);
        JsonNode all = ok("getallmessages", flat.object().put("vpnGroup", sim.iotSims().vpnGroup())
                .put("pageNo", 1).put("pageSize", "2"));
        assertThat(all.at("/body/content")).hasSize(2);
        assertThat(all.at("/body/totalPages").asInt()).isEqualTo(2);
        assertThat(sim.iotSims().messages()).filteredOn(message -> message.delivered() == null).hasSize(1);

        JsonNode deleted = ok("deletemessage", flat.object().set("id", sent.at("/body/id")));
        assertThat(deleted.at("/header/responseMessage").asText()).isEqualTo("Message deleted successfully.");
        assertThat(deleted.path("body").isNull()).isTrue();
        assertThat(ok("deletemessage", flat.object().set("id", sent.at("/body/id")))
                .at("/header/responseMessage").asText()).isEqualTo("No records were found");
        ok("deleteMessageThread", flat.object().put("msisdn", "254" + ACTIVE));
        assertThat(sim.iotSims().messages()).extracting(IotMessage::msisdn).containsExactly(IDLE);
        assertThat(sim.counters().count("iot.messages")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"queryLifeCycleStatus", "querycustomerinfo", "simactivation"})
    void refusesWhatIsNotYours(String name) {
        assertRefused(post(name, sim(ACTIVE).put("vpnGroup", sim.iotSims().foreignVpnGroup())), 400,
                "Bad Request - Kindly use your own vpnGroup");
        assertRefused(post(name, sim(ACTIVE).put("vpnGroup", "1-1_VPN")), 404, "No records were found");
        sim.iotSims().forbid("intern");
        assertRefused(post(name, sim(ACTIVE).put("username", "intern")), 401,
                "User not permitted to carry out operation");
        JsonNode answer = ok(name, sim("300000999999"));
        assertThat(answer.at("/header/responseMessage").asText()).isIn("No records were found", "Operation Failed");
        assertThat(answer.path("body").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"allsims", "queryLifeCycleStatus", "querycustomerinfo", "simactivation",
        "getactivationtrends", "renameasset", "suspend_unsuspend_sub", "searchmessages", "filtermessages",
        "getallmessages", "sendsinglemessage", "deletemessage", "deleteMessageThread"})
    void failsOverMissingFieldsAndBadTokens(String name) {
        HttpResponse<String> answer = post(name, flat.object());
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).startsWith("{\"fault\":").contains("Failed to execute the ExtractVariables");
        HttpResponse<String> unauthorised = shop.send(shop.to(IotFamily.PREFIX + name)
                .header("Authorization", "Bearer nonsense").POST(BodyPublishers.ofString("{}")));
        assertThat(unauthorised.statusCode()).isEqualTo(401);
        assertThat(unauthorised.body()).contains("Unauthorized - Invalid Access Token");
    }

    @Test
    void isFilledOverTheControlApi() {
        assertThat(flat.control("/iot/sims", "{\"msisdn\": \"300000574199\", \"status\": \"Active\","
                + " \"vpnGroup\": \"1-7_VPN\"}").statusCode()).isEqualTo(200);
        flat.control("/iot/foreign-groups", "{\"vpnGroup\": \"1-8_VPN\"}");
        flat.control("/iot/forbidden-users", "{\"username\": \"intern\"}");
        ok("queryLifeCycleStatus", sim("300000574199").put("vpnGroup", "1-7_VPN"));
        assertThat(post("queryLifeCycleStatus", sim(ACTIVE).put("vpnGroup", "1-8_VPN")).statusCode()).isEqualTo(400);
        assertThat(post("queryLifeCycleStatus", sim(ACTIVE).put("username", "intern")).statusCode()).isEqualTo(401);
        assertThat(flat.control("/iot/sims", "{\"msisdn\": \"12\"}").statusCode()).isEqualTo(400);
        ok("sendsinglemessage", message(ACTIVE, "hello"));
        JsonNode view = flat.json(shop.send(shop.to("/simulator/iot").GET()));
        assertThat(view.path("sims")).hasSize(5);
        assertThat(view.at("/messages/0/text").asText()).isEqualTo("hello");
        sim.reset();
        assertThat(sim.iotSims().sims()).hasSize(4);
        assertThat(sim.iotSims().messages()).isEmpty();
    }

    private ObjectNode sim(String msisdn) {
        return flat.object().put("msisdn", msisdn).put("vpnGroup", sim.iotSims().vpnGroup())
                .put("username", "me@shop.example");
    }

    private ObjectNode message(String msisdn, String text) {
        return flat.object().put("msisdn", msisdn).put("message", text).put("vpnGroup", sim.iotSims().vpnGroup());
    }

    private HttpResponse<String> post(String name, JsonNode body) {
        return shop.post(IotFamily.PREFIX + name, body);
    }

    private JsonNode ok(String name, JsonNode body) {
        shop.forgetToken();
        HttpResponse<String> answer = post(name, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(flat.json(answer).at("/header/responseCode").asInt()).isEqualTo(200);
        return flat.json(answer);
    }

    private void assertRefused(HttpResponse<String> answer, int status, String text) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(flat.json(answer).at("/header/responseCode").asInt()).isEqualTo(status);
        assertThat(flat.json(answer).at("/header/responseMessage").asText()).isEqualTo(text);
    }
}
