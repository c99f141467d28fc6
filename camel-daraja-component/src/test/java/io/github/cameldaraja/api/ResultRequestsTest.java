package io.github.cameldaraja.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the family "Result" sends, and what it refuses to send. */
class ResultRequestsTest {

    static Stream<Arguments> records() {
        return Stream.of(
                arguments(new B2c(), "b2c/request", new B2c.Request("0711 222 333", BigDecimal.valueOf(4350), "salarypayment",
                        "November wages", "Week 47", null, null, null)),
                arguments(new B2c(), "b2c/request-v1", new B2c.Request("0110222333", new BigDecimal("75.00"), "PromotionPayment",
                        "Prize", "Draw 9", "v1", null, null)),
                arguments(new B2c(), "b2c/request-validated", new B2c.Request("+254711222333", BigDecimal.valueOf(1200), null,
                        "Refund", "Claim 31", "validated", "05", "AK0471120")),
                arguments(new B2Pochi(), "b2pochi/request", new B2Pochi.Request("711222333", BigDecimal.valueOf(860),
                        "Vegetables", "Market day")),
                arguments(new B2b(), "b2b/request-paybill", new B2b.Request("BusinessPayBill", "737373",
                        BigDecimal.valueOf(18250), "KPL-20417", null, "0711222333", "Supplies", null)),
                arguments(new B2b(), "b2b/request-buygoods", new B2b.Request("BusinessBuyGoods", "6161616",
                        BigDecimal.valueOf(990), null, null, null, "Supplies", null)),
                arguments(new B2b(), "b2b/request-topup", new B2b.Request("BusinessPayToBulk", "525252",
                        BigDecimal.valueOf(300000), null, null, null, "Supplies", "Payday")),
                arguments(new TaxRemittance(), "taxRemittance/request", new TaxRemittance.Request(BigDecimal.valueOf(41780),
                        "2026110000047123", "VAT October")),
                arguments(new Reversal(), "reversal/request", new Reversal.Request("ukk4qw7er9", BigDecimal.valueOf(640),
                        "Paid twice", null)),
                arguments(new TransactionStatus(), "transactionStatus/request", new TransactionStatus.Request("UKK4QW7ER9",
                        "b2d7c0de-0001-4a5b-9c8d-515151000001", null, null, "Late", "Audit")),
                arguments(new TransactionStatus(), "transactionStatus/request-by-conversation",
                        TransactionStatus.Request.ofConversation("b2d7c0de-0001-4a5b-9c8d-515151000001")),
                arguments(new AccountBalance(), "accountBalance/request", new AccountBalance.Request(null, "Morning")));
    }

    @ParameterizedTest
    @MethodSource("records")
    void aRecordBecomesTheWire(RequestApi api, String sample, Record request) {
        JsonObject wire = ResultSamples.own(sample);

        assertThat(ResultSamples.wire(api, wire, request)).isEqualTo(wire.toMap());
        assertThat(request.toString()).doesNotContain("711222333").doesNotContain("AK0471120");
    }

    @ParameterizedTest
    @MethodSource("records")
    void whatTheComponentFillsIsRefused(RequestApi api, String sample, Record request) {
        for (String owned : api.owned()) {
            assertThatThrownBy(() -> api.field(owned)).isInstanceOf(InvalidFieldException.class)
                    .hasMessageContaining("component");
        }
        assertThat(api.needs()).containsExactlyInAnyOrder(Need.SHORT_CODE, Need.INITIATOR, Need.CALLBACKS);
        assertThat(api.success().refusal(ResultSamples.own(sample.replaceAll("/.*", "/response")), true)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "b2c,v3,/mpesa/b2c/v3/paymentrequest,true", "b2c,v1,/mpesa/b2c/v1/paymentrequest,false",
        "b2c,validated,/mpesa/b2cvalidate/v2/paymentrequest,true" })
    void theVersionSelectsPathAndId(String name, String version, String path, boolean ownId) {
        B2c api = new B2c();
        Map<String, String> said = new LinkedHashMap<>(Map.of("version", version, "phoneNumber", "0711222333", "amount", "10",
                "commandId", "BusinessPayment", "remarks", "ok"));
        if (version.equals("validated")) {
            said.putAll(Map.of("idType", "01", "idNumber", "29473018"));
        }
        Fields fields = Fields.check(api, said);

        assertThat(api.name()).isEqualTo(name);
        assertThat(api.path(fields)).isEqualTo(path);
        assertThat(api.sendsOwnId(fields)).isEqualTo(ownId);
    }

