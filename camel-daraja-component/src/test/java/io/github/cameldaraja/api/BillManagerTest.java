package io.github.cameldaraja.api;

import static io.github.cameldaraja.api.SampleFiles.json;
import static io.github.cameldaraja.api.SampleFiles.object;
import static io.github.cameldaraja.api.SampleFiles.tree;
import static io.github.cameldaraja.api.SampleFiles.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invoices, and the payments that come of them. */
class BillManagerTest {

    private static final Owned OWNED = new SampleOwned(Map.of("ShortCode", "601426"));

    private final BillPayment payment = new BillPayment();

    private static BillInvoice.Request invoice(String reference, String name, String phone, String dueDate, String account,
                                               long amount, BillInvoice.Item... items) {
        return new BillInvoice.Request(reference, name, phone, "November 2026", "Water", dueDate, account,
                BigDecimal.valueOf(amount), items.length == 0 ? null : List.of(items));
    }

    private static BillInvoice.Item item(String name, long amount) {
        return new BillInvoice.Item(name, BigDecimal.valueOf(amount));
    }

    private static JsonNode wireOf(RequestApi api, Object request) {
        return wire(api.request(Fields.check(api, Json.toMap(request)), OWNED));
    }

    @TestFactory
    Stream<DynamicTest> requestsAreTheSamples() {
        Map<String, JsonNode> requests = new LinkedHashMap<>();
        requests.put("billOptIn", wireOf(new BillOptIn(), new BillOptIn.Request("billing@shop.example", "+254711223344", true,
                "https://shop.example/logo.png")));
        requests.put("billOptInUpdate", wireOf(new BillOptInUpdate(), new BillOptInUpdate.Request("billing@shop.example",
                "0711 223 344", false, null)));
        requests.put("billInvoice", wireOf(new BillInvoice(), invoice("#2026/0042", "Amina Otieno", "254711223344", "2026-12-05",
                "7B-0042", 1450, item("Use", 1300), item("Meter", 150))));
        requests.put("billInvoices", wireOf(new BillInvoices(), new BillInvoices.Request(List.of(
                invoice("2026-0043", "Baraka Wanjiru", "0733445566", "2026-12-05 18:30", "7C-0043", 900),
                invoice("2026-0044", "Chebet Kiprono", "0110998877", "2026-12-05", "7D-0044", 700, item("Use", 700))))));
        requests.put("billCancel", wireOf(new BillCancel(), new BillCancel.Request("2026-0043")));
        requests.put("billCancelAll", wireOf(new BillCancelAll(), new BillCancelAll.Request(List.of("2026-0043", "2026-0044"))));
        requests.put("billReconcile", wireOf(new BillReconcile(), new BillReconcile.Request("2026-11-21",
                BigDecimal.valueOf(1450), "7B-0042", "UKL7TW1AC5", "0711223344", "Amina Otieno", "Water", "#2026/0042")));
        return requests.entrySet().stream().map(entry -> DynamicTest.dynamicTest(entry.getKey(),
                () -> assertThat(entry.getValue()).isEqualTo(tree(entry.getKey() + "/request"))));
    }

    @TestFactory
    Stream<DynamicTest> pathsStandBelowThePrefix() {
        Map<RequestApi, String> paths = Map.of(
                new BillOptIn(), "optin",
                new BillOptInUpdate(), "change-optin-details",
                new BillInvoice(), "single-invoicing",
                new BillInvoices(), "bulk-invoicing",
                new BillCancel(), "cancel-single-invoice",
                new BillCancelAll(), "cancel-bulk-invoices",
                new BillReconcile(), "reconciliation");
        return paths.entrySet().stream().map(entry -> DynamicTest.dynamicTest(entry.getKey().name(), () ->
                assertThat(entry.getKey().path(null, OWNED)).isEqualTo("/v1/billmanager-invoice/" + entry.getValue())));
    }

    @Test
    void invoicesCarryTheKey() {
        Map<String, String> key = Map.of("app_key", OWNED.billManagerAppKey(), "appKey", OWNED.billManagerAppKey());

        assertThat(new BillInvoice().headers(OWNED)).isEqualTo(key);
        assertThat(new BillInvoices().headers(OWNED)).isEqualTo(key);
        assertThat(new BillOptIn().headers(OWNED)).isEmpty();
    }

