package io.github.cameldaraja.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.cameldaraja.simulator.lookups.LookupFamily;
import io.github.cameldaraja.simulator.wire.Times;

class LookupsTest extends SimulatorTest {

    private FlatShop flat;

    @BeforeEach
    void open() {
        flat = new FlatShop(sim, shop);
    }

    @AfterEach
    void verify() {
        sim.books().verify();
    }

    @Test
    void tellsTheImsi() {
        JsonNode answer = ask(LookupFamily.IMSI_PATH, customer());
        assertThat(answer.fieldNames()).toIterable().containsExactly("requestRefID", "responseCode", "responseDesc",
                "imsi", "lastSwapDate", "msisdnRegistrationDate", "customerNumber");
        assertThat(answer).allMatch(JsonNode::isTextual);
        assertThat(answer.path("responseCode").asText()).isEqualTo("200");
        assertThat(answer.path("imsi").asText()).matches("\\d{16}");
        assertThat(answer.path("lastSwapDate").asText()).isEqualTo("01-01-1900");
        assertThat(answer.path("msisdnRegistrationDate").asText()).isEqualTo("more than one year");
        assertThat(ask(LookupFamily.IMSI_PATH, customer()).path("imsi")).isEqualTo(answer.path("imsi"));
    }

    @Test
    void tellsASwapForThreeMonths() {
        sim.clock().freeze();
        Instant when = sim.clock().instant().minus(Duration.ofDays(2));
        String before = ask(LookupFamily.IMSI_PATH, customer()).path("imsi").asText();
        assertThat(ask(LookupFamily.SWAP_PATH, customer()).path("lastSwapDate").asText())
                .isEqualTo("01-01-1900 00:00");

        sim.lookups().swapped(Shop.PHONE, when);

        ZonedDateTime there = when.atZone(Times.NAIROBI);
        assertThat(ask(LookupFamily.SWAP_PATH, customer()).path("lastSwapDate").asText())
                .isEqualTo(DateTimeFormatter.ofPattern("dd-MM-yyyy HH:mm").format(there));
        JsonNode imsi = ask(LookupFamily.IMSI_PATH, customer());
        assertThat(imsi.path("lastSwapDate").asText())
                .isEqualTo(DateTimeFormatter.ofPattern("dd-MM-yyyy").format(there));
        assertThat(imsi.path("imsi").asText()).isNotEqualTo(before);
        sim.clock().advance(Duration.ofDays(93));
        shop.forgetToken();
        assertThat(ask(LookupFamily.SWAP_PATH, customer()).path("lastSwapDate").asText()).startsWith("01-01-1900");
    }

    @Test
    void tellsTheAgeOfYoungNumbers() {
        sim.lookups().registered(Shop.PHONE, sim.clock().instant().minus(Duration.ofDays(30)));
        assertThat(ask(LookupFamily.AGE_PATH, customer()).path("msisdnRegistrationDate").asText())
                .matches("\\d\\d-\\d\\d-\\d{4}");
    }

    @ParameterizedTest
    @ValueSource(strings = {LookupFamily.IMSI_PATH, LookupFamily.SWAP_PATH, LookupFamily.AGE_PATH})
    void doesNotKnowEverybody(String path) {
        sim.lookups().unknown(Shop.PHONE);
        HttpResponse<String> answer = shop.post(path, customer());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(flat.json(answer).path("responseCode").asText()).isEqualTo("404");
        assertThat(shop.post(path, flat.object().put("customerNumber", "0722000001")).body())
                .contains("Invalid customerNumber");
    }

    @Test
    void refusesTokensLikePull() {
        HttpResponse<String> answer = shop.send(shop.to(LookupFamily.ORGANISATION_PATH)
                .header("Authorization", "Bearer nonsense").POST(BodyPublishers.ofString("{}")));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("\"errorCode\":\"401.001\"");
    }

    @ParameterizedTest
    @CsvSource({"4, 574100, Simulator Shop", "2, 5742001, Simulator Shop", "2, 574200, Simulator Shop",
        "4, 574300, Mto Traders", "2, 574301, Duka"})
    void namesOrganisations(String type, String number, String name) {
        sim.lookups().payBill("574300", "Mto Traders");
        sim.lookups().till("574301", "Duka");
        JsonNode answer = ask(LookupFamily.ORGANISATION_PATH,
                flat.object().put("IdentifierType", type).put("Identifier", number));
        assertThat(answer.fieldNames()).toIterable().containsExactly("ConversationID", "ResponseCode",
                "ResponseMessage", "DetailedMessage", "OrganizationShortCode", "OrganizationName", "ChargeProfileID");
        assertThat(answer.path("ResponseCode").asText()).isEqualTo("4000");
        assertThat(answer.path("OrganizationName").asText()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"4, 574999", "4, 5742001", "2, 574100"})
    void doesNotNameOthers(String type, String number) {
        JsonNode answer = ask(LookupFamily.ORGANISATION_PATH,
                flat.object().put("IdentifierType", type).put("Identifier", number));
        assertThat(answer.path("ResponseMessage").asText()).isNotEqualTo("Success");
        assertThat(answer.has("OrganizationName")).isFalse();
    }

