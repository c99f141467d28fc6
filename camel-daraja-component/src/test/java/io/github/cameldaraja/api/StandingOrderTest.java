package io.github.cameldaraja.api;

import static io.github.cameldaraja.api.OwnSamples.json;
import static io.github.cameldaraja.api.OwnSamples.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A customer agrees to pay again and again; that is not a payment. */
class StandingOrderTest {

    private static final Map<String, Object> VALID = Map.of("standingOrderName", "Milk", "startDate", "2026-12-01", "endDate",
            "2026-12-31", "phoneNumber", "0110000789", "amount", 120, "frequency", "daily", "transactionType", "paybill");

    private final StandingOrder api = new StandingOrder();

    private Fields with(String name, Object value) {
        Map<String, Object> said = new HashMap<>(VALID);
        said.put(name, value);
        return Fields.check(api, said);
    }

    @Test
    void theRequestIsTheSample() {
        assertThat(OwnSamples.wire(api, new StandingOrder.Request("Water tank 14", "2026-12-01", "20271130", "0719000456",
                BigDecimal.valueOf(1850), "monthly", "TANK-14", "Water", null)))
                .isEqualTo(read("standingOrder/request").toMap());
    }

    @Test
    void aTillIsSpeltAsTheWireSpellsIt() {
        Map<String, Object> said = Json.toMap(new StandingOrder.Request("Milk", "2026-12-01", "2026-12-31", "0110000789", 120,
                "2", "MILK"));

        assertThat(OwnSamples.wire(api, said, Map.of("BusinessShortCode", "574300", "PartyB", "300411")))
                .isEqualTo(read("standingOrder/request-till").toMap());
    }

    @ParameterizedTest
    @CsvSource({"one-off, 1", "One Off, 1", "daily, 2", "weekly, 3", "MONTHLY, 4", "bi-monthly, 5", "bimonthly, 5",
            "quarterly, 6", "half-yearly, 7", "yearly, 8", "1, 1", "8, 8"})
    void frequencies(String said, String wire) {
        assertThat(with("frequency", said).get("Frequency")).isEqualTo(wire);
    }

    @ParameterizedTest
    @CsvSource({"paybill, Standing Order Customer Pay Bill", "PayBill, Standing Order Customer Pay Bill",
            "Standing Order Customer Pay Bill, Standing Order Customer Pay Bill", "till, Standing Order Customer Pay Marchant",
            "Standing Order Customer Pay Merchant, Standing Order Customer Pay Marchant",
            "Standing Order Customer Pay Marchant, Standing Order Customer Pay Marchant"})
    void transactionTypes(String said, String wire) {
        assertThat(with("transactionType", said).get("TransactionType")).isEqualTo(wire);
    }

    @ParameterizedTest
    @CsvSource({"frequency, 0", "frequency, 9", "frequency, hourly", "frequency, ''' '''", "transactionType, bank",
            "startDate, 2026-13-01", "startDate, tomorrow", "endDate, 2026-12-01", "endDate, 2026-11-30", "amount, 1.5",
            "accountReference, ABCDEFGHIJKLM", "transactionDesc, ABCDEFGHIJKLMN", "phoneNumber, 0812000000"})
    void othersAreRefused(String name, String value) {
        assertThatThrownBy(() -> with(name, value)).isInstanceOf(InvalidFieldException.class);
    }

    @Test
    void aOneOffOrderMayBeginAndEndOnOneDay() {
        Map<String, Object> said = new HashMap<>(VALID);
        said.put("endDate", said.get("startDate"));
        said.put("frequency", "one-off");

        assertThat(Fields.check(api, said).get("EndDate")).isEqualTo("20261201");
    }

    @Test
    void theAcknowledgementIsPending() {
        JsonObject answer = read("standingOrder/response");

        assertThat(api.success().refusal(answer, true)).isEmpty();
        Acknowledgement acknowledgement = api.acknowledgement(answer);
        assertThat(acknowledgement.status()).isEqualTo(PaymentStatus.PENDING);
        assertThat(acknowledgement.responseCode()).isEqualTo("200");
        assertThat(acknowledgement.conversationId()).isEqualTo("6f0c2d5e-1b7a-4c39-9a55-0d1e2f3a4b5c");
    }