    static Stream<Arguments> refused() {
        Map<String, Object> b2c = Map.of("phoneNumber", "0711222333", "amount", 100, "commandId", "BusinessPayment", "remarks",
                "ok");
        Map<String, Object> b2b = Map.of("commandId", "BusinessPayBill", "receiver", "737373", "amount", 100, "accountReference",
                "A1", "remarks", "ok");
        Map<String, Object> reversal = Map.of("transactionId", "UKK4QW7ER9", "amount", 5, "remarks", "ok");
        return Stream.of(
                arguments(new B2c(), b2c, "amount", 9, "Amount"),
                arguments(new B2c(), b2c, "amount", 250_001, "Amount"),
                arguments(new B2c(), b2c, "amount", "10.5", "Amount"),
                arguments(new B2c(), b2c, "remarks", "x", "Remarks"),
                arguments(new B2c(), b2c, "remarks", "x".repeat(101), "Remarks"),
                arguments(new B2c(), b2c, "occasion", "x".repeat(101), "Occassion"),
                arguments(new B2c(), b2c, "commandId", "BusinessPayToPochi", "CommandID"),
                arguments(new B2c(), b2c, "phoneNumber", "600000", "PartyB"),
                arguments(new B2c(), b2c, "idType", "01", "IDType"),
                arguments(new B2c(), b2c, "version", "validated", "IDType"),
                arguments(new B2Pochi(), Map.of("phoneNumber", "0711222333", "amount", 10, "remarks", "ok"), "amount", 5,
                        "Amount"), arguments(new B2b(), b2b, "accountReference", "x".repeat(14), "AccountReference"),
                arguments(new B2b(), b2b, "accountReference", "", "AccountReference"),
                arguments(new B2b(), b2b, "receiverType", "11", "RecieverIdentifierType"),
                arguments(new B2b(), b2b, "receiver", "0711222333", "PartyB"),
                arguments(new B2b(), b2b, "commandId", "Steal", "CommandID"),
                arguments(new TaxRemittance(), Map.of("amount", 5, "accountReference", "2026", "remarks", "ok"),
                        "accountReference", "", "AccountReference"),
                arguments(new Reversal(), reversal, "transactionId", "UKL0000000", "TransactionID"),
                arguments(new Reversal(), reversal, "transactionId", "short", "TransactionID"),
                arguments(new Reversal(), reversal, "remarks", "x", "Remarks"),
                arguments(new TransactionStatus(), Map.of("transactionId", "UKK4QW7ER9"), "transactionId", "", "TransactionID"),
                arguments(new TransactionStatus(), Map.of("transactionId", "UKK4QW7ER9"), "shortCode", "0711222333", "PartyA"),
                arguments(new TransactionStatus(), Map.of("transactionId", "UKK4QW7ER9"), "identifierType", "1", "PartyA"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatSafaricomWouldRefuseIsNotSent(RequestApi api, Map<String, Object> valid, String field, Object value, String named) {
        Map<String, Object> changed = new LinkedHashMap<>(valid);
        assertThat(Fields.check(api, changed)).isNotNull();
        changed.put(field, value);

        assertThatThrownBy(() -> Fields.check(api, changed)).isInstanceOfSatisfying(InvalidFieldException.class,
                refused -> assertThat(refused.getField()).isEqualTo(named));
    }

    @ParameterizedTest
    @CsvSource({ "BusinessPayBill,4", "BusinessBuyGoods,2", "BusinessPayToBulk,4", "OrgRevenueSettlement,4" })
    void theReceiverTypeFollowsTheCommand(String command, String type) {
        JsonObject sample = ResultSamples.own("b2b/request-paybill");
        Record request = new B2b.Request(command, "737373", BigDecimal.TEN, "A1", null, null, null, null);

        assertThat(ResultSamples.wire(new B2b(), sample, request)).containsEntry("RecieverIdentifierType", type)
                .containsEntry("SenderIdentifierType", "4");
        assertThat(ResultSamples.wire(new B2b(), sample, new B2b.Request(command, "737373", BigDecimal.TEN, "A1", "2", null, null,
                null))).containsEntry("RecieverIdentifierType", "2");
    }

    @Test
    void shortRequestsAreEnough() {
        assertThat(ResultSamples.wire(new B2c(), ResultSamples.own("b2c/request"), new B2c.Request("0711222333", 50)))
                .containsEntry("CommandID", "BusinessPayment").containsEntry("Remarks", "Payment").doesNotContainKey("Occassion");
        assertThat(ResultSamples.wire(new B2Pochi(), ResultSamples.own("b2pochi/request"), new B2Pochi.Request("0711222333", 50)))
                .containsEntry("CommandID", "BusinessPayToPochi");
        JsonObject b2b = ResultSamples.own("b2b/request-paybill");
        assertThat(ResultSamples.wire(new B2b(), b2b, B2b.Request.payBill("737373", 50, "A1"))).containsEntry("PartyB", "737373");
        assertThat(ResultSamples.wire(new B2b(), b2b, B2b.Request.buyGoods("6161616", 50))).doesNotContainKey("AccountReference");
        assertThat(ResultSamples.wire(new B2b(), b2b, B2b.Request.topUp("525252", 50))).containsEntry("CommandID",
                "BusinessPayToBulk");
        assertThat(ResultSamples.wire(new TransactionStatus(), ResultSamples.own("transactionStatus/request"),
                TransactionStatus.Request.ofReceipt("UKK4QW7ER9"))).doesNotContainKey("OriginalConversationID");
    }

    @Test
    void aPhoneMayHaveTakenPart() {
        JsonObject sample = ResultSamples.own("transactionStatus/request");
        assertThat(ResultSamples.wire(new TransactionStatus(), sample, new TransactionStatus.Request("UKK4QW7ER9", null,
                "0711222333", "1", null, null))).containsEntry("PartyA", "254711222333").containsEntry("IdentifierType", "1");
    }

    static Stream<PaymentApi> payments() {
        return Stream.of(new B2c(), new B2Pochi(), new B2b(), new TaxRemittance(), new Reversal());
    }

    @ParameterizedTest
    @MethodSource("payments")
    void paymentsAreAskedAboutByIdThenByReceipt(PaymentApi api) {
        PaymentIds both = new PaymentIds(null, "AG_1", "our-own-id-1", "UKK4QW7ER9");

        assertThat(api.paysOut()).isTrue();
        assertThat(api.inquiry(both).orElseThrow().fields()).isEqualTo(Map.of("OriginalConversationID", "our-own-id-1"));
        Inquiry byReceipt = api.inquiry(PaymentIds.receipt("UKK4QW7ER9")).orElseThrow();
        assertThat(byReceipt.fields()).isEqualTo(Map.of("TransactionID", "UKK4QW7ER9"));
        assertThat(byReceipt.api().name()).isEqualTo("transactionStatus");
        assertThat(api.inquiry(new PaymentIds(null, "AG_1", null, null))).isEqualTo(Optional.empty());
        // the runtime checks an inquiry before it fills in defaults
        Fields fields = Fields.check(byReceipt.api(), byReceipt.fields());
        assertThat(Json.toMap(byReceipt.api().request(fields, new SampleOwned(
                ResultSamples.own("transactionStatus/request").toMap()))))
                .containsEntry("PartyA", "515151").containsEntry("IdentifierType", "4").containsKey("Remarks");
    }

    @ParameterizedTest
    @ValueSource(strings = { "b2c", "b2pochi", "b2b", "taxRemittance", "reversal", "transactionStatus", "accountBalance" })
    void acknowledgementsAreRead(String name) {
        OutcomeApi api = Stream.concat(payments(), Stream.of(new TransactionStatus(), new AccountBalance()))
                .map(OutcomeApi.class::cast).filter(each -> each.name().equals(name)).findFirst().orElseThrow();
        Acknowledgement acknowledgement = api.acknowledgement(ResultSamples.own(name + "/response"));

        assertThat(acknowledgement.status()).isEqualTo(PaymentStatus.PENDING);
        assertThat(acknowledgement.operation()).isEqualTo(name);
        assertThat(acknowledgement.responseCode()).isEqualTo("0");
        assertThat(acknowledgement.conversationId()).startsWith("AG_20261121_");
        assertThat(acknowledgement.originatorConversationId()).contains("515151");
    }

    @ParameterizedTest
    @CsvSource({ "500.002.1001,Duplicate OriginatorConversationID.,true", "500.002.1001, duplicate originatorconversationid,true",
        "500.002.1001,System internal error.,false", "500.002.1001,,false", "500.003.1001,Duplicate notification info,false" })
    void aDuplicateIdMeansThatTheFirstArrived(String code, String text, boolean duplicate) {
        ErrorDetails error = new ErrorDetails("b2c", "shop", 500, code, text, null);

        assertThat(new B2c().isDuplicate(error)).isEqualTo(duplicate);
        assertThat(new B2Pochi().isDuplicate(error)).isEqualTo(duplicate);
        assertThat(new B2b().isDuplicate(error)).isFalse();
    }

    @Test
    void remarksDoNotMakeAnotherPayment() {
        B2c api = new B2c();
        Map<String, String> said = new LinkedHashMap<>(Map.of("phoneNumber", "0711222333", "amount", "10", "commandId",
                "BusinessPayment", "remarks", "one"));
        String first = Fields.check(api, said).fingerprint(api);
        said.putAll(Map.of("remarks", "two", "occasion", "three"));

        assertThat(Fields.check(api, said).fingerprint(api)).isEqualTo(first);
        said.put("amount", "11");
        assertThat(Fields.check(api, said).fingerprint(api)).isNotEqualTo(first);
    }
}