    @Test
    void namesCustomersWithMasks() {
        sim.lookups().named(Shop.PHONE, "Amina Wanjiku Otieno");
        JsonNode answer = ask(LookupFamily.NAME_PATH, hakikisha(Shop.PHONE));
        assertThat(answer.path("header").toString()).isEqualTo("{\"requestID\":\"req-7\","
                + "\"timestamp\":\"1790000000\",\"status\":\"200\",\"message\":\"Success\"}");
        assertThat(answer.path("body").toString()).isEqualTo(
                "{\"firstName\":\"Amina\",\"middleName\":\"W******\",\"lastName\":\"O******\"}");
    }

    @Test
    void doesNotNameNobody() {
        sim.lookups().unknown(Shop.PHONE);
        JsonNode answer = ask(LookupFamily.NAME_PATH, hakikisha(Shop.PHONE));
        assertThat(answer.at("/header/status").asText()).isEqualTo("400");
        assertThat(answer.at("/header/message").asText()).isEqualTo("Error");
        assertThat(answer.at("/header/timestamp").asText()).hasSize(14);
        assertThat(answer.at("/body/message").asText()).isEqualTo("The customer does not exist.");
        assertThat(ask(LookupFamily.NAME_PATH, hakikisha("441632960000")).at("/body/message").asText())
                .isEqualTo("Bad Request - Invalid phone number");
        ObjectNode headless = hakikisha(Shop.PHONE);
        headless.remove("header");
        assertThat(shop.post(LookupFamily.NAME_PATH, headless).body()).contains("Invalid header");
    }

    @Test
    void comparesDocuments() {
        assertThat(owns("01", "22334455")).isEqualTo("true");
        sim.lookups().identified(Shop.PHONE, "01", "22334455");
        assertThat(owns("01", "22334455")).isEqualTo("true");
        assertThat(owns("05", "22334455")).isEqualTo("false");
        assertThat(owns("01", "22334456")).isEqualTo("false");
    }

    @Test
    void learnsOverTheControlApi() {
        assertThat(flat.control("/lookups/subscribers", "{\"phone\": \"254722000001\", \"name\": \"Jua Kali\","
                + " \"swapped\": \"" + sim.clock().instant() + "\", \"registered\": \"" + sim.clock().instant()
                + "\", \"idType\": \"05\", \"idNumber\": \"A7\"}").statusCode()).isEqualTo(200);
        flat.control("/lookups/organisations", "{\"shortCode\": \"574302\", \"name\": \"Bahari\", \"till\": true}");
        assertThat(ask(LookupFamily.NAME_PATH, hakikisha(Shop.PHONE)).at("/body/lastName").asText())
                .isEqualTo("K******");
        assertThat(ask(LookupFamily.IMSI_PATH, customer()).path("lastSwapDate").asText()).doesNotContain("1900");
        assertThat(owns("05", "A7")).isEqualTo("true");
        assertThat(ask(LookupFamily.ORGANISATION_PATH, flat.object().put("IdentifierType", 2)
                .put("Identifier", 574302)).path("OrganizationName").asText()).isEqualTo("Bahari");
        flat.control("/lookups/subscribers", "{\"phone\": \"254722000001\", \"unknown\": true}");
        assertThat(owns("05", "A7")).isEqualTo("false");
        assertThat(flat.control("/lookups/subscribers", "{\"phone\": \"12\"}").statusCode()).isEqualTo(400);
        assertThat(flat.control("/lookups/subscribers", "{\"phone\": \"254722000001\", \"swapped\": \"x\"}")
                .statusCode()).isEqualTo(400);
        assertThat(flat.control("/lookups/organisations", "{}").statusCode()).isEqualTo(400);
    }

    private String owns(String type, String number) {
        JsonNode answer = ask(LookupFamily.IDENTITY_PATH, flat.object().put("requestRefID", "r1")
                .put("shortCode", "574100").put("msisdn", Shop.PHONE).put("idType", type).put("idNumber", number));
        assertThat(answer.path("responseCode").asText()).isEqualTo("200");
        return answer.path("status").textValue();
    }

    private ObjectNode customer() {
        return flat.object().put("customerNumber", Shop.PHONE);
    }

    private ObjectNode hakikisha(String phone) {
        ObjectNode body = flat.object();
        body.putObject("header").put("requestID", "req-7").put("timestamp", "1790000000");
        body.putObject("body").put("msisdn", phone).put("shortcode", "574100");
        return body;
    }

    private JsonNode ask(String path, JsonNode body) {
        HttpResponse<String> answer = shop.post(path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return flat.json(answer);
    }
}