    @Test
    void anOrderIsNoPaymentAndHasNoReceipt() {
        Outcome outcome = api.callback(read("standingOrder/callback-success")).build();

        assertThat(outcome.status()).isEqualTo(PaymentStatus.COMPLETED);
        assertThat(outcome.receiptNumber()).isNull();
        assertThat(outcome.amount()).isNull();
        assertThat(outcome.phoneNumber()).isEqualTo("254******456");
        assertThat(PhoneNumbers.isWhole(outcome.phoneNumber())).isFalse();
        assertThat(outcome.conversationId()).isNull();
        assertThat(outcome.details()).containsEntry("responseRefID", "6f0c2d5e-1b7a-4c39-9a55-0d1e2f3a4b5c");
        assertThat(outcome.details()).containsEntry("TransactionID", "UKL2ASD4FG").containsEntry("Status", "OKAY")
                .containsKey("requestRefID");
    }

    @Test
    void theOtherSpellingIsReadToo() {
        Outcome outcome = api.callback(read("standingOrder/callback-failure")).build();

        assertThat(outcome.status()).isEqualTo(PaymentStatus.CANCELLED);
        assertThat(outcome.resultCode()).isEqualTo("1032");
        assertThat(outcome.details()).containsEntry("TransactionID", "0000000000");
    }

    @ParameterizedTest
    @CsvSource({"1001, FAILED", "1025, FAILED", "1032, CANCELLED", "1037, EXPIRED", "1050, FAILED", "1051, FAILED",
            "2001, FAILED", "7777, FAILED"})
    void codes(String code, PaymentStatus status) {
        assertThat(api.callback(json("{'ResponseHeader':{'responseCode':" + code + "}}")).build().status()).isEqualTo(status);
        assertThat(api.callback(json("{'ResponseBody':{'ResponseData':{'Name':'responseCode','Value':'" + code + "'}}}")).build()
                .status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'ResponseHeader':{}}", "{'ResponseHeader':null,'ResponseBody':{'ResponseData':null}}",
        "{'ResponseHeader':{'responseCode':''}}", "{'ResponseHeader':[]}",
        // an acknowledgement, and one that contradicts itself
        "{'ResponseHeader':{'responseCode':'200'},'ResponseBody':{'responseCode':'200'}}",
        "{'ResponseHeader':{'responseCode':'0'},'ResponseBody':{'ResponseData':[{'Name':'responseCode','Value':'1037'}]}}"})
    void whatDoesNotSayWhatBecameOfItIsNoOutcome(String message) {
        JsonObject read = json(message);

        assertThat(read == null ? null : api.callback(read)).isNull();
    }

    @Property(tries = 200)
    void orderCasingAndTypesDoNotMatter(@ForAll long seed) {
        Random random = new Random(seed);
        boolean lower = random.nextBoolean();
        String name = lower ? "name" : "Name";
        String value = lower ? "value" : "Value";
        List<String> items = new ArrayList<>();
        for (String[] item : new String[][] {{"TransactionID", "'UKL2ASD4FG'"},
            {"responseCode", random.nextBoolean() ? "0" : "'0'"},
            {"Status", "'OKAY'"}, {"Msisdn", "null"}}) {
            items.add("{'" + name + "':'" + item[0] + "','" + value + "':" + item[1] + "}");
        }
        Collections.shuffle(items, random);
        String data = "'" + (random.nextBoolean() ? "responseBody" : "ResponseBody") + "':{'"
                + (random.nextBoolean() ? "responseData" : "ResponseData") + "':[" + String.join(",", items) + "]}";
        String header = "'" + (random.nextBoolean() ? "responseHeader" : "ResponseHeader") + "':{'responseCode':"
                + (random.nextBoolean() ? "0" : "'0'") + "}";

        String message = random.nextBoolean() ? data + "," + header : header + "," + data;
        Outcome outcome = api.callback(json("{" + message + "}")).build();

        assertThat(outcome.status()).isEqualTo(PaymentStatus.COMPLETED);
        assertThat(outcome.receiptNumber()).isNull();
        assertThat(outcome.details()).containsEntry("TransactionID", "UKL2ASD4FG").containsEntry("Msisdn", null);
    }

    @Property(tries = 300)
    void noBytesBreakTheReader(@ForAll byte[] bytes) {
        JsonObject object = Json.readObject(bytes);

        assertThat(object == null || api.callback(object) == null).isTrue();
    }

    @Test
    void textsMaskThePhone() {
        assertThat(new StandingOrder.Request("Milk", "a", "b", "0719000456", 1, "daily", "x").toString())
                .doesNotContain("0719000456");
    }
}
