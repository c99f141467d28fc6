package io.github.cameldaraja.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.cameldaraja.simulator.PhonePayment.Outcome;
import io.github.cameldaraja.simulator.c2b.C2bFamily;

class C2bPaymentTest extends MerchantTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void paysSilentlyWithoutAddresses() {
        PhonePayment payment = sim.c2b().pay(Shop.PHONE, payBill, " inv #7 ", 50).join();
        assertThat(payment.paid()).isTrue();
        LedgerEntry entry = sim.books().payments().get(0);
        assertThat(entry.receipt()).isEqualTo(payment.receipt()).matches("[A-Z][A-L][1-9A-V][A-Z0-9]{7}");
        assertThat(entry.accountReference()).isEqualTo(" inv #7 ");
        assertThat(entry.checkoutRequestId()).isNull();
        assertThat(sim.books().merchantBalance(payBill)).isEqualTo(50);
        assertThat(sim.counters().count("c2b.unregistered")).isEqualTo(1);
        assertThat(sim.counters().callbacksSent()).isZero();
    }

    @Test
    void confirmsAPayBillWithAMaskedNumber() {
        register(payBill);
        PhonePayment payment = sim.c2b().pay(Shop.PHONE, payBill, "Inv 7", 50).join();
        Receiver.Received news = news();
        assertThat(news.body()).startsWith("{\"TransactionType\":\"Pay Bill\",\"TransID\":\"" + payment.receipt());
        assertThat(fields(news.json())).containsExactly("TransactionType", "TransID", "TransTime", "TransAmount",
                "BusinessShortCode", "BillRefNumber", "InvoiceNumber", "OrgAccountBalance", "ThirdPartyTransID",
                "MSISDN", "FirstName", "MiddleName", "LastName");
        assertThat(news.json().path("TransAmount").textValue()).isEqualTo("50.00");
        assertThat(news.json().path("OrgAccountBalance").textValue()).isEqualTo("50.00");
        assertThat(news.json().path("BusinessShortCode").textValue()).isEqualTo(payBill);
        assertThat(news.text("TransTime")).matches("\\d{14}");
        assertThat(news.text("BillRefNumber")).isEqualTo("Inv 7");
        assertThat(news.text("MSISDN")).isEqualTo("2547 ***** 001");
        assertThat(news.text("FirstName")).isEqualTo("Customer");
        assertThat(news.text("LastName")).isEqualTo("0001");
        assertThat(news.header("Businessshortcode")).isEqualTo(payBill);
        assertThat(news.header("Content-type")).isEqualTo("application/json;charset=UTF-8");
        assertThat(receiver.at(VALIDATION)).as("validation is not activated").isEmpty();
    }

    @Test
    void hashesTheNumberInVersionOne() {
        shop.post(C2bFamily.REGISTER_V1_PATH, registration(payBill, "Completed"));
        sim.c2b().pay("254705912645", payBill, "A", 5);
        assertThat(news().text("MSISDN"))
                .isEqualTo("94c392c311d522da950619227b3361752a42042db7e1e699b26e628305c68a88");
    }

    @Test
    void confirmsATillToItsStore() {
        register(store);
        assertThat(sim.c2b().payTill(Shop.PHONE, till, 50).join().paid()).isTrue();
        Receiver.Received news = news();
        assertThat(news.text("TransactionType")).isEqualTo("Customer Merchant Payment");
        assertThat(news.text("BusinessShortCode")).isEqualTo(store);
        assertThat(news.json().path("BillRefNumber").textValue()).isEmpty();
        assertThat(news.text("OrgAccountBalance")).isEqualTo("50.00");
        assertThat(sim.books().balance(till, "Merchant Account")).isEqualTo(50);
    }

    @Test
    void tellsNobodyOfPaymentsThatFail() {
        register(payBill);
        sim.customers().add(Shop.PHONE, 49, "1234");
        assertThat(sim.c2b().pay(Shop.PHONE, payBill, "A", 50).join().outcome()).isEqualTo(Outcome.UNAFFORDABLE);
        sim.clock().advance(SECOND);
        assertThat(sim.counters().callbacksSent()).isZero();
        assertThat(sim.counters().count("c2b.unaffordable")).isEqualTo(1);
        assertThat(sim.books().payments()).isEmpty();
    }

    @Test
    void refusesWhatNoPhoneWouldSend() {
        assertThatThrownBy(() -> sim.c2b().pay("0722000001", payBill, "A", 5))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sim.c2b().pay(Shop.PHONE, "x", "A", 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sim.c2b().pay(Shop.PHONE, payBill, "A", 250_001))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sim.c2b().pay(Shop.PHONE, payBill, "", 5))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sim.c2b().pay(Shop.PHONE, payBill, "123456789012345678901", 5))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void asksBeforeAndEchoesTheMerchantsId() {
        validating("Completed");
        receiver.reply(VALIDATION, 200,
                "{\"ResultCode\":\"0\",\"ResultDesc\":\"Accepted\",\"ThirdPartyTransID\":\"77-a\"}");
        PhonePayment payment = sim.c2b().pay(Shop.PHONE, payBill, "Inv 7", 50).join();
        assertThat(payment.paid()).isTrue();
        Receiver.Received question = receiver.at(VALIDATION).get(0);
        assertThat(question.text("TransID")).isEqualTo(payment.receipt());
        assertThat(question.json().path("TransAmount").textValue()).isEqualTo("50");
        assertThat(question.json().path("OrgAccountBalance").textValue()).isEmpty();
        assertThat(question.json().path("ThirdPartyTransID").textValue()).isEmpty();
        assertThat(question.text("MSISDN")).isEqualTo("2547 ***** 001");
        Receiver.Received news = news();
        assertThat(news.text("ThirdPartyTransID")).isEqualTo("77-a");
        assertThat(news.text("TransID")).isEqualTo(payment.receipt());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "\"0\"", "\"00000000\""})
    void knowsManyZeros(String code) {
        validating("Cancelled");
        receiver.reply(VALIDATION, 200, "{\"ResultCode\":" + code + "}");
        assertThat(sim.c2b().pay(Shop.PHONE, payBill, "A", 50).join().outcome()).isEqualTo(Outcome.PAID);
    }

    @ParameterizedTest
    @CsvSource({"C2B00011", "C2B00016", "1", "-1"})
    void isRefusedByAnyOtherCode(String code) {
        validating("Completed");
        receiver.reply(VALIDATION, 200, "{\"ResultCode\":\"" + code + "\",\"ResultDesc\":\"Rejected\"}");
        PhonePayment payment = sim.c2b().pay(Shop.PHONE, payBill, "A", 50).join();
        assertThat(payment.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(payment.code()).isEqualTo(code);
        sim.clock().advance(SECOND);
        assertThat(receiver.at(CONFIRMATION)).isEmpty();
        assertThat(sim.books().payments()).isEmpty();
        assertThat(sim.counters().count("c2b.validationRefusals")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"Completed, PAID", "Cancelled, CANCELLED"})
    void followsTheDefaultAfterEightSeconds(String responseType, Outcome outcome) {
        validating(responseType);
        receiver.ignore(VALIDATION);
        sim.clock().freeze();
        CompletableFuture<PhonePayment> payment = sim.c2b().pay(Shop.PHONE, payBill, "A", 50);
        await().until(() -> receiver.at(VALIDATION).size() == 1);
        sim.clock().advance(Duration.ofMillis(7_999));
        assertThat(payment).isNotDone();
        sim.clock().advance(Duration.ofMillis(1));
        assertThat(payment.join().outcome()).isEqualTo(outcome);
        assertThat(sim.books().payments()).hasSize(outcome == Outcome.PAID ? 1 : 0);
        assertThat(sim.counters().count("c2b.validationTimeouts")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"500, '{\"ResultCode\":\"0\"}', Cancelled, CANCELLED", "200, oops, Cancelled, CANCELLED",
        "200, '{}', Cancelled, CANCELLED", "404, '', Completed, PAID"})
    void followsTheDefaultAfterNonsense(int status, String body, String responseType, Outcome outcome) {
        validating(responseType);
        receiver.reply(VALIDATION, status, body);
        assertThat(sim.c2b().pay(Shop.PHONE, payBill, "A", 50).join().outcome()).isEqualTo(outcome);
    }

    @Test
    void followsTheDefaultWhenNobodyIsThere() {
        validating("Cancelled");
        shop.post(C2bFamily.REGISTER_PATH,
                registration(payBill, "Cancelled").put("ValidationURL", "http://127.0.0.1:1/closed"));
        assertThat(sim.c2b().pay(Shop.PHONE, payBill, "A", 50).join().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void forgetsPaymentsInAReset() {
        validating("Completed");
        receiver.ignore(VALIDATION);
        CompletableFuture<PhonePayment> payment = sim.c2b().pay(Shop.PHONE, payBill, "A", 50);
        await().until(() -> receiver.at(VALIDATION).size() == 1);
        sim.reset();
        receiver.close();
        assertThat(payment.join().outcome()).isEqualTo(Outcome.FORGOTTEN);
        assertThat(sim.books().payments()).isEmpty();
    }

    @Test
    void canAskFromTheStart() {
        try (DarajaSimulator asking = DarajaSimulator.start(
                SimulatorSettings.defaults().withValidation(true)); Shop merchant = new Shop(asking)) {
            merchant.post(C2bFamily.REGISTER_PATH, registration(payBill, "Completed"));
            assertThat(asking.c2b().pay(Shop.PHONE, payBill, "A", 50).join().paid()).isTrue();
            assertThat(receiver.at(VALIDATION)).hasSize(1);
            asking.c2b().validation(payBill, false);
            asking.c2b().pay(Shop.PHONE, payBill, "A", 50).join();
            assertThat(receiver.at(VALIDATION)).hasSize(1);
        }
    }

    @Test
    void simulates() {
        register(payBill);
        JsonNode v2 = shop.json(shop.post(C2bFamily.SIMULATE_PATH, simulation()));
        assertThat(fields(v2)).containsExactly("OriginatorCoversationID", "ResponseCode", "ResponseDescription");
        assertThat(v2.path("ResponseCode").textValue()).isEqualTo("0");
        assertThat(v2.path("ResponseDescription").asText()).isEqualTo("Accept the service request successfully.");
        JsonNode v1 = shop.json(shop.post(C2bFamily.SIMULATE_V1_PATH, simulation()));
        assertThat(fields(v1)).containsExactly("ConversationID", "OriginatorCoversationID", "ResponseDescription");
        sim.clock().advance(SECOND);
        await().until(() -> receiver.at(CONFIRMATION).size() == 2);
        assertThat(sim.books().merchantBalance(payBill)).isEqualTo(14);
        assertThat(sim.counters().count("c2b.simulations")).isEqualTo(2);
        assertThat(sim.counters().count("c2b.paid")).isEqualTo(2);
    }

    @Test
    void simulatesTills() {
        register(store);
        ObjectNode body = simulation().put("ShortCode", store).put("CommandID", "CustomerBuyGoodsOnline");
        body.putNull("BillRefNumber");
        assertThat(shop.post(C2bFamily.SIMULATE_PATH, body).statusCode()).isEqualTo(200);
        sim.clock().advance(SECOND);
        assertThat(news().text("TransactionType")).isEqualTo("Customer Merchant Payment");
    }

    @ParameterizedTest
    @CsvSource({"ShortCode, 1", "CommandID, PayBill", "CommandID, CustomerBuyGoodsOnline", "Amount, 1.5", "Amount, 0",
        "Amount, 250001", "Msisdn, 0722000001", "BillRefNumber, ''", "BillRefNumber, 123456789012345678901"})
    void namesTheBadFieldOfASimulation(String field, String value) {
        HttpResponse<String> answer = shop.post(C2bFamily.SIMULATE_PATH, simulation().put(field, value));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("400.003.02", "Bad Request - Invalid " + field);
    }

    @Test
    void simulatesOwnShortCodesOnly() {
        assertThat(shop.post(C2bFamily.SIMULATE_PATH, simulation().put("ShortCode", 600123)).body())
                .contains("Kindly use your own ShortCode");
    }

    @Test
    void losesTheAcknowledgementOfASimulation() {
        register(payBill);
        sim.c2b().nextSimulation(RequestFault.RESET_AFTER);
        assertThatThrownBy(() -> shop.post(C2bFamily.SIMULATE_PATH, simulation()))
                .hasRootCauseInstanceOf(IOException.class);
        sim.c2b().nextSimulationError(503, "1.2", "tea");
        assertThat(shop.post(C2bFamily.SIMULATE_PATH, simulation()).body()).contains("tea");
        sim.clock().advance(SECOND);
        assertThat(sim.books().payments()).hasSize(1);
    }

    @Test
    void confirmsBeforeItAnswers() {
        register(payBill);
        sim.clock().freeze();
        sim.c2b().nextConfirmation(ConfirmationScript.usual().beforeAnswer());
        shop.post(C2bFamily.SIMULATE_PATH, simulation());
        assertThat(receiver.at(CONFIRMATION)).hasSize(1);
    }

    @Test
    void paysByControlCall() {
        register(payBill);
        controlled("/c2b/validation", "{\"shortCode\": \"" + payBill + "\"}");
        receiver.reply(VALIDATION, 200, "{\"ResultCode\":\"C2B00012\"}");
        String body = "{\"phone\": \"254722000001\", \"shortCode\": \"" + payBill
                + "\", \"reference\": \"x 1\", \"amount\": 20}";
        JsonNode refused = controlled("/c2b/payments", body);
        assertThat(refused.path("outcome").asText()).isEqualTo("REFUSED");
        assertThat(refused.path("code").asText()).isEqualTo("C2B00012");
        controlled("/c2b/validation", "{\"shortCode\": \"" + payBill + "\", \"active\": false}");
        assertThat(controlled("/c2b/payments", body).path("outcome").asText()).isEqualTo("PAID");
        assertThat(control("/c2b/payments", body.replace("20}", "-1}")).statusCode()).isEqualTo(400);
        assertThat(control("/c2b/payments", "{}").body()).contains("missing: phone");
    }

    private void validating(String responseType) {
        register(payBill, responseType);
        sim.c2b().validation(payBill, true);
    }

    private ObjectNode simulation() {
        return shop.mapper.createObjectNode()
                .put("ShortCode", Integer.parseInt(payBill))
                .put("CommandID", "CustomerPayBillOnline")
                .put("Amount", 7)
                .put("Msisdn", 254722000001L)
                .put("BillRefNumber", "Inv 7");
    }

    private Receiver.Received news() {
        sim.clock().advance(SECOND);
        await().until(() -> receiver.at(CONFIRMATION).size() == 1);
        return receiver.at(CONFIRMATION).get(0);
    }

    private static List<String> fields(JsonNode node) {
        return node.properties().stream().map(Map.Entry::getKey).toList();
    }
}
