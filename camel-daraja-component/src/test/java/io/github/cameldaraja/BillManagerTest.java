package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.api.BillAnswer;
import io.github.cameldaraja.api.BillCancelAll;
import io.github.cameldaraja.api.BillInvoice;
import io.github.cameldaraja.api.BillInvoices;
import io.github.cameldaraja.api.BillOptIn;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.simulator.AnswerScript;
import io.github.cameldaraja.simulator.CallbackScript;
import io.github.cameldaraja.simulator.LedgerEntry;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** Invoices by SMS: opted in, billed, paid, receipted, taken back. */
class BillManagerTest extends EndToEnd {

    private static final String BASE = "/v1/billmanager-invoice/";

    private Shop shop(String appKey) {
        Shop shop = newShop().with(component -> component.getConfiguration().setBillManagerAppKey(appKey));
        for (String operation : List.of("billOptIn", "billOptInUpdate", "billInvoice", "billInvoices", "billCancel",
                "billCancelAll", "billReconcile")) {
            shop.route(operation, "daraja:" + operation);
        }
        return shop.route("uri",
                "daraja:billInvoice?phoneNumber=0712000004&amount=104&accountReference=HOUSE4&field.invoiceName=Rent"
                + "&field.dueDate=2027-01-05&field.billedPeriod=May&field.billedFullName=Amina&field.externalReference=INV4")
                .collecting("billPayment");
    }

    /** The key that Safaricom gives a biller. */
    private String optedIn() {
        try (Shop shop = shop("none yet").open()) {
            BillOptIn.Answer answer = answer(shop.send("direct:billOptIn",
                    new BillOptIn.Request("bills@shop.example", "0722 000 009", true, null)), BillOptIn.Answer.class);
            assertThat(answer.toString()).doesNotContain(answer.appKey());
            return answer.appKey();
        }
    }

    /** The shop of a biller, whose notifications come to it. */
    private Shop biller(Shop shop) {
        assertThat(shop.open().send("direct:billOptInUpdate", Map.of("email", "a@b.example", "officialContact", "0722000009",
                "sendReminders", "false")).getException()).isNull();
        return shop;
    }

    private static BillInvoice.Request invoice(int number) {
        return new BillInvoice.Request("INV" + number, "Amina Otieno", "071200000" + number, "November 2026", "Rent",
                "2027-01-05", "HOUSE" + number, new BigDecimal(100 + number),
                List.of(new BillInvoice.Item("rent", new BigDecimal(100 + number))));
    }

    private static Map<String, Object> map(int number) {
        return new HashMap<>(Map.of("externalReference", "INV" + number, "billedFullName", "Amina", "phoneNumber",
                "071200000" + number, "billedPeriod", "May", "invoiceName", "Rent", "dueDate", "2027-01-05", "accountReference",
                "HOUSE" + number, "amount", 100 + number));
    }

