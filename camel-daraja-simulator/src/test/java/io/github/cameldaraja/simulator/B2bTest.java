package io.github.cameldaraja.simulator;

import static io.github.cameldaraja.simulator.results.ResultFamily.B2B_PATH;
import static io.github.cameldaraja.simulator.results.ResultFamily.B2C_PATH;
import static io.github.cameldaraja.simulator.results.ResultFamily.TAX_PATH;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class B2bTest extends ResultTest {

    private static final String MERCHANT = "Merchant Account";

    @Test
    void paysABillFromTheWorkingAccount() {
        JsonNode ack = accepted(B2B_PATH, b2b("BusinessPayBill", "600222", "4", 190).put("Occassion", "July"));
        assertThat(ack.fieldNames()).toIterable().containsExactly(
                "OriginatorConversationID", "ConversationID", "ResponseCode", "ResponseDescription");

        JsonNode result = nextResult();

        assertThat(result.path("ResultType").textValue()).isEqualTo("0");
        assertThat(result.path("ResultCode").textValue()).isEqualTo("0");
        assertThat(result.path("ResultDesc").asText()).isEqualTo("The service request is processed successfully");
        assertThat(result.path("OriginatorConversationID")).isEqualTo(ack.path("OriginatorConversationID"));
        assertThat(keys(result)).containsExactly("DebitAccountBalance", "Amount", "DebitPartyAffectedAccountBalance",
                "TransCompletedTime", "DebitPartyCharges", "ReceiverPartyPublicName", "Currency",
                "InitiatorAccountCurrentBalance");
        assertThat(value(result, "DebitAccountBalance").asText())
                .isEqualTo("{Amount={CurrencyCode=KES, MinimumAmount=99981000, BasicAmount=999810.00}}");
        assertThat(value(result, "Amount").textValue()).isEqualTo("190.00");
        assertThat(value(result, "DebitPartyAffectedAccountBalance").asText())
                .isEqualTo("Working Account|KES|999810.00|999810.00|0.00|0.00");
        assertThat(value(result, "TransCompletedTime").textValue()).matches("\\d{14}");
        assertThat(value(result, "ReceiverPartyPublicName").asText()).isEqualTo("600222 - Organisation 600222");
        JsonNode references = result.at("/ReferenceData/ReferenceItem");
        assertThat(references.at("/0/Value").asText()).isEqualTo("INV77");
        assertThat(references.at("/1/Key").asText()).isEqualTo("QueueTimeoutURL");
        assertThat(references.at("/1/Value").asText()).isEqualTo(shop.callbackUrl() + "&late=yes");
        assertThat(references.at("/2/Key").asText()).isEqualTo("Occassion");
        Transfer transfer = sim.books().transfers().get(0);
        assertThat(transfer.reference()).isEqualTo("INV77");
        assertThat(result.path("TransactionID").asText()).isEqualTo(transfer.receipt());
        assertThat(sim.books().balance(payBill, WORKING)).isEqualTo(999_810);
        assertThat(sim.books().balance(payBill, UTILITY)).isEqualTo(50_000);
        assertThat(sim.books().balance("600222", UTILITY)).isEqualTo(190);
        assertThat(sim.counters().count("b2b.succeeded")).isEqualTo(1);
    }

    @Test
    void paysTillsByTheirNumbers() {
        assertThat(code(B2B_PATH, b2b("BusinessBuyGoods", "5790001", "2", 80))).isEqualTo("0");
        assertThat(sim.books().balance("5790001", MERCHANT)).isEqualTo(80);
        assertThat(code(B2B_PATH, b2b("BusinessBuyGoods", "5790001", "4", 80))).isEqualTo("0");
        String till = sim.credentials().tillNumber();
        assertThat(code(B2B_PATH, b2b("BusinessBuyGoods", till, "4", 80))).isEqualTo("SFC_IC0003");
        assertThat(code(B2B_PATH, b2b("BusinessBuyGoods", till, "2", 80))).isEqualTo("0");
        assertThat(code(B2B_PATH, b2b("BusinessBuyGoods", sim.credentials().storeNumber(), "4", 80))).isEqualTo("0");
        assertThat(sim.books().balance(till, MERCHANT)).isEqualTo(160);
        assertThat(code(B2B_PATH, b2b("BusinessBuyGoods", payBill, "4", 80))).as("no till").isEqualTo("SFC_IC0003");
        assertThat(code(B2B_PATH, b2b("BusinessPayBill", till, "4", 80))).as("a till").isEqualTo("SFC_IC0003");
        assertThat(code(B2B_PATH, b2b("BusinessPayBill", "600222", "2", 80))).as("no till").isEqualTo("SFC_IC0003");
        assertThat(sim.books().transfers()).hasSize(4);
    }

    @Test
    void topsUpAccountsForCustomers() {
        ObjectNode topUp = b2b("BusinessPayToBulk", payBill, "4", 5000);
        topUp.remove("AccountReference");
        assertThat(code(B2B_PATH, topUp)).isEqualTo("0");
        assertThat(sim.books().balance(payBill, UTILITY)).isEqualTo(55_000);
        assertThat(code(B2B_PATH, b2b("BusinessPayToBulk", "600333", "4", 5000))).isEqualTo("0");
        assertThat(sim.books().balance("600333", UTILITY)).isEqualTo(5000);
        assertThat(look("/books").at("/organisations/600333").has("Organization Settlement Account"))
                .as("a bulk account").isFalse();
    }

    @Test
    void customersArePaidFromWhatWasToppedUp() {
        String payouts = sim.payoutShortCode();
        ObjectNode payout = b2c(PHONE, 400).put("PartyA", payouts);
        assertThat(code(B2C_PATH, payout)).as("nothing there yet").isEqualTo("1");

        assertThat(code(B2B_PATH, b2b("BusinessPayToBulk", payouts, "4", 500))).isEqualTo("0");
        assertThat(code(B2C_PATH, b2c(PHONE, 400).put("PartyA", payouts))).isEqualTo("0");
        assertThat(sim.books().balance(payouts, UTILITY)).isEqualTo(100);
        assertThat(sim.books().balance(payBill, UTILITY)).as("the pay bill's own").isEqualTo(50_000);
        assertThat(sim.books().balance(payBill, WORKING)).isEqualTo(999_500);
        assertThat(sim.books().customerBalance(PHONE)).isEqualTo(100_400);
    }

    @ParameterizedTest
    @CsvSource({"BusinessTransferFromMMFToUtility, Working Account, Utility Account",
        "OrgRevenueSettlement, Utility Account, Organization Settlement Account"})
    void movesMoneyAmongOwnAccounts(String command, String from, String to) {
        long before = sim.books().balance(payBill, from);
        assertThat(code(B2B_PATH, b2b(command, payBill, "4", 300))).isEqualTo("0");
        assertThat(sim.books().balance(payBill, from)).isEqualTo(before - 300);
        assertThat(sim.books().transfers().get(0).toAccount()).isEqualTo(to);
        assertThat(code(B2B_PATH, b2b(command, "600222", "4", 300))).as("not own").isEqualTo("SFC_IC0003");
    }

    @Test
    void movesMoneyOfATill() {
        String till = sim.credentials().tillNumber();
        sim.books().deposit(till, MERCHANT, new BigDecimal(900));
        assertThat(code(B2B_PATH, b2b("MerchantTransferFromMerchantToWorking", till, "2", 300)
                .put("PartyA", sim.credentials().storeNumber()))).isEqualTo("0");
        assertThat(sim.books().balance(till, WORKING)).isEqualTo(300);
        assertThat(code(B2B_PATH, b2b("MerchantToMerchantTransfer", "5790002", "2", 600).put("PartyA", till)))
                .isEqualTo("0");
        assertThat(sim.books().balance("5790002", MERCHANT)).isEqualTo(600);
        assertThat(code(B2B_PATH, b2b("MerchantToMerchantTransfer", "5790002", "2", 600)))
                .as("a pay bill has no merchant account").isEqualTo("2028");
    }

    @ParameterizedTest
    @CsvSource({"BusinessToBusinessTransfer", "MerchantServicesMMFAccountTransfer", "AgencyFloatAdvance",
        "DisburseFundsToBusiness"})
    void movesMoneyToWorkingAccounts(String command) {
        JsonNode result = result(B2B_PATH, b2b(command, "600444", "4", 300));
        assertThat(result.path("ResultCode").asText()).isEqualTo("0");
        assertThat(sim.books().balance("600444", WORKING)).isEqualTo(300);
        assertThat(keys(result).contains("CreditAccountBalance")).isEqualTo(command.startsWith("Disburse"));
    }

    @Test
    void tellsFailuresInAnotherShape() {
        JsonNode poor = result(B2B_PATH, b2b("BusinessPayBill", "600222", "4", 2_000_000));
        assertThat(poor.path("ResultCode").isInt()).isTrue();
        assertThat(poor.path("ResultCode").asInt()).isEqualTo(1);
        assertThat(poor.path("TransactionID").asText()).matches("[A-Z0-9]{3}0000000");
        assertThat(poor.at("/ResultParameters/ResultParameter").isObject()).isTrue();
        assertThat(poor.at("/ResultParameters/ResultParameter/Key").asText()).isEqualTo("BOCompletedTime");
        assertThat(poor.at("/ReferenceData/ReferenceItem").isObject()).isTrue();

        JsonNode topUp = result(B2B_PATH, b2b("BusinessPayToBulk", "600333", "4", 2_000_000)
                .put("AccountReference", "12345"));
        assertThat(topUp.at("/ResultParameters/ResultParameter/Value").isIntegralNumber()).isTrue();
        assertThat(topUp.at("/ReferenceData/ReferenceItem/2").has("Value")).isFalse();

        JsonNode tax = result(TAX_PATH, tax(2_000_000));
        assertThat(tax.path("ResultType").textValue()).isEqualTo("0");
        assertThat(tax.path("ResultCode").isInt()).isTrue();
        assertThat(tax.at("/ResultParameters/ResultParameter").isArray()).isTrue();
        assertThat(sim.books().transfers()).isEmpty();
    }

    @Test
    void remitsTaxes() {
        JsonNode result = result(TAX_PATH, tax(239));
        assertThat(result.path("ResultCode").textValue()).isEqualTo("0");
        assertThat(sim.books().balance("572572", UTILITY)).isEqualTo(239);
        assertThat(shop.post(TAX_PATH, tax(239).put("PartyB", "572573")).body()).contains("Invalid PartyB");
        assertThat(shop.post(TAX_PATH, tax(239).put("RecieverIdentifierType", "2")).body())
                .contains("Invalid RecieverIdentifierType");
        assertThat(shop.post(B2B_PATH, b2b("PayTaxToKRA", "572572", "4", 1)).body()).contains("Invalid CommandID");
        assertThat(sim.counters().count("tax.succeeded")).isEqualTo(1);
    }

    @Test
    void knowsTheMisspeltFieldOnly() {
        ObjectNode body = b2b("BusinessPayBill", "600222", "4", 190);
        body.remove("RecieverIdentifierType");
        body.put("ReceiverIdentifierType", "4");
        assertThat(shop.post(B2B_PATH, body).body())
                .contains("400.002.02", "Bad Request - Invalid RecieverIdentifierType");
    }

    @Test
    void wantsAReferenceForBillsOnly() {
        assertThat(shop.post(B2B_PATH, b2b("BusinessPayBill", "600222", "4", 1).put("AccountReference", "")).body())
                .contains("Invalid AccountReference");
        assertThat(shop.post(B2B_PATH, b2b("BusinessPayBill", "600222", "4", 1)
                .put("AccountReference", "12345678901234")).body()).contains("Invalid AccountReference");
        assertThat(code(B2B_PATH, b2b("BusinessBuyGoods", "5790001", "2", 1).put("AccountReference", "")))
                .isEqualTo("0");
    }

    @Test
    void ignoresAnIdThatNoPageMentions() {
        ObjectNode body = b2b("BusinessPayBill", "600222", "4", 10).put("OriginatorConversationID", "mine");
        assertThat(accepted(B2B_PATH, body).path("OriginatorConversationID").asText()).isNotEqualTo("mine");
        accepted(B2B_PATH, body);
        work();
        assertThat(sim.books().transfers()).as("paid twice").hasSize(2);
    }
}