    @Test
    void theKeyOfTheOptInIsReadAndHidden() {
        BillOptIn.Answer answer = new BillOptIn().answer(null, object("billOptIn/response"));

        assertThat(answer.appKey()).isEqualTo("AG_55aa66bb77_0099887766");
        assertThat(answer.code()).isEqualTo("200");
        assertThat(answer.toString()).doesNotContain("AG_55aa66bb77");
        assertThat(answer.details()).containsKey("app_key");
    }

    @TestFactory
    Stream<DynamicTest> answersAreRead() {
        return Stream.of(new BillOptInUpdate(), new BillInvoice(), new BillInvoices(), new BillCancel(), new BillReconcile())
                .map(api -> DynamicTest.dynamicTest(api.name(), () -> {
                    JsonObject answer = object(api.name() + "/response");
                    assertThat(api.success().refusal(answer, false)).isEmpty();
                    BillAnswer read = api.answer(null, answer);
                    assertThat(read.code()).isEqualTo("200");
                    assertThat(read.description()).isEqualTo("Success");
                    assertThat(read.statusMessage()).isEqualTo(answer.text("Status_Message"));
                    assertThat(read.details()).isEqualTo(answer.toMap());
                }));
    }

    @Test
    void aConflictIsRefusedInItsOwnWords() {
        SuccessRule.Refusal paid = new BillCancel().success().refusal(object("billCancel/refusal"), false).orElseThrow();
        assertThat(paid.kind()).isEqualTo(ErrorKind.REQUEST);
        assertThat(paid.code()).isEqualTo("409");
        assertThat(paid.text()).startsWith("partially or fully paid");
        SuccessRule.Refusal known = new BillOptIn().success().refusal(object("billOptIn/refusal"), false).orElseThrow();
        assertThat(known.kind()).isEqualTo(ErrorKind.REQUEST);
        assertThat(known.text()).isEqualTo("Biller already registered");
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{\"rescode\":null}", "{\"rescode\":\"500\"}", "{\"resmsg\":\"Success\"}" })
    void whatSaysNothingIsUnknown(String answer) {
        assertThat(new BillInvoice().success().refusal(json(answer), false).orElseThrow().kind()).isEqualTo(ErrorKind.UNKNOWN);
    }

    @Test
    void aNumberIsACodeToo() {
        assertThat(new BillInvoice().success().refusal(json("{\"rescode\":200}"), false)).isEmpty();
    }

    private static Map<String, Object> invoiceWith(String field, Object value) {
        Map<String, Object> invoice = new HashMap<>(Map.of("externalReference", "1", "billedFullName", "A", "phoneNumber",
                "0711223344", "billedPeriod", "p", "invoiceName", "n", "dueDate", "2026-12-05", "accountReference", "a",
                "amount", 1));
        invoice.put(field, value);
        return invoice;
    }

