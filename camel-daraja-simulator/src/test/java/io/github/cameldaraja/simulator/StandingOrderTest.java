package io.github.cameldaraja.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.cameldaraja.simulator.StandingOrder.Status;
import io.github.cameldaraja.simulator.ratiba.RatibaFamily;

class StandingOrderTest extends MerchantTest {

    private static final String CALLBACK = "/order";
    private static final ZoneId NAIROBI = ZoneId.of("Africa/Nairobi");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private LocalDate tomorrow;

    @BeforeEach
    void freeze() {
        sim.clock().freeze();
        // noon, so that a second more is never another day
        ZonedDateTime now = sim.clock().instant().atZone(NAIROBI);
        sim.clock().advance(Duration.between(now, now.toLocalDate().plusDays(1).atTime(12, 0).atZone(NAIROBI)));
        tomorrow = LocalDate.ofInstant(sim.clock().instant(), NAIROBI).plusDays(1);
    }

    @Test
    void acknowledgesAndTellsSuccessInLowerCase() {
        HttpResponse<String> answer = shop.post(RatibaFamily.PATH, request());
        JsonNode ack = shop.json(answer);
        assertThat(ack.at("/ResponseHeader/responseCode").textValue()).isEqualTo("200");
        assertThat(ack.at("/ResponseHeader/responseDescription").asText())
                .isEqualTo("Request accepted for processing");
        assertThat(ack.at("/ResponseHeader").has("ResultDesc")).isTrue();
        assertThat(ack.at("/ResponseBody/responseCode").textValue()).isEqualTo("200");
        JsonNode callback = callback();
        String id = ack.at("/ResponseHeader/responseRefID").asText();
        assertThat(callback.at("/responseHeader/responseRefID").asText()).isEqualTo(id);
        assertThat(callback.at("/responseHeader/requestRefID").asText()).isEqualTo(id);
        assertThat(callback.at("/responseHeader/responseCode").textValue()).isEqualTo("0");
        assertThat(callback.at("/responseBody/responseData/0/name").asText()).isEqualTo("TransactionID");
        assertThat(callback.at("/responseBody/responseData/0/value").asText()).matches("[A-Z0-9]{10}");
        assertThat(callback.at("/responseBody/responseData/2/value").asText()).isEqualTo("OKAY");
        assertThat(callback.at("/responseBody/responseData/3/value").asText()).isEqualTo("254******001");
        assertThat(sim.books().payments()).isEmpty();
        assertThat(sim.standingOrders().all()).extracting(StandingOrder::status).containsExactly(Status.ACTIVE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1001", "1025", "1032", "1037", "1050", "1051", "2001"})
    void tellsFailuresWithCapitals(String code) {
        sim.standingOrders().next(StandingOrderScript.result(code));
        JsonNode ack = shop.json(shop.post(RatibaFamily.PATH, request()));
        JsonNode callback = callback();
        assertThat(callback.at("/ResponseHeader/responseRefID"))
                .isEqualTo(ack.at("/ResponseHeader/responseRefID"));
        assertThat(callback.at("/ResponseHeader/responseCode").textValue()).isEqualTo(code);
        assertThat(callback.at("/ResponseBody/ResponseData/0/Value").asText()).isEqualTo("0000000000");
        assertThat(callback.at("/ResponseBody/ResponseData/1/Value").asText()).isEqualTo(code);
        assertThat(callback.at("/ResponseBody/ResponseData/2/Value").asText()).isEqualTo("ERROR");
        assertThat(callback.at("/ResponseBody/ResponseData/3/Value").asText()).isEqualTo("*********001");
        sim.clock().advance(Duration.ofDays(60));
        assertThat(sim.books().payments()).isEmpty();
        assertThat(sim.counters().count("ratiba.failed")).isEqualTo(1);
    }

    @Test
    void debitsDailyAndConfirms() {
        register(payBill);
        agreed(request());
        sim.clock().advance(Duration.ofDays(1));
        assertThat(sim.books().payments()).hasSize(1);
        LedgerEntry entry = sim.books().payments().get(0);
        assertThat(entry.at()).isEqualTo(tomorrow.atTime(6, 0).atZone(NAIROBI).toInstant());
        assertThat(entry.accountReference()).isEqualTo("RENT");
        await().until(() -> receiver.at(CONFIRMATION).size() == 1);
        assertThat(receiver.at(CONFIRMATION).get(0).text("BillRefNumber")).isEqualTo("RENT");
        sim.clock().advance(Duration.ofDays(30));
        assertThat(sim.books().payments()).as("until the end date").hasSize(11);
        StandingOrder order = sim.standingOrders().all().get(0);
        assertThat(order.status()).isEqualTo(Status.ENDED);
        assertThat(order.receipts()).hasSize(11).startsWith(entry.receipt());
        assertThat(sim.counters().count("ratiba.debits")).isEqualTo(11);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 366", "3, 53", "4, 13", "5, 7", "6, 5", "7, 3", "8, 2"})
    void knowsEightFrequencies(int frequency, int debits) {
        agreed(request().put("Frequency", Integer.toString(frequency)).put("Amount", "1")
                .put("EndDate", date(tomorrow.plusYears(1))));
        sim.clock().advance(Duration.ofDays(367));
        assertThat(sim.books().payments().size()).isBetween(debits, frequency == 2 ? 367 : debits);
    }

    @Test
    void debitsNothingWithoutMoney() {
        sim.customers().add(Shop.PHONE, 250, "1234");
        agreed(request());
        sim.clock().advance(Duration.ofDays(2));
        assertThat(sim.books().payments()).hasSize(2);
        sim.clock().advance(Duration.ofDays(1));
        assertThat(sim.books().payments()).hasSize(2);
        assertThat(sim.counters().count("ratiba.missed")).isEqualTo(1);
        sim.customers().add(Shop.PHONE, 1000, "1234");
        sim.clock().advance(Duration.ofDays(1));
        assertThat(sim.books().payments()).as("only what is due now").hasSize(3);
        assertThat(sim.standingOrders().all().get(0).missed()).isEqualTo(1);
    }

    @Test
    void debitsAtOnceWhenDueToday() {
        agreed(request().put("StartDate", date(tomorrow.minusDays(1))));
        assertThat(sim.books().payments()).hasSize(1);
    }

    @Test
    void servesTills() {
        agreed(request().put("BusinessShortCode", till).put("ReceiverPartyIdentifierType", "2")
                .put("TransactionType", "Standing Order Customer Pay Marchant"));
        sim.clock().advance(Duration.ofDays(1));
        assertThat(sim.books().merchantBalance(till)).isEqualTo(100);
    }

    @Test
    void refusesTheSameNameTwice() {
        agreed(request());
        assertThat(failing(request())).isEqualTo("1050");
        assertThat(failing(request().put("PartyA", "254722000002"))).isEqualTo("0");
        assertThat(failing(request().put("StandingOrderName", "Water"))).isEqualTo("0");
        sim.standingOrders().cancel(sim.standingOrders().all().get(0).id());
        assertThat(failing(request())).isEqualTo("0");
    }

    @Test
    void asksOnlyOnceAtATime() {
        sim.standingOrders().next(StandingOrderScript.neverAnswers());
        shop.post(RatibaFamily.PATH, request());
        assertThat(failing(request().put("StandingOrderName", "Water"))).isEqualTo("1001");
        sim.clock().advance(Duration.ofSeconds(60));
        await().until(() -> receiver.at(CALLBACK).size() == 2);
        assertThat(receiver.at(CALLBACK).get(1).json().at("/ResponseHeader/responseCode").asText())
                .isEqualTo("1037");
    }

    @ParameterizedTest
    @CsvSource({"EndDate, 20200101", "StartDate, 20200101", "BusinessShortCode, 600123",
        "ReceiverPartyIdentifierType, 2", "TransactionType, Standing Order Customer Pay Marchant"})
    void findsNonsenseLate(String field, String value) {
        assertThat(failing(request().put(field, value))).isEqualTo("1051");
    }

    @ParameterizedTest
    @CsvSource({"StandingOrderName, ''", "StartDate, 2026-01-01", "EndDate, 20260230", "BusinessShortCode, x",
        "TransactionType, Standing Order Customer Pay Merchant", "ReceiverPartyIdentifierType, 1", "Amount, 1.5",
        "PartyA, 0722000001", "CallBackURL, x", "AccountReference, 1234567890123", "TransactionDesc, 12345678901234",
        "Frequency, 9"})
    void namesTheBadField(String field, String value) {
        HttpResponse<String> answer = shop.post(RatibaFamily.PATH, request().put(field, value));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("400.002.02", "Bad Request - Invalid " + field + "\"");
        assertThat(sim.counters().count("ratiba.refused")).isEqualTo(1);
    }

    @Test
    void takesNumbers() {
        assertThat(failing(request().put("Amount", 100).put("Frequency", 2).put("StartDate",
                Integer.parseInt(date(tomorrow))))).isEqualTo("0");
    }

    @Test
    void cancelsOnlyWhatRuns() {
        agreed(request());
        String id = sim.standingOrders().all().get(0).id();
        controlled("/standing-orders/" + id + "/cancel", "");
        assertThatThrownBy(() -> sim.standingOrders().cancel(id)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> sim.standingOrders().cancel("x")).isInstanceOf(NoSuchElementException.class);
        sim.clock().advance(Duration.ofDays(5));
        assertThat(sim.books().payments()).isEmpty();
        assertThat(control("/standing-orders/x/cancel", "").statusCode()).isEqualTo(404);
        JsonNode view = shop.json(shop.send(shop.to("/simulator/standing-orders").GET())).path(0);
        assertThat(view.path("status").asText()).isEqualTo("CANCELLED");
        assertThat(view.path("start").asText()).isEqualTo(tomorrow.toString());
    }

    @Test
    void callsBackAsScripted() {
        sim.standingOrders().next(StandingOrderScript.agrees().otherCase().swappedIds().duplicateCallback());
        String id = shop.json(shop.post(RatibaFamily.PATH, request())).at("/ResponseHeader/responseRefID").asText();
        sim.clock().advance(SECOND);
        await().until(() -> receiver.at(CALLBACK).size() == 2);
        assertThat(receiver.at(CALLBACK).get(0).json().at("/ResponseHeader/requestRefID").asText()).isEqualTo(id);
        receiver.all.clear();

        sim.standingOrders().forPhone("254722000002", StandingOrderScript.result("1032").contradictingFirst("0"));
        shop.post(RatibaFamily.PATH, request().put("PartyA", "254722000002"));
        sim.clock().advance(SECOND);
        await().until(() -> receiver.at(CALLBACK).size() == 2);
        assertThat(receiver.at(CALLBACK).get(0).json().has("responseHeader")).isTrue();
        assertThat(receiver.at(CALLBACK).get(1).json().has("ResponseHeader")).isTrue();
        receiver.all.clear();

        sim.standingOrders().next(StandingOrderScript.agrees().callbackBeforeAnswer().callbackBody("<oops/>"));
        shop.post(RatibaFamily.PATH, request().put("PartyA", "254722000003"));
        assertThat(receiver.at(CALLBACK)).extracting(Receiver.Received::body).containsExactly("<oops/>");
    }

    @Test
    void shapesCallbacksOddly() {
        sim.standingOrders().next(StandingOrderScript.agrees().permuted().withoutTransactionId());
        shop.post(RatibaFamily.PATH, request());
        JsonNode data = callback().at("/responseBody/responseData");
        assertThat(data).extracting(item -> item.path("name").asText())
                .containsExactly("Msisdn", "Status", "responseCode");
    }

    @Test
    void losesCallbacksOrSendsThemLate() {
        sim.standingOrders().next(StandingOrderScript.agrees().lostCallback());
        shop.post(RatibaFamily.PATH, request());
        sim.standingOrders().next(StandingOrderScript.agrees().callbackAfter(Duration.ofMinutes(1)));
        shop.post(RatibaFamily.PATH, request().put("PartyA", "254722000002"));
        sim.clock().advance(SECOND);
        assertThat(sim.counters().count("ratiba.agreed")).isEqualTo(2);
        assertThat(sim.counters().callbacksSent()).isZero();
        sim.clock().advance(Duration.ofMinutes(1));
        await().until(() -> receiver.at(CALLBACK).size() == 1);
    }

    @Test
    void failsOnDemand() {
        sim.standingOrders().nextRequest(RequestFault.EMPTY_BODY);
        assertThat(shop.post(RatibaFamily.PATH, request()).body()).isEmpty();
        sim.standingOrders().nextRequestError(503, "1.2", "tea");
        assertThat(shop.post(RatibaFamily.PATH, request()).body()).contains("tea");
        controlled("/standing-orders/faults", "{\"call\": \"create\", \"fault\": \"REVOKED_TOKEN\"}");
        assertThat(shop.post(RatibaFamily.PATH, request()).body()).contains("404.001.03");
        assertThat(sim.counters().count("ratiba.accepted")).isEqualTo(1);
    }

    @Test
    void knowsEveryStepByControlCall() {
        List<String> methods = Arrays.stream(StandingOrderScript.class.getMethods())
                .filter(method -> method.getReturnType() == StandingOrderScript.class
                        && !method.getName().equals("agrees"))
                .filter(method -> !Modifier.isStatic(method.getModifiers()) || method.getName().equals("result"))
                .map(Method::getName).toList();
        String known = control("/standing-orders/scripts", "{\"?\": 1}").body();
        assertThat(methods).isNotEmpty().allMatch(known::contains);
        controlled("/standing-orders/scripts", "{\"result\": \"1032\", \"contradicting\": \"2001\"}");
        controlled("/standing-orders/scripts", "{\"phone\": \"254722000002\", \"neverAnswers\": true}");
        shop.post(RatibaFamily.PATH, request());
        shop.post(RatibaFamily.PATH, request().put("PartyA", "254722000002"));
        sim.clock().advance(Duration.ofSeconds(61));
        await().until(() -> receiver.at(CALLBACK).size() == 3);
        assertThat(receiver.at(CALLBACK)).extracting(r -> r.json().at("/ResponseHeader/responseCode").asText())
                .containsExactlyInAnyOrder("1032", "2001", "1037");
    }

    private void agreed(ObjectNode request) {
        assertThat(failing(request)).isEqualTo("0");
    }

    /** The result code of a request. */
    private String failing(ObjectNode request) {
        receiver.all.clear();
        HttpResponse<String> answer = shop.post(RatibaFamily.PATH, request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode callback = callback();
        return callback.path(callback.has("responseHeader") ? "responseHeader" : "ResponseHeader")
                .path("responseCode").asText();
    }

    private JsonNode callback() {
        sim.clock().advance(SECOND);
        await().until(() -> receiver.at(CALLBACK).size() == 1);
        return receiver.at(CALLBACK).get(0).json();
    }

    private ObjectNode request() {
        return shop.mapper.createObjectNode()
                .put("StandingOrderName", "Rent of the shop")
                .put("StartDate", date(tomorrow))
                .put("EndDate", date(tomorrow.plusDays(10)))
                .put("BusinessShortCode", payBill)
                .put("TransactionType", "Standing Order Customer Pay Bill")
                .put("ReceiverPartyIdentifierType", "4")
                .put("Amount", "100")
                .put("PartyA", Shop.PHONE)
                .put("CallBackURL", receiver.url(CALLBACK))
                .put("AccountReference", "RENT")
                .put("TransactionDesc", "Rent")
                .put("Frequency", "2");
    }

    private static String date(LocalDate day) {
        return DateTimeFormatter.BASIC_ISO_DATE.format(day);
    }
}
