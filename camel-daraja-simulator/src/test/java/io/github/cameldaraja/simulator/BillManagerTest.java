package io.github.cameldaraja.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.cameldaraja.simulator.wire.Times;

class BillManagerTest extends SimulatorTest {

    private static final String DONE = "{\"resmsg\":\"Success\",\"rescode\":\"200\"}";

    private FlatShop flat;

    @BeforeEach
    void freeze() {
        flat = new FlatShop(sim, shop);
        sim.clock().freeze();
    }

    @AfterEach
    void verify() {
        sim.books().verify();
    }

    @Test
    void optsIn() {
        JsonNode answer = flat.json(flat.bill("optin", flat.optInBody()));
        assertThat(answer.fieldNames()).toIterable().containsExactly("app_key", "resmsg", "rescode");
        assertThat(answer.path("app_key").asText()).matches("AG_\\d{10}_\\d{9}[A-Z]{2}");
        assertThat(flat.bill("change-optin-details", flat.optInBody().put("sendReminders", 0)).body())
                .isEqualTo(DONE);
    }

    @Test
    void refusesToOptInTwiceOrForOthers() {
        flat.bill("optin", flat.optInBody());
        assertConflict(flat.bill("optin", flat.optInBody()), "Biller already Registered");
        assertConflict(flat.bill("optin", flat.optInBody().put("shortcode", "574999")),
                "Invalid consumer key/shortcode");
        assertConflict(flat.bill("change-optin-details",
                flat.optInBody().put("shortcode", sim.credentials().tillNumber())), "Invalid consumer key/shortcode");
        assertThat(sim.counters().count("bills.optIn.refused")).isEqualTo(2);
    }

