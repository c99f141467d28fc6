package io.github.cameldaraja.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.cameldaraja.simulator.express.ExpressFamily;
import io.github.cameldaraja.simulator.iot.IotFamily;
import io.github.cameldaraja.simulator.lookups.LookupFamily;
import io.github.cameldaraja.simulator.qr.QrFamily;
import io.github.cameldaraja.simulator.stk.StkFamily;

/** Clients in languages that write every value as a string, or everything that can be one as a number. */
class OtherLanguagesTest extends SimulatorTest {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    /** How a language writes values. */
    enum Language implements UnaryOperator<JsonNode> {
        STRINGS {
            @Override
            public JsonNode apply(JsonNode value) {
                return TextNode.valueOf(value.asText());
            }
        },
        NUMBERS {
            @Override
            public JsonNode apply(JsonNode value) {
                return NUMBER.matcher(value.asText()).matches()
                        ? LongNode.valueOf(Long.parseLong(value.asText())) : value;
            }
        }
    }

    private FlatShop flat;
    private Language language;

    @BeforeEach
    void open() {
        flat = new FlatShop(sim, shop);
        sim.clock().freeze();
        sim.books().deposit(sim.credentials().tillNumber(), "Merchant Account", BigDecimal.valueOf(500));
    }

    @ParameterizedTest
    @EnumSource
    void areUnderstood(Language spoken) {
        language = spoken;
        String push = post(StkFamily.PUSH_PATH, shop.pushBody(Shop.PHONE, 20)).path("CheckoutRequestID").asText();
        sim.clock().advance(Duration.ofSeconds(1));
        post(StkFamily.QUERY_PATH, shop.queryBody(push));
        post(ExpressFamily.PATH, flat.expressBody(70));
        post(QrFamily.PATH, flat.qrBody());
        bills();
        lookups();
        sims();
        messages();
        sim.clock().advance(Duration.ofSeconds(1));
        assertThat(sim.books().payments()).hasSize(2);
        assertThat(sim.books().transfers()).hasSize(1);
        sim.books().verify();
    }

    private void bills() {
        String key = post(FlatShop.BILLS + "/optin", flat.optInBody()).path("app_key").asText();
        post(FlatShop.BILLS + "/change-optin-details", flat.optInBody());
        post(FlatShop.BILLS + "/single-invoicing", flat.invoiceBody("11"), key);
        post(FlatShop.BILLS + "/bulk-invoicing",
                flat.array().add(flat.invoiceBody("12")).add(flat.invoiceBody("13")), key);
        post(FlatShop.BILLS + "/cancel-single-invoice", flat.object().put("externalReference", "12"));
        post(FlatShop.BILLS + "/cancel-bulk-invoices",
                flat.array().add(flat.object().put("externalReference", "13")));
        String receipt = sim.billManager().pay(Shop.PHONE, "574100", "HOUSE7", 900).receipt();
        post(FlatShop.BILLS + "/reconciliation", flat.reconciliationBody(receipt, "11"));
    }

    private void lookups() {
        ObjectNode customer = flat.object().put("customerNumber", Shop.PHONE);
        post(LookupFamily.IMSI_PATH, customer);
        post(LookupFamily.SWAP_PATH, customer);
        post(LookupFamily.AGE_PATH, customer);
        assertThat(post(LookupFamily.ORGANISATION_PATH, flat.object().put("IdentifierType", "4")
                .put("Identifier", "574100")).path("ResponseMessage").asText()).isEqualTo("Success");
        ObjectNode name = flat.object();
        name.putObject("header").put("requestID", "77").put("timestamp", "1790000000");
        name.putObject("body").put("msisdn", Shop.PHONE).put("shortcode", "574100");
        assertThat(post(LookupFamily.NAME_PATH, name).at("/header/status").asText()).isEqualTo("200");
        sim.lookups().identified(Shop.PHONE, "01", "22334455");
        assertThat(post(LookupFamily.IDENTITY_PATH, flat.object().put("requestRefID", "9").put("shortCode", "574100")
                .put("msisdn", Shop.PHONE).put("idType", "01").put("idNumber", "22334455")).path("status").asText())
                .isEqualTo("true");
    }

    private void sims() {
        ObjectNode all = sim().put("startAtIndex", 0).put("pageSize", "3");
        all.putArray("vpnGroup").add(sim.iotSims().vpnGroup());
        post(IotFamily.PREFIX + "allsims", all);
        post(IotFamily.PREFIX + "queryLifeCycleStatus", sim());
        post(IotFamily.PREFIX + "querycustomerinfo", sim());
        post(IotFamily.PREFIX + "simactivation", sim().put("msisdn", "300000574104"));
        post(IotFamily.PREFIX + "getactivationtrends", sim().put("startDate", "20261101").put("stopDate", "20261103"));
        post(IotFamily.PREFIX + "renameasset", sim().put("assetName", "7"));
        post(IotFamily.PREFIX + "suspend_unsuspend_sub",
                sim().put("product", "14307001").put("operation", "suspend"));
    }

    private void messages() {
        JsonNode sent = post(IotFamily.PREFIX + "sendsinglemessage", sim().put("message", "1"));
        post(IotFamily.PREFIX + "sendsinglemessage", sim().put("message", "2"));
        post(IotFamily.PREFIX + "searchmessages?pageNo=1&pageSize=5",
                flat.object().put("searchValue", "254300000574101"));
        post(IotFamily.PREFIX + "filtermessages", flat.object().put("startDate", "02-05-2022 08:39:11")
                .put("endDate", "02-10-2032 00:00:00").put("status", "1"));
        post(IotFamily.PREFIX + "getallmessages", sim().put("pageNo", 1).put("pageSize", "10"));
        post(IotFamily.PREFIX + "deletemessage", flat.object().set("id", sent.at("/body/id")));
        post(IotFamily.PREFIX + "deleteMessageThread", flat.object().put("msisdn", "254300000574101"));
    }

    private ObjectNode sim() {
        return flat.object().put("msisdn", "300000574101").put("vpnGroup", sim.iotSims().vpnGroup())
                .put("username", "me@shop.example");
    }

    private JsonNode post(String path, JsonNode body) {
        return post(path, body, "");
    }

    private JsonNode post(String path, JsonNode body, String appKey) {
        HttpRequest.Builder request = shop.to(path)
                .header("Authorization", "Bearer " + shop.token())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(spoken(body).toString()));
        HttpResponse<String> answer = shop.send(appKey.isEmpty() ? request : request.header("app_key", appKey));
        assertThat(answer.statusCode()).as("%s %s", path, answer.body()).isEqualTo(200);
        assertThat(answer.body()).as(path)
                .doesNotContain("errorCode", "\"409\"", "Operation Failed", "No records");
        return shop.json(answer);
    }

    private JsonNode spoken(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode spoken = flat.object();
            object.properties().forEach(field -> spoken.set(field.getKey(), spoken(field.getValue())));
            return spoken;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode spoken = flat.array();
            array.forEach(element -> spoken.add(spoken(element)));
            return spoken;
        }
        return language.apply(node);
    }
}