    @Test
    void invoicesAreSentInEveryWay() {
        try (Shop shop = shop(optedIn()).open()) {
            String json = "{\"externalReference\":\"INV3\",\"billedFullName\":\"Amina\",\"billedPhoneNumber\":\"0712000003\","
                    + "\"billedPeriod\":\"May\",\"invoiceName\":\"Rent\",\"dueDate\":\"2027-01-05\","
                    + "\"accountReference\":\"HOUSE3\",\"amount\":\"103\","
                    + "\"invoiceItems\":[{\"itemName\":\"rent\",\"amount\":\"103\"}]}";
            List<Exchange> sent = List.of(shop.send("direct:billInvoice", invoice(1)), shop.send("direct:billInvoice", map(2)),
                    shop.send("direct:billInvoice", json), shop.send("direct:uri", null),
                    shop.send("direct:billInvoices", new BillInvoices.Request(List.of(invoice(5), invoice(6)))),
                    shop.send("direct:billInvoices", List.of(map(7))),
                    shop.send("direct:billInvoices", "[" + json.replace("INV3", "INV8") + "]"));
            sent.forEach(done -> assertThat(answer(done, BillAnswer.class).code()).isEqualTo("200"));
            assertThat(safaricom.billManager().invoices()).extracting(one -> one.externalReference())
                    .containsExactly("INV1", "INV2", "INV3", "INV4", "INV5", "INV6", "INV7", "INV8");
            assertThat(shop.repository().all()).isEmpty();
            // the same reference again is a conflict with a reason
            Exchange twice = shop.send("direct:billInvoice", invoice(1));
            assertRefusal(twice, DarajaRequestException.class, "409", "MERCHANT", false);

            assertThat(shop.send("direct:billCancel", Map.of("externalReference", "INV1")).getException()).isNull();
            answer(shop.send("direct:billCancelAll", new BillCancelAll.Request(List.of("INV2", "INV3"))), BillAnswer.class);
            answer(shop.send("direct:billCancelAll", List.of("INV5")), BillAnswer.class);
            answer(shop.send("direct:billCancelAll", "[{\"externalReference\":\"INV6\"}]"), BillAnswer.class);
            assertThat(safaricom.billManager().invoices()).filteredOn(one -> one.cancelled()).hasSize(5);
            assertThat(shop.send("direct:billCancel", Map.of("externalReference", "NONE")).getException())
                    .isInstanceOf(DarajaRequestException.class).hasMessageContaining("Bill Manager refuses");
        }
    }