    @Test
    void hasItsOwnEnvelopeForBadTokens() {
        HttpResponse<String> answer = shop.send(shop.to(FlatShop.BILLS + "/optin")
                .header("Authorization", "Bearer nonsense").POST(BodyPublishers.ofString("{}")));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body())
                .isEqualTo("{\"errorCode\":\"401\",\"errorMessage\":\"Unauthorized - Invalid Access Token\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"app_key", "appKey"})
    void sendsAnInvoice(String header) {
        flat.optIn();
        assertThat(flat.bill("single-invoicing", flat.invoiceBody("INV1"), header).body()).isEqualTo(
                "{\"Status_Message\":\"Invoice sent successfully\",\"resmsg\":\"Success\",\"rescode\":\"200\"}");
        BillInvoice invoice = sim.billManager().invoices().get(0);
        assertThat(invoice.phone()).isEqualTo("254722000001");
        assertThat(invoice.dueDate()).isEqualTo(LocalDate.of(2099, 12, 5));
        assertThat(invoice.open()).isTrue();
        assertThat(sim.counters().count("bills.invoices")).isEqualTo(1);
    }

    @Test
    void wantsTheAppKey() {
        assertConflict(flat.bill("single-invoicing", flat.invoiceBody("INV1")), "Invalid consumer key/shortcode");
        assertThat(sim.billManager().invoices()).isEmpty();
    }

    @Test
    void refusesWhatItCannotBill() {
        flat.optIn();
        flat.bill("single-invoicing", flat.invoiceBody("INV1"));
        assertConflict(flat.bill("single-invoicing", flat.invoiceBody("INV1")), "Duplicate external reference");
        assertConflict(flat.bill("single-invoicing", flat.invoiceBody("INV2").put("billedPhoneNumber", "555")),
                "phone number");
        assertConflict(flat.bill("single-invoicing", flat.invoiceBody("INV2").put("dueDate", "5.12.2026")),
                "due date");
        assertThat(sim.billManager().invoices()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"externalReference", "billedFullName", "billedPhoneNumber", "billedPeriod", "invoiceName",
        "dueDate", "accountReference", "amount"})
    void namesTheMissingField(String field) {
        flat.optIn();
        ObjectNode body = flat.invoiceBody("INV1");
        body.remove(field);
        assertThat(flat.bill("single-invoicing", body).body()).contains("Bad Request - Invalid " + field);
    }

    @ParameterizedTest
    @CsvSource({"email, nobody", "officialContact, 12", "sendReminders, 2", "callbackurl, nowhere"})
    void namesTheBadField(String field, String value) {
        assertThat(flat.bill("optin", flat.optInBody().put(field, value)).body())
                .contains("Bad Request - Invalid " + field);
    }

    @Test
    void sendsThousandInvoicesButNotMore() {
        flat.optIn();
        ArrayNode bulk = flat.array();
        for (int i = 0; i < 1000; i++) {
            bulk.add(flat.invoiceBody("BULK" + i));
        }
        assertThat(flat.bill("bulk-invoicing", bulk).body()).contains("Invoice sent successfully");
        assertThat(sim.billManager().invoices()).hasSize(1000);
        bulk.add(flat.invoiceBody("BULK1000"));
        assertThat(flat.bill("bulk-invoicing", bulk).body()).contains("400.002.05");
        assertThat(flat.bill("bulk-invoicing", flat.array()).body()).contains("400.002.05");
        assertThat(flat.bill("bulk-invoicing", flat.invoiceBody("X")).body()).contains("400.002.05");
        assertThat(sim.billManager().invoices()).hasSize(1000);
    }

    @Test
    void sendsABulkAsAWhole() {
        flat.optIn();
        ArrayNode bulk = flat.array().add(flat.invoiceBody("A")).add(flat.invoiceBody("A"));
        assertConflict(flat.bill("bulk-invoicing", bulk), "Duplicate external reference A");
        assertThat(sim.billManager().invoices()).isEmpty();
    }

    @Test
    void notifiesThePaymentUntilItIsAcknowledged() {
        flat.optIn();
        flat.bill("single-invoicing", flat.invoiceBody("INV1"));
        shop.callbackStatus = 500;

        LedgerEntry entry = sim.billManager().pay(Shop.PHONE, sim.credentials().shortCode(), " house7 ", 900);

        assertThat(sim.billManager().invoices().get(0).open()).isFalse();
        attempt(1, Duration.ofSeconds(1));
        JsonNode notification = shop.callbacks.get(0).json();
        assertThat(notification.toString()).isEqualTo("{\"transactionId\":\"" + entry.receipt()
                + "\",\"paidAmount\":\"900\",\"msisdn\":\"254722000001\",\"dateCreated\":\""
                + LocalDate.ofInstant(entry.at(), Times.NAIROBI) + "\",\"accountReference\":\" house7 \","
                + "\"shortCode\":\"574100\"}");
        attempt(2, Duration.ofMinutes(1));
        shop.callbackStatus = 200;
        shop.callbackBody = DONE;
        attempt(3, Duration.ofMinutes(1));
        await().until(() -> sim.counters().count("bills.acknowledged") == 1);
        sim.clock().advance(Duration.ofHours(1));
        assertThat(sim.counters().count("bills.notifications")).isEqualTo(3);

        shop.forgetToken();
        assertThat(flat.bill("reconciliation", flat.reconciliationBody(entry.receipt(), "INV1")).body())
                .isEqualTo(DONE);
        assertThat(sim.billManager().invoices().get(0).receiptSent()).isTrue();
        assertThat(sim.counters().count("bills.receipts")).isEqualTo(1);
    }

    @Test
    void givesUpAfterFiveAttempts() {
        flat.optIn();
        shop.callbackBody = "{\"resmsg\":\"Success\"}";
        sim.billManager().pay(Shop.PHONE, sim.credentials().shortCode(), "HOUSE7", 10);
        attempt(1, Duration.ofSeconds(1));
        for (int number = 2; number <= 5; number++) {
            attempt(number, Duration.ofMinutes(1));
        }
        await().until(() -> sim.counters().count("bills.givenUp") == 1);
        sim.clock().advance(Duration.ofHours(1));
        assertThat(shop.callbacks).hasSize(5);
    }

    @Test
    void notifiesPaymentsOfPushesToo() {
        flat.optIn();
        flat.bill("single-invoicing", flat.invoiceBody("INV1").put("accountReference", "ORDER7"));
        shop.callbackBody = DONE;
        shop.accepted(Shop.PHONE, 400);
        sim.clock().advance(Duration.ofSeconds(2));
        await().until(() -> sim.counters().count("bills.acknowledged") == 1);
        assertThat(sim.billManager().invoices().get(0).paid()).isEqualByComparingTo("400");
    }

    @Test
    void losesAndDoublesNotifications() {
        flat.optIn();
        shop.callbackBody = DONE;
        sim.billManager().nextNotification(CallbackScript.usual().lost());
        flat.control("/bills/notifications/faults", "{\"twice\": true, \"field\": {\"paidAmount\": 11.0}}");
        for (int i = 0; i < 2; i++) {
            assertThat(flat.control("/bills/payments", "{\"phone\": \"254722000001\", \"shortCode\": \"574100\","
                    + " \"accountReference\": \"X\", \"amount\": 11}").body()).startsWith("{\"receipt\":");
        }
        sim.clock().advance(Duration.ofSeconds(1));
        await().until(() -> shop.callbacks.size() == 2);
        assertThat(shop.callbacks.get(0).body()).contains("\"paidAmount\":11.0");
        assertThat(sim.books().payments()).hasSize(2);
    }

    @Test
    void cancelsWhatIsNotPaid() {
        flat.optIn();
        flat.bill("single-invoicing", flat.invoiceBody("INV1"));
        flat.bill("single-invoicing", flat.invoiceBody("INV2").put("accountReference", "HOUSE8"));
        sim.billManager().pay(Shop.PHONE, sim.credentials().shortCode(), "HOUSE8", 1);

        assertThat(flat.bill("cancel-single-invoice", reference("INV2")).body()).isEqualTo(
                "{\"Status_Message\":\"partially or fully paid invoices cannot be cancelled.\","
                        + "\"resmsg\":\"Conflict\",\"rescode\":\"409\",\"errors\":[]}");
        assertConflict(flat.bill("cancel-bulk-invoices", flat.array().add(reference("INV1")).add(reference("INV2"))),
                "cannot be cancelled");
        assertThat(flat.bill("cancel-bulk-invoice", flat.array().add(reference("INV1")).add(reference("INV1")))
                .body()).isEqualTo("{\"Status_Message\":\"Invoice cancelled successfuly.\","
                        + "\"resmsg\":\"Success\",\"rescode\":\"200\",\"errors\":[]}");
        assertConflict(flat.bill("cancel-single-invoice", reference("INV1")), "Invoice does not exist.");
        assertThat(sim.counters().count("bills.cancelled")).isEqualTo(1);
        JsonNode view = flat.json(shop.send(shop.to("/simulator/bills").GET()));
        assertThat(view.at("/0/cancelled").asBoolean()).isTrue();
        assertThat(view.at("/1/paid").asInt()).isEqualTo(1);
    }

    @Test
    void reconcilesOnlyWhatHappened() {
        flat.optIn();
        assertConflict(flat.bill("reconciliation", flat.reconciliationBody("NOSUCH0001", "INV1")), "Transaction");
        String receipt = sim.billManager().pay(Shop.PHONE, sim.credentials().shortCode(), "X", 1).receipt();
        assertConflict(flat.bill("reconciliation", flat.reconciliationBody(receipt, "INV1")), "Invoice");
    }

    @Test
    void remindsThreeTimes() {
        flat.optIn();
        LocalDate due = LocalDate.ofInstant(sim.clock().instant(), Times.NAIROBI).plusDays(10);
        flat.bill("single-invoicing", flat.invoiceBody("INV1").put("dueDate", due + " 00:00:00.00"));
        sim.clock().advance(Duration.ofDays(4));
        assertThat(sim.counters().count("bills.reminders")).isEqualTo(1);
        sim.clock().advance(Duration.ofDays(7));
        assertThat(sim.counters().count("bills.reminders")).isEqualTo(3);
    }

    @Test
    void customersCannotPayWhatTheyHaveNot() {
        assertThatThrownBy(() -> sim.billManager().pay(Shop.PHONE, "574100", "X", 100_001))
                .isInstanceOf(IllegalStateException.class);
        assertThat(flat.control("/bills/payments", "{\"phone\": \"254722000001\", \"shortCode\": \"574100\","
                + " \"amount\": 100001}").statusCode()).isEqualTo(409);
        assertThat(sim.books().payments()).isEmpty();
    }

    @Test
    void livesUnderAnotherPrefix() {
        SimulatorSettings settings = SimulatorSettings.defaults()
                .withBillManagerPrefix(FlatShop.BILLS + FlatShop.BILLS);
        try (DarajaSimulator other = DarajaSimulator.start(settings); Shop otherShop = new Shop(other)) {
            FlatShop doubled = new FlatShop(other, otherShop, FlatShop.BILLS + FlatShop.BILLS);
            assertThat(doubled.bill("optin", doubled.optInBody()).body()).contains("app_key");
            assertThat(new FlatShop(other, otherShop).bill("optin", doubled.optInBody()).statusCode())
                    .isEqualTo(404);
        }
    }

    private ObjectNode reference(String externalReference) {
        return flat.object().put("externalReference", externalReference);
    }

    /** The answer to the attempt before plans this one, so that one step may come too early. */
    private void attempt(int number, Duration wait) {
        await().until(() -> {
            if (sim.counters().count("bills.notifications") < number) {
                sim.clock().advance(wait);
            }
            return shop.callbacks.size() == number;
        });
    }

    private void assertConflict(HttpResponse<String> answer, String text) {
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode body = flat.json(answer);
        assertThat(body.path("rescode").asText()).isEqualTo("409");
        assertThat(body.path("resmsg").asText()).isEqualTo("Conflict");
        assertThat(body.path("Status_Message").asText()).contains(text);
    }
}
