package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldaraja.account.DarajaAccount;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.simulator.Credentials;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a caller may say, in which forms, and what is refused before anything is sent. */
class RequestTest {

    @RegisterExtension
    static final DarajaSimulatorExtension SAFARICOM =
            new DarajaSimulatorExtension(SimulatorSettings.defaults().withAnswerDelay(Duration.ofMillis(10)));

    private static final String PHONE = "254712000";

    private final DarajaSimulator safaricom = SAFARICOM.simulator();

    @Test
    void everyFormOfBodyAsksForTheSame() {
        try (Shop shop = Shop.at(safaricom).route("pay", "daraja:stkPush")
                .route("options", "daraja:stkPush?phoneNumber=0712000008&amount=150&accountReference=INV-9").open()) {
            String text = "{\"phonenumber\":\"%s\",\"AMOUNT\":1.5e2,\"AccountReference\":\"INV-9\"}";
            List<Object> bodies = List.of(
                    new StkPush.Request(PHONE + "001", 150, "INV-9"),
                    Map.of("PhoneNumber", PHONE + "002", "Amount", 150.0, "AccountReference", new StringBuilder("INV-9")),
                    Map.of("phoneNumber", Long.valueOf(PHONE + "003"), "amount", new BigDecimal("150.00"), "accountReference", "INV-9"),
                    text.formatted(PHONE + "004"),
                    text.formatted(PHONE + "005").getBytes(StandardCharsets.UTF_8),
                    new ByteArrayInputStream(text.formatted(PHONE + "006").getBytes(StandardCharsets.UTF_8)),
                    new StkPush.Request(PHONE + "007", new BigDecimal("1.5E+2"), "INV-9", null, null, null));
            for (int i = 0; i < bodies.size(); i++) {
                assertAsked(shop, shop.send("direct:pay", bodies.get(i)), PHONE + "00" + (i + 1));
            }
            assertAsked(shop, shop.send("direct:options", null), PHONE + "008");
            assertAsked(shop, shop.send("direct:options", "  "), PHONE + "008");
        }
    }

    private void assertAsked(Shop shop, Exchange done, String phone) {
        assertThat(done.getException()).isNull();
        JsonNode push = shop.lastPush();
        assertThat(push.get("PhoneNumber").asText()).isEqualTo(phone);
        assertThat(push.get("PartyA").asText()).isEqualTo(phone);
        assertThat(push.get("Amount").asText()).isEqualTo("150");
        assertThat(push.get("AccountReference").asText()).isEqualTo("INV-9");
        // the next one may use the same phone
        String id = done.getMessage().getHeader(DarajaConstants.CHECKOUT_REQUEST_ID, String.class);
        await().until(() -> safaricom.books().payments().stream().anyMatch(payment -> payment.checkoutRequestId().equals(id)));
    }

    @Test
    void headersCountOnlyWhereTheUriSaysSoAndAreGoneOnceRead() {
        try (Shop shop = Shop.at(safaricom).route("headers", "daraja:stkPush?requestHeaders=true")
                .route("none", "daraja:stkPush").open()) {
            Map<String, Object> headers = Map.of(DarajaConstants.REQUEST_PHONE_NUMBER, PHONE + "011",
                    DarajaConstants.REQUEST_AMOUNT, "999", DarajaConstants.REQUEST_TRANSACTION_DESC, "shoes", "other", "stays");

            Exchange done = shop.send("direct:headers", Map.of("Amount", 20), headers);
            assertThat(done.getException()).isNull();
            assertThat(shop.lastPush().get("Amount").asText()).as("the body comes first").isEqualTo("20");
            assertThat(shop.lastPush().get("TransactionDesc").asText()).isEqualTo("shoes");
            assertThat(done.getMessage().getHeaders()).containsEntry("other", "stays");
            assertThat(done.getMessage().getHeaders().keySet()).noneMatch(name -> name.startsWith(DarajaConstants.REQUEST_PREFIX));

            int before = safaricom.counters().pushes();
            assertRefused(shop.send("direct:none", Map.of("Amount", 20), headers), "PhoneNumber");
            assertRefused(shop.send("direct:headers", Map.of("Amount", 20), Map.of(DarajaConstants.REQUEST_PHONE_NUMBER, PHONE + "012",
                    DarajaConstants.REQUEST_PREFIX + "PartyB", "600000")), "PartyB");
            assertRefused(shop.send("direct:headers", Map.of("Amount", 20), Map.of(DarajaConstants.REQUEST_PHONE_NUMBER, PHONE + "012",
                    DarajaConstants.REQUEST_PREFIX + "Tip", "1")), "Tip");
            assertThat(safaricom.counters().pushes()).isEqualTo(before);

            done = shop.send("direct:none", new StkPush.Request(PHONE + "013", 21, null), headers);
            assertThat(done.getException()).isNull();
            assertThat(shop.lastPush().get("PhoneNumber").asText()).isEqualTo(PHONE + "013");
            assertThat(shop.lastPush().get("Amount").asText()).isEqualTo("21");
            assertThat(shop.lastPush().has("TransactionDesc")).isFalse();
        }
    }