    @Test
    void aPaidBillIsToldOnceAndItsReceiptSent() {
        try (Shop shop = biller(shop(optedIn()).routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("daraja:billPayment?group=receipts").process(e -> {
                    Outcome paid = e.getMessage().getBody(Outcome.class);
                    e.getMessage().setBody(Map.of("paymentDate", "2026-11-21", "amount", paid.amount(), "accountReference",
                            paid.accountReference(), "transactionId", paid.receiptNumber(), "phoneNumber", paid.phoneNumber(),
                            "fullName", "Amina", "invoiceName", "Rent", "externalReference", "INV1"));
                }).to("daraja:billReconcile");
            }
        }))) {
            answer(shop.send("direct:billInvoice", invoice(1)), BillAnswer.class);
            safaricom.billManager().nextNotification(CallbackScript.usual().times(3));
            LedgerEntry paid = safaricom.billManager().pay("254712000001", payBill, "HOUSE1", 101);
            await().until(() -> count("bills.receipts") == 1);
            await().until(() -> safaricom.callbacks().stream().filter(one -> one.body().contains(paid.receipt())).count() == 3);
            shop.look();
            assertThat(shop.outcomes()).singleElement().matches(Outcome::isCompleted)
                    .matches(one -> one.receiptNumber().equals(paid.receipt()) && one.accountReference().equals("HOUSE1"));
            assertThat(count("bills.receipts")).isEqualTo(1);
            // what is paid is not taken back
            assertRefusal(shop.send("direct:billCancel", Map.of("externalReference", "INV1")), DarajaRequestException.class,
                    "409", "MERCHANT", false);
        }
    }

    @Test
    void onlyTheDetailsOfTheBillerAreRepeated() {
        String appKey = optedIn();
        Map<String, Object> receipt = Map.of("paymentDate", "2026-11-21", "amount", 1, "accountReference", "A", "transactionId",
                "TKA4ZZZZZ9", "phoneNumber", PHONE, "fullName", "A", "invoiceName", "R", "externalReference", "INV1");
        Map<String, Object> details = Map.of("email", "a@b.example", "officialContact", "0722000009", "sendReminders", 0);
        try (Shop shop = shop(appKey).open()) {
            Map<String, Object> calls = new LinkedHashMap<>();
            calls.put("billInvoice single-invoicing single", invoice(1));
            calls.put("billInvoices bulk-invoicing bulk", List.of(invoice(2)));
            calls.put("billCancel cancel-single-invoice cancelSingle", Map.of("externalReference", "INV1"));
            calls.put("billCancelAll cancel-bulk-invoices cancelBulk", List.of("INV2"));
            calls.forEach((call, body) -> {
                String[] names = call.split(" ");
                safaricom.calls().next(BASE + names[1], AnswerScript.usual().resetAfterAccepting());
                Exchange lost = sendOverPauses(shop, "direct:" + names[0], body, () -> count("bills." + names[2] + ".received"),
                        1);
                assertThat(lost.getException()).as(call).isInstanceOf(DarajaOutcomeUnknownException.class);
                assertThat(lost.getMessage().getHeader(DarajaConstants.RETRIABLE)).isEqualTo(false);
            });
            safaricom.calls().next(BASE + "optin", AnswerScript.usual().resetBeforeAccepting());
            assertThat(sendOverPauses(shop, "direct:billOptIn", details, () -> count("bills.optIn.received"), 1).getException())
                    .isInstanceOf(DarajaOutcomeUnknownException.class);
            safaricom.calls().next(BASE + "reconciliation", AnswerScript.usual().resetBeforeAccepting());
            assertThat(sendOverPauses(shop, "direct:billReconcile", receipt, () -> count("bills.reconciliation.received"), 1)
                    .getException()).isInstanceOf(DarajaOutcomeUnknownException.class);
            // an answer without its code is no answer
            safaricom.calls().next(BASE + "single-invoicing", AnswerScript.usual().without("rescode"));
            assertThat(shop.send("direct:billInvoice", invoice(3)).getException())
                    .isInstanceOf(DarajaOutcomeUnknownException.class);
            // it says everything anew
            safaricom.calls().next(BASE + "change-optin-details", AnswerScript.usual().resetAfterAccepting());
            safaricom.calls().next(BASE + "change-optin-details", AnswerScript.usual().emptyBody());
            assertThat(answer(sendOverPauses(shop, "direct:billOptInUpdate", details, () -> count("bills.change.received"), 3),
                    BillAnswer.class).code()).isEqualTo("200");
        }
    }

    @Test
    void whatIsWrongIsRefusedBeforeAnythingIsSent() {
        try (Shop shop = shop("any key").open()) {
            assertRefused(shop.send("direct:billOptIn", Map.of("email", "nobody", "officialContact", "0722000009",
                    "sendReminders", 1)), "email", "e-mail address");
            assertRefused(shop.send("direct:billOptIn", Map.of("email", "a@b.example", "officialContact", "0722000009",
                    "sendReminders", "often")), "sendReminders", "true or false");
            Map<String, Object> body = map(1);
            body.put("dueDate", "soon");
            assertRefused(shop.send("direct:billInvoice", body), "dueDate", "must be a date");
            body = map(1);
            body.remove("invoiceName");
            assertRefused(shop.send("direct:billInvoice", body), "invoiceName", "is missing");
            assertRefused(shop.send("direct:billInvoices", List.of(invoice(1), invoice(1))), "invoices",
                    "same externalReference twice");
            assertRefused(shop.send("direct:billInvoices", List.of(Map.of("amount", 1))), "invoices", "is missing");
            assertRefused(shop.send("direct:billCancel", null), "externalReference", "is missing");
            assertRefused(shop.send("direct:billReconcile", Map.of("transactionId", "TKA0000000")), "transactionId",
                    "nothing was booked");
            assertThat(safaricom.counters().tokenCalls()).isZero();
        }
    }

    @Test
    void aNotificationThatIsNotAnsweredComesAgainAndCountsOnce() {
        try (Shop shop = biller(shop(optedIn()))) {
            answer(shop.send("direct:billInvoice", invoice(1)), BillAnswer.class);
            LedgerEntry paid = safaricom.billManager().pay("254712000001", payBill, "HOUSE1", 50);
            await().until(() -> shop.outcomes().size() == 1);
            LedgerEntry rest = safaricom.billManager().pay("254712000001", payBill, "HOUSE1", 51);
            await().until(() -> shop.outcomes().size() == 2);
            await().until(() -> count("bills.acknowledged") == 2);
            for (int i = 0; i < 3; i++) {
                advance(shop, Duration.ofMinutes(1));
            }
            assertThat(shop.outcomes()).extracting(Outcome::receiptNumber).containsExactly(paid.receipt(), rest.receipt());
            assertThat(count("bills.notifications")).isEqualTo(2);
        }
    }
}