    @TestFactory
    Stream<DynamicTest> badInvoicesAreRefused() {
        Map<String, Object> bad = Map.of("amount", "1.50", "phoneNumber", "12345", "dueDate", "2026-02-30",
                "accountReference", "x".repeat(21), "invoiceItems", List.of(Map.of("itemName", "x")), "billedFullName", "a\nb",
                "externalReference", "");
        return bad.entrySet().stream().map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> assertThatThrownBy(
                () -> Fields.check(new BillInvoice(), invoiceWith(entry.getKey(), entry.getValue())))
                .isInstanceOf(InvalidFieldException.class)));
    }

    @Test
    void aBadInvoiceInAListIsNamed() {
        Map<String, Object> good = invoiceWith("externalReference", "2");
        assertThatThrownBy(() -> Fields.check(new BillInvoices(), Map.of("invoices", List.of(good, invoiceWith("amount", 0)))))
                .isInstanceOf(InvalidFieldException.class).hasMessageContaining("invoices[1].amount");
        assertThatThrownBy(() -> Fields.check(new BillInvoices(), Map.of("invoices", List.of(good, good))))
                .isInstanceOf(InvalidFieldException.class).hasMessageContaining("externalReference");
    }

    private static List<Map<String, Object>> invoices(int count) {
        return IntStream.range(0, count).mapToObj(i -> invoiceWith("externalReference", "i" + i)).toList();
    }

    @Test
    void aThousandInvoicesAreTheMost() {
        assertThat(Fields.check(new BillInvoices(), Map.of("invoices", invoices(1000))).json("invoices")).hasSize(1000);
        assertThatThrownBy(() -> Fields.check(new BillInvoices(), Map.of("invoices", invoices(1001))))
                .isInstanceOf(InvalidFieldException.class).hasMessageContaining("1000");
        assertThatThrownBy(() -> Fields.check(new BillCancelAll(), Map.of("invoices", Collections.nCopies(1001, "x"))))
                .isInstanceOf(InvalidFieldException.class).hasMessageContaining("1000");
    }

    @Test
    void aListOfCancellationsMayBeOfObjectsOrOfReferences() {
        BillCancelAll api = new BillCancelAll();
        List<Map<String, String>> objects = List.of(Map.of("externalReference", "2026-0043"),
                Map.of("externalReference", "2026-0044"));

        assertThat(wire(api.request(Fields.check(api, Map.of(api.listField(), objects)), OWNED)))
                .isEqualTo(tree("billCancelAll/request"));
        assertThatThrownBy(() -> Fields.check(api, Map.of("invoices", List.of()))).isInstanceOf(InvalidFieldException.class);
        assertThatThrownBy(() -> Fields.check(api, Map.of("invoices", Collections.singletonList(null))))
                .isInstanceOf(InvalidFieldException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = { "true", "1", "TRUE" })
    void remindersAreAFlag(String word) {
        BillOptIn api = new BillOptIn();
        Fields fields = Fields.check(api, Map.of("email", "a@b.example", "phoneNumber", "0711223344", "sendReminders", word));

        assertThat(api.request(fields, OWNED).get("sendReminders").asText()).isEqualTo("1");
        assertThatThrownBy(() -> Fields.check(api, Map.of("email", "nobody", "phoneNumber", "0711223344", "sendReminders", "1")))
                .isInstanceOf(InvalidFieldException.class).hasMessageContaining("email");
        assertThatThrownBy(() -> Fields.check(api, Map.of("email", "a@b", "phoneNumber", "0711223344", "sendReminders", "maybe")))
                .isInstanceOf(InvalidFieldException.class).hasMessageContaining("sendReminders");
    }

    @Test
    void fieldsTakeTheirOwnWireForm() {
        Fields once = Fields.check(new BillInvoice(), invoiceWith("dueDate", "2026-12-05T18:30:00"));
        assertThat(Fields.check(new BillInvoice(), once.toMap()).toMap()).isEqualTo(once.toMap())
                .containsEntry("dueDate", "2026-12-05 18:30:00.00").containsEntry("billedPhoneNumber", "0711223344");
    }

    // payments

    @Test
    void aNotificationIsAPayment() {
        Outcome outcome = payment.payment(object("billPayment/callback")).build();

        assertThat(outcome.isCompleted()).isTrue();
        assertThat(outcome.source()).isEqualTo(Source.CONFIRMATION);
        assertThat(outcome.receiptNumber()).isEqualTo("UKL7TW1AC5");
        assertThat(outcome.amount()).isEqualByComparingTo("1450");
        assertThat(outcome.phoneNumber()).isEqualTo("254711223344");
        assertThat(outcome.accountReference()).isEqualTo("7B-0042");
        assertThat(outcome.transactionDate()).isEqualTo(OffsetDateTime.parse("2026-11-21T00:00:00+03:00"));
        assertThat(outcome.details()).containsEntry("msisdn", "0711223344").containsEntry("shortCode", "601426");
        assertThat(payment.reply()).isEqualTo(tree("billPayment/reply"));
    }

    @Test
    void numbersAndTimesAreReadToo() {
        Outcome outcome = payment.payment(object("billPayment/callback-with-time")).build();

        assertThat(outcome.amount()).isEqualByComparingTo("700");
        assertThat(outcome.phoneNumber()).isEqualTo("254110998877");
        assertThat(outcome.accountReference()).isEqualTo("7D-0044");
        assertThat(outcome.transactionDate()).isEqualTo(OffsetDateTime.parse("2026-11-21T16:05:09.25+03:00"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{\"transactionId\":\"UKL7TW1AC5\"}", "{\"transactionId\":\"UKL0000000\",\"paidAmount\":1}",
        "{\"paidAmount\":1}", "{\"transactionId\":\"UKL7TW1AC5\",\"paidAmount\":0}", "{\"transactionId\":{},\"paidAmount\":1}" })
    void whatTellsOfNoPaymentIsNone(String message) {
        assertThat(payment.payment(json(message))).isNull();
    }

    @Property(tries = 200)
    void noTextBreaksTheReader(@ForAll String text) {
        for (String name : List.of("transactionId", "paidAmount", "msisdn", "dateCreated", "accountReference")) {
            Map<String, Object> message = new HashMap<>(object("billPayment/callback").toMap());
            message.put(name, text);
            payment.payment(Json.toObject(message));
        }
    }
}
