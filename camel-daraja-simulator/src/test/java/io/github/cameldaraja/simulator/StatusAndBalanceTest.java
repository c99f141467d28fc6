package io.github.cameldaraja.simulator;

import static io.github.cameldaraja.simulator.results.ResultFamily.B2B_PATH;
import static io.github.cameldaraja.simulator.results.ResultFamily.B2C_PATH;
import static io.github.cameldaraja.simulator.results.ResultFamily.BALANCE_PATH;
import static io.github.cameldaraja.simulator.results.ResultFamily.REVERSAL_PATH;
import static io.github.cameldaraja.simulator.results.ResultFamily.STATUS_PATH;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class StatusAndBalanceTest extends ResultTest {

    @Test
    void findsAPaymentByItsReceipt() {
        String receipt = paid(PHONE, 700);
        JsonNode result = result(STATUS_PATH, status(receipt, ""));
        assertThat(result.fieldNames()).toIterable().containsExactly("ConversationID", "OriginatorConversationID",
                "ReferenceData", "ResultCode", "ResultDesc", "ResultParameters", "ResultType", "TransactionID");
        assertThat(result.path("ResultCode").isInt()).isTrue();
        assertThat(result.path("TransactionID").asText()).endsWith("0000000");
        assertThat(result.at("/ReferenceData/ReferenceItem").toString()).isEqualTo("{\"Key\":\"Occasion\"}");
        assertThat(keys(result)).containsExactly("DebitPartyName", "DebitPartyName", "OriginatorConversationID",
                "InitiatedTime", "DebitAccountType", "DebitPartyCharges", "TransactionReason", "ReasonType",
                "TransactionStatus", "FinalisedTime", "Amount", "ConversationID", "ReceiptNo");
        assertThat(value(result, "DebitPartyName").asText()).isEqualTo(PHONE + " - Customer 0001");
        assertThat(result.at("/ResultParameters/ResultParameter/1/Value").asText())
                .isEqualTo(payBill + " - Simulator Shop");
        assertThat(value(result, "TransactionStatus").asText()).isEqualTo("Completed");
        assertThat(value(result, "Amount").textValue()).isEqualTo("700");
        assertThat(value(result, "ReceiptNo").asText()).isEqualTo(receipt);
        assertThat(value(result, "TransactionReason").isMissingNode()).isTrue();
    }

    @Test
    void findsTransfersByReceiptAndConversation() {
        JsonNode b2c = accepted(B2C_PATH, b2c(PHONE, 300));
        String id = b2c.path("OriginatorConversationID").asText();
        JsonNode pending = peek(status("", id));
        assertThat(value(pending, "TransactionStatus").asText()).isEqualTo("Pending");
        assertThat(value(pending, "ReceiptNo").isMissingNode()).isTrue();
        assertThat(value(pending, "FinalisedTime").isMissingNode()).isTrue();
        work();

        JsonNode done = result(STATUS_PATH, status("", id).put("Occasion", "Why"));

        assertThat(value(done, "TransactionStatus").asText()).isEqualTo("Completed");
        assertThat(value(done, "DebitAccountType").asText()).isEqualTo(UTILITY);
        assertThat(value(done, "ReasonType").asText()).isEqualTo("Business Payment to Customer via API");
        assertThat(value(done, "OriginatorConversationID").asText()).isEqualTo(id);
        assertThat(value(done, "ConversationID")).isEqualTo(b2c.path("ConversationID"));
        assertThat(done.at("/ReferenceData/ReferenceItem/Value").asText()).isEqualTo("Why");
        String b2b = result(B2B_PATH, b2b("BusinessPayBill", "600222", "4", 20)).path("TransactionID").asText();
        assertThat(value(result(STATUS_PATH, status(b2b, "")), "Amount").asText()).isEqualTo("20");
        String undone = result(REVERSAL_PATH, reversal(paid(PHONE, 9), 9)).path("TransactionID").asText();
        assertThat(value(result(STATUS_PATH, status(undone, "")), "ReasonType").asText())
                .isEqualTo("Transaction Reversal via API");
    }

    @Test
    void tellsWhatHasFailed() {
        ObjectNode body = b2c(PHONE, 90_000);
        JsonNode failed = result(B2C_PATH, body);
        String id = body.path("OriginatorConversationID").asText();
        assertThat(value(result(STATUS_PATH, status("", id)), "TransactionStatus").asText()).isEqualTo("Declined");
        assertThat(value(result(STATUS_PATH, status(failed.path("TransactionID").asText(), "")),
                "TransactionStatus").asText()).isEqualTo("Declined");
        sim.results().next(ResultApi.REVERSAL, ResultScript.timesOut());
        String late = accepted(REVERSAL_PATH, reversal("UKL5T5T5T5", 5)).path("OriginatorConversationID").asText();
        nextResult();
        assertThat(value(result(STATUS_PATH, status("", late)), "TransactionStatus").asText()).isEqualTo("Expired");
    }

    @Test
    void findsNothingElse() {
        assertThat(code(STATUS_PATH, status("UKL5T5T5T5", ""))).isEqualTo("2033");
        assertThat(code(STATUS_PATH, status("", "nobody's"))).isEqualTo("2033");
        String receipt = paid(PHONE, 700);
        assertThat(code(STATUS_PATH, status(receipt, "").put("PartyA", sim.credentials().tillNumber())
                .put("IdentifierType", "2"))).as("of another").isEqualTo("2033");
        assertThat(code(STATUS_PATH, status(receipt, "").put("PartyA", PHONE).put("IdentifierType", "1")))
                .isEqualTo("0");
    }

    @Test
    void refusesBadQueries() {
        assertThat(shop.post(STATUS_PATH, status("", "")).body()).contains("Invalid TransactionID");
        assertThat(shop.post(STATUS_PATH, status("x", "")).body()).contains("Invalid TransactionID");
        HttpResponse<String> foreign = shop.post(STATUS_PATH, status("UKL5T5T5T5", "").put("PartyA", "600111"));
        assertThat(foreign.statusCode()).isEqualTo(400);
        assertThat(foreign.body()).contains("400.003.02", "Bad Request - Kindly use your own ShortCode");
        assertThat(sim.counters().count("status.refused")).isEqualTo(3);
    }

    @Test
    void tellsBalancesOfAPayBill() {
        accepted(BALANCE_PATH, balance());
        JsonNode result = nextResult();
        assertThat(result.path("ResultCode").textValue()).isEqualTo("0");
        assertThat(value(result, "AccountBalance").asText()).isEqualTo(
                "Utility Account|KES|50000.00|50000.00|0.00|0.00"
                + "&Working Account|KES|1000000.00|1000000.00|0.00|0.00"
                + "&Charges Paid Account|KES|0.00|0.00|0.00|0.00"
                + "&Organization Settlement Account|KES|0.00|0.00|0.00|0.00");
        assertThat(value(result, "BOCompletedTime").textValue()).matches("\\d{14}");
        assertThat(result.path("TransactionID").asText()).endsWith("0000000");
    }

    @Test
    void tellsBalancesOfATill() {
        JsonNode result = result(BALANCE_PATH, balance().put("PartyA", sim.credentials().storeNumber()));
        assertThat(value(result, "AccountBalance").asText()).startsWith("Merchant Account|KES|0.00|")
                .doesNotContain("Settlement");
        assertThat(code(BALANCE_PATH, balance().put("PartyA", "600111"))).isEqualTo("TP40153");
    }

    /** The result of a query that overtakes everything else. */
    private JsonNode peek(ObjectNode query) {
        sim.results().next(ResultApi.STATUS, ResultScript.succeeds().callbackBeforeAnswer());
        int before = shop.callbacks.size();
        accepted(STATUS_PATH, query);
        assertThat(sim.books().transfers()).isEmpty();
        return shop.callbacks.get(before).json().path("Result");
    }
}
