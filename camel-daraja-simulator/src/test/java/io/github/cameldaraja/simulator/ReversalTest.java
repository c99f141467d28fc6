package io.github.cameldaraja.simulator;

import static io.github.cameldaraja.simulator.results.ResultFamily.B2C_PATH;
import static io.github.cameldaraja.simulator.results.ResultFamily.REVERSAL_PATH;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class ReversalTest extends ResultTest {

    @Test
    void givesAPaymentBack() {
        String receipt = paid(PHONE, 700);
        JsonNode result = result(REVERSAL_PATH, reversal(receipt, 700));

        assertThat(result.path("ResultCode").isInt()).isTrue();
        assertThat(result.path("ResultCode").asInt()).isZero();
        assertThat(keys(result)).containsExactly("DebitAccountBalance", "Amount", "TransCompletedTime",
                "OriginalTransactionID", "Charge", "CreditPartyPublicName", "DebitPartyPublicName");
        assertThat(value(result, "DebitAccountBalance").asText())
                .isEqualTo("Utility Account|KES|50000.00|50000.00|0.00|0.00");
        assertThat(value(result, "OriginalTransactionID").asText()).isEqualTo(receipt);
        assertThat(value(result, "TransCompletedTime").isIntegralNumber()).isTrue();
        assertThat(value(result, "CreditPartyPublicName").asText()).startsWith(PHONE + " - ");
        Transfer transfer = sim.books().transfers().get(0);
        assertThat(transfer.reverses()).isEqualTo(receipt);
        assertThat(result.path("TransactionID").asText()).isEqualTo(transfer.receipt()).isNotEqualTo(receipt);
        assertThat(sim.books().customerBalance(PHONE)).isEqualTo(100_000);
        assertThat(sim.books().balance(payBill, UTILITY)).isEqualTo(50_000);
        assertThat(code(REVERSAL_PATH, reversal(receipt, 700))).isEqualTo("R000001");
        assertThat(sim.books().transfers()).hasSize(1);
        assertThat(sim.counters().count("reversal.succeeded")).isEqualTo(1);
        assertThat(sim.counters().count("reversal.failed")).isEqualTo(1);
    }

    @Test
    void undoesPaymentsOfCustomersOnly() {
        JsonNode unknown = result(REVERSAL_PATH, reversal("UKL5T5T5T5", 700));
        assertThat(unknown.path("ResultCode").textValue()).isEqualTo("R000002");
        assertThat(unknown.path("TransactionID").asText()).endsWith("0000000");
        assertThat(unknown.has("ResultParameters")).isFalse();
        String payout = result(B2C_PATH, b2c(PHONE, 100)).path("TransactionID").asText();
        assertThat(code(REVERSAL_PATH, reversal(payout, 100))).isEqualTo("R000002");
        assertThat(code(REVERSAL_PATH, reversal(paid(PHONE, 10), 10)
                .put("ReceiverParty", sim.credentials().tillNumber()))).isEqualTo("R000002");
        assertThat(sim.books().transfers()).hasSize(1);
    }

    @Test
    void givesAPartBackOnce() {
        String receipt = paid(PHONE, 700);
        assertThat(code(REVERSAL_PATH, reversal(receipt, 701))).isEqualTo("3");
        assertThat(code(REVERSAL_PATH, reversal(receipt, 200))).isEqualTo("0");
        assertThat(code(REVERSAL_PATH, reversal(receipt, 500))).isEqualTo("R000001");
        assertThat(sim.books().customerBalance(PHONE)).isEqualTo(99_500);
    }

    @Test
    void cannotGiveBackWhatIsSpent() {
        String receipt = paid(PHONE, 700);
        assertThat(code(B2C_PATH, b2c("254722000002", 50_100))).isEqualTo("0");
        assertThat(code(REVERSAL_PATH, reversal(receipt, 700))).isEqualTo("1");
        assertThat(code(REVERSAL_PATH, reversal(receipt, 600))).as("still possible").isEqualTo("0");
    }

    @Test
    void refusesAsTheGatewayDoes() {
        shop.token();
        assertThat(shop.post(REVERSAL_PATH, reversal("short", 1)).body()).contains("Invalid TransactionID");
        assertThat(shop.post(REVERSAL_PATH, reversal("UKL5T5T5T5", 1).put("RecieverIdentifierType", "4")).body())
                .contains("Invalid RecieverIdentifierType");
        sim.revokeTokens();
        HttpResponse<String> answer = shop.post(REVERSAL_PATH, reversal("UKL5T5T5T5", 1));
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("404.001.03");
    }
}