    @Test
    void requestHeadersAreThereAgainWhenTheRouteTriesAgain() {
        safaricom.faults().nextPush(Script.pays().spikeArrest());
        safaricom.faults().nextPush(Script.pays().systemBusy());
        try (Shop shop = Shop.at(safaricom).routes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).maximumRedeliveries(2).redeliveryDelay(0);
                from("direct:pay").to("daraja:stkPush?requestHeaders=true");
            }
        }).open()) {
            Exchange done = shop.send("direct:pay", new ByteArrayInputStream("{\"Amount\":30}".getBytes(StandardCharsets.UTF_8)),
                    Map.of(DarajaConstants.REQUEST_PHONE_NUMBER, PHONE + "014"));

            assertThat(done.getException()).isNull();
            assertThat(safaricom.counters().pushes()).isEqualTo(3);
            assertThat(safaricom.counters().acceptedPushes()).isEqualTo(1);
        }
    }

    @Test
    void whatTheUriPinsNobodyContradicts() {
        try (Shop shop = Shop.at(safaricom)
                .route("pay", "daraja:stkPush?amount=100&phoneNumber=0712000021&requestHeaders=true").open()) {
            assertRefused(shop.send("direct:pay", Map.of("Amount", 100_001)), "Amount", "100001");
            assertRefused(shop.send("direct:pay", "{\"amount\":\"100.5\"}"), "Amount", "100.5");
            assertRefused(shop.send("direct:pay", Map.of("PhoneNumber", PHONE + "022")), "PhoneNumber", PHONE + "022");
            assertRefused(shop.send("direct:pay", null, Map.of(DarajaConstants.REQUEST_AMOUNT, "4711")), "Amount", "4711");
            assertThat(safaricom.counters().pushes()).isZero();

            Exchange agreed = shop.send("direct:pay",
                    Map.of("Amount", new BigDecimal("1E+2"), "phonenumber", "+254 712 000-021"));
            assertThat(agreed.getException()).isNull();
            assertThat(shop.lastPush().get("Amount").asText()).isEqualTo("100");
        }
    }

    @Test
    void whatTheComponentOwnsIsRefused() {
        try (Shop shop = Shop.at(safaricom).route("pay", "daraja:stkPush?phoneNumber=0712000023&amount=5").open()) {
            for (String owned : List.of("BusinessShortCode", "Password", "timestamp", "CALLBACKURL", "PartyB")) {
                assertRefused(shop.send("direct:pay", Map.of(owned, "909090909")), owned, "909090909");
            }
            assertThat(safaricom.counters().pushes()).isZero();
        }
    }

    @Test
    void whatAnEarlierStepWroteIsNeverReadBack() {
        try (Shop shop = Shop.at(safaricom).route("pay", "daraja:stkPush?requestHeaders=true")
                .route("first", "daraja:stkPush?awaitOutcome=true").open()) {
            Exchange first = shop.send("direct:first", new StkPush.Request(PHONE + "031", 40, "INV-1"));
            Outcome paid = first.getMessage().getBody(Outcome.class);
            assertThat(paid.status()).isEqualTo(PaymentStatus.COMPLETED);

            assertRefused(shop.send("direct:pay", null, first.getMessage().getHeaders()), "Amount", PHONE + "031");
            assertRefused(shop.send("direct:pay", paid, first.getMessage().getHeaders()), "body", PHONE + "031");
            assertThat(safaricom.counters().pushes()).isEqualTo(1);
        }
    }

    @Test
    void wrongInputIsRefusedByNameAndRuleAndWithoutTheValue() {
        String tooLongReference = "INV-123456789";
        String deep = "[".repeat(1000) + "]".repeat(1000);
        Object[][] wrong = {
            { "PhoneNumber", "0812345678" }, { "PhoneNumber", "25471234567" }, { "PhoneNumber", "2547123456789" },
            { "PhoneNumber", "07123456a8" }, { "PhoneNumber", "+255712345678" }, { "PhoneNumber", List.of("254712345678") },
            { "PhoneNumber", "0712345678;0722345678" }, { "PhoneNumber", "\u0660712345678" },
            { "Amount", "10.50" }, { "Amount", new BigDecimal("10.01") }, { "Amount", 10.5d }, { "Amount", "0" }, { "Amount", -5432 },
            { "Amount", 250_001 }, { "Amount", "1e3" }, { "Amount", "1E5" }, { "Amount", "NaN" }, { "Amount", Double.NaN },
            { "Amount", Float.POSITIVE_INFINITY }, { "Amount", "1,000" }, { "Amount", "KES 77" }, { "Amount", "0x7F" },
            { "Amount", "\uff11\uff10\uff10" }, { "Amount", "99999999999999999999999999" }, { "Amount", Map.of("a", 1) }, { "Amount", true },
            { "AccountReference", tooLongReference }, { "AccountReference", "INV\n42" }, { "AccountReference", "<b>INV</b>" },
            { "TransactionDesc", "fourteen chars" }, { "TransactionType", "CustomerSteals" }, { "PartyA", "0999999999" },
            { "Discount", "31415" }
        };
        try (Shop shop = Shop.at(safaricom).route("pay", "daraja:stkPush").open()) {
            for (Object[] one : wrong) {
                Map<String, Object> body = new java.util.HashMap<>(Map.of("PhoneNumber", PHONE + "041", "Amount", 10));
                body.put((String) one[0], one[1]);
                assertRefused(shop.send("direct:pay", body), (String) one[0], String.valueOf(one[1]));
            }
            String phone = PHONE + "042";
            for (Object body : List.of("pay " + phone, "[{\"PhoneNumber\":\"" + phone + "\"}]", deep, "42", "\"" + phone + "\"",
                    "{\"PhoneNumber\":\"" + phone + "\",", new byte[] { 1, 2, 3 }, new Object(), List.of(phone),
                    "{\"TransactionDesc\":\"" + "x".repeat(70_000) + "\"}")) {
                assertRefused(shop.send("direct:pay", body), "body", phone);
            }
            assertRefused(shop.send("direct:pay", Map.of("Amount", 10)), "PhoneNumber");
            assertRefused(shop.send("direct:pay", Map.of("PhoneNumber", phone)), "Amount", phone);
            assertRefused(shop.send("direct:pay", Map.of("PhoneNumber", phone, "Amount", 1), Map.of(DarajaConstants.METADATA, "text")),
                    DarajaConstants.METADATA);
            assertRefused(shop.send("direct:pay", Map.of("PhoneNumber", phone, "Amount", 1),
                    Map.of(DarajaConstants.METADATA, Map.of("note", "n".repeat(2048)))), DarajaConstants.METADATA, "nnnn");
            assertThat(safaricom.counters().pushes()).isZero();
            assertThat(shop.repository().all()).isEmpty();
        }
    }

    @Test
    void oneFieldInTwoSpellingsIsRefused() {
        Map<String, Object> body = new java.util.LinkedHashMap<>();
        body.put("PhoneNumber", PHONE + "043");
        body.put("Amount", 10);
        body.put("amount", 10_000);
        try (Shop shop = Shop.at(safaricom).route("pay", "daraja:stkPush").open()) {
            assertRefused(shop.send("direct:pay", body), "Amount", "10000");
            assertThat(safaricom.counters().pushes()).isZero();
        }
    }

    private static void assertRefused(Exchange done, String field, String... neverShown) {
        assertThat(done.getException()).as(field + " " + Arrays.toString(neverShown)).isInstanceOf(DarajaRequestException.class);
        DarajaRequestException refusal = (DarajaRequestException) done.getException();
        for (Throwable e = refusal; e != null; e = e.getCause()) {
            assertThat(e.getMessage().toLowerCase()).contains(field.toLowerCase() + ":");
            for (String value : neverShown) {
                if (value.length() > 3) {
                    assertThat(e.getMessage()).doesNotContain(value);
                }
            }
        }
        assertThat(refusal.getMessage()).hasSizeLessThan(500);
        assertThat(refusal.getOperation()).isEqualTo("stkPush");
        assertThat(refusal.getAccount()).isEqualTo("default");
        assertThat(refusal.getHttpStatus()).isZero();
    }

    @Test
    void aTillIsPaidAsATillAndAccountsDoNotMix() {
        Credentials keys = safaricom.credentials();
        DarajaAccount till = new DarajaAccount();
        till.setShortCode(keys.storeNumber());
        till.setTillNumber(keys.tillNumber());
        till.setPasskey(keys.passkey());
        try (Shop shop = Shop.at(safaricom).with(component -> component.getAccounts().put("counter", till))
                .route("till", "daraja:stkPush?account=counter&awaitOutcome=true")
                .route("bill", "daraja:stkPush?awaitOutcome=true").open()) {
            Exchange atTill = shop.send("direct:till", new StkPush.Request(PHONE + "051", 70, null));
            JsonNode push = shop.lastPush();
            assertThat(push.get("TransactionType").asText()).isEqualTo("CustomerBuyGoodsOnline");
            assertThat(push.get("BusinessShortCode").asText()).isEqualTo(keys.storeNumber());
            assertThat(push.get("PartyB").asText()).isEqualTo(keys.tillNumber());
            assertThat(atTill.getMessage().getHeaders()).containsEntry(DarajaConstants.STATUS, "COMPLETED")
                    .containsEntry(DarajaConstants.ACCOUNT, "counter");

            Exchange atBill = shop.send("direct:bill", new StkPush.Request(PHONE + "052", 30, null));
            assertThat(atBill.getMessage().getHeaders()).containsEntry(DarajaConstants.STATUS, "COMPLETED")
                    .containsEntry(DarajaConstants.ACCOUNT, "default");
            assertThat(shop.lastPush().get("PartyB").asText()).isEqualTo(keys.shortCode());
            assertThat(safaricom.books().merchantBalance(keys.tillNumber())).isEqualTo(70);
            assertThat(safaricom.books().merchantBalance(keys.shortCode())).isEqualTo(30);
        }
    }


    @Test
    void aStepThatFailsBeforeItBeginsLeavesNoEarlierPaymentBehind() {
        try (Shop shop = Shop.at(safaricom).routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:two").to("daraja:stkPush?awaitOutcome=true")
                        .setProperty("first", header(DarajaConstants.STATUS))
                        .setBody(constant(new StkPush.Request("254712000992", 100, "INV-2"))).setHeader("order", constant("2"))
                        .to("daraja:stkPush?awaitOutcome=true&idempotencyKey=${header.order.missing}");
            }
        }).open()) {
            Exchange done = shop.send("direct:two", new StkPush.Request("254712000991", 100, "INV-1"));
            assertThat(done.getProperty("first")).isEqualTo("COMPLETED");
            assertThat(done.getException()).isNotNull();
            assertThat(done.getMessage().getHeaders()).doesNotContainKeys(DarajaConstants.STATUS, DarajaConstants.RECEIPT_NUMBER,
                    DarajaConstants.REFERENCE, DarajaConstants.AMOUNT);
        }
    }
}
