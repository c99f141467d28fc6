package io.github.cameldaraja.simulator;

import static io.github.cameldaraja.simulator.results.ResultFamily.B2C_PATH;
import static io.github.cameldaraja.simulator.results.ResultFamily.B2C_V1_PATH;
import static io.github.cameldaraja.simulator.results.ResultFamily.POCHI_PATH;
import static io.github.cameldaraja.simulator.results.ResultFamily.VALIDATED_B2C_PATH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.net.http.HttpResponse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class B2cTest extends ResultTest {

    @Test
    void paysACustomerFromTheUtilityAccount() {
        ObjectNode body = b2c(PHONE, 1200);
        HttpResponse<String> answer = shop.post(B2C_PATH, body);
        JsonNode ack = shop.json(answer);
        assertThat(ack.fieldNames()).toIterable().containsExactly(
                "ConversationID", "OriginatorConversationID", "ResponseCode", "ResponseDescription");
        assertThat(ack.path("ConversationID").asText()).matches("AG_\\d{8}_[0-9a-f]{20}");
        assertThat(ack.path("OriginatorConversationID").asText()).isEqualTo("order-1");
        assertThat(ack.path("ResponseDescription").asText()).isEqualTo("Accept the service request successfully.");
        assertThat(sim.books().transfers()).isEmpty();

        JsonNode result = nextResult();

        Transfer transfer = sim.books().transfers().get(0);
        assertThat(result.fieldNames()).toIterable().containsExactly("ResultType", "ResultCode", "ResultDesc",
                "OriginatorConversationID", "ConversationID", "TransactionID", "ResultParameters", "ReferenceData");
        assertThat(result.path("ResultType").isInt()).isTrue();
        assertThat(result.path("ResultCode").isInt()).isTrue();
        assertThat(result.path("ResultDesc").asText()).isEqualTo("The service request is processed successfully.");
        assertThat(result.path("ConversationID")).isEqualTo(ack.path("ConversationID"));
        assertThat(result.path("OriginatorConversationID").asText()).isEqualTo("order-1");
        assertThat(result.path("TransactionID").asText()).isEqualTo(transfer.receipt()).matches("[A-Z0-9]{10}");
        assertThat(keys(result)).containsExactly("TransactionAmount", "TransactionReceipt", "ReceiverPartyPublicName",
                "TransactionCompletedDateTime", "B2CUtilityAccountAvailableFunds", "B2CWorkingAccountAvailableFunds",
                "B2CRecipientIsRegisteredCustomer", "B2CChargesPaidAccountAvailableFunds");
        assertThat(value(result, "TransactionAmount").isIntegralNumber()).isTrue();
        assertThat(value(result, "TransactionReceipt").asText()).isEqualTo(transfer.receipt());
        assertThat(value(result, "ReceiverPartyPublicName").asText()).isEqualTo("254722000001 - Customer 0001");
        assertThat(value(result, "TransactionCompletedDateTime").asText())
                .matches("\\d\\d\\.\\d\\d\\.\\d{4} \\d\\d:\\d\\d:\\d\\d");
        assertThat(shop.callbacks.get(0).body()).contains("\"B2CUtilityAccountAvailableFunds\",\"Value\":48800.00");
        assertThat(result.at("/ReferenceData/ReferenceItem/Key").asText()).isEqualTo("QueueTimeoutURL");
        assertThat(transfer.operation()).isEqualTo("BusinessPayment");
        assertThat(transfer.originatorConversationId()).isEqualTo("order-1");
        assertThat(transfer.conversationId()).isEqualTo(ack.path("ConversationID").asText());
        assertThat(sim.books().balance(payBill, UTILITY)).isEqualTo(48_800);
        assertThat(sim.books().balance(payBill, WORKING)).isEqualTo(1_000_000);
        assertThat(sim.books().customerBalance(PHONE)).isEqualTo(101_200);
        assertThat(sim.counters().count("b2c.received")).isEqualTo(1);
        assertThat(sim.counters().count("b2c.accepted")).isEqualTo(1);
        assertThat(sim.counters().count("b2c.succeeded")).isEqualTo(1);
    }

    @Test
    void refusesTheSameIdTwice() {
        ObjectNode body = b2c(PHONE, 100);
        accepted(B2C_PATH, body);
        HttpResponse<String> again = shop.post(B2C_PATH, body);
        assertThat(again.statusCode()).isEqualTo(500);
        assertThat(again.body()).contains("\"errorCode\":\"500.002.1001\"", "Duplicate OriginatorConversationID.");
        work();
        assertThat(shop.post(B2C_PATH, body).statusCode()).isEqualTo(500);
        assertThat(sim.books().transfers()).hasSize(1);
        assertThat(sim.counters().count("b2c.duplicates")).isEqualTo(2);
        assertThat(sim.counters().count("b2c.refused")).isEqualTo(2);
    }

    @Test
    void knowsNoIdsInVersionOne() {
        ObjectNode body = b2cVersion1(PHONE, 100);
        JsonNode first = accepted(B2C_V1_PATH, body);
        JsonNode second = accepted(B2C_V1_PATH, body);
        assertThat(first.path("OriginatorConversationID").asText())
                .matches("[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\d{7}")
                .isNotEqualTo(second.path("OriginatorConversationID").asText());
        work();
        assertThat(sim.books().transfers()).hasSize(2).allMatch(paid -> paid.operation().equals("SalaryPayment"));
    }

    @Test
    void paysIntoAPochi() {
        assertThat(code(POCHI_PATH, pochi(PHONE, 70))).isEqualTo("0");
        assertThat(sim.books().customerBalance(PHONE)).isEqualTo(100_070);
        assertThat(shop.post(POCHI_PATH, pochi(PHONE, 70).put("CommandID", "BusinessPayment")).body())
                .contains("Invalid CommandID");
        assertThat(sim.counters().count("pochi.succeeded")).isEqualTo(1);
    }

    @Test
    void checksDocuments() {
        assertThat(code(VALIDATED_B2C_PATH, validated(PHONE, 50, "01", "31415926"))).isEqualTo("0");
        sim.results().registerIdentity(PHONE, "01", "27182818");
        assertThat(code(VALIDATED_B2C_PATH, validated(PHONE, 50, "01", "27182818"))).isEqualTo("0");
        JsonNode mismatch = result(VALIDATED_B2C_PATH, validated(PHONE, 50, "01", "31415926"));
        assertThat(mismatch.path("ResultCode").textValue()).isEqualTo("R003");
        assertThat(code(VALIDATED_B2C_PATH, validated(PHONE, 50, "05", "27182818"))).isEqualTo("R002");
        assertThat(shop.post(VALIDATED_B2C_PATH, validated(PHONE, 50, "06", "1")).body()).contains("Invalid IDType");
        assertThat(sim.books().transfers()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"9, 2", "0, 2", "250001, 3", "250000, 1", "50001, 1"})
    void keepsLimits(int amount, String code) {
        JsonNode result = b2cResult(amount);
        assertThat(result.path("ResultCode").asText()).isEqualTo(code);
        assertThat(result.has("ResultParameters")).isFalse();
        assertThat(result.path("TransactionID").asText()).as("like a receipt").matches("[A-Z0-9]{10}")
                .doesNotEndWith("0000000");
        assertThat(sim.books().transfers()).isEmpty();
        assertThat(sim.counters().count("b2c.failed")).isEqualTo(1);
    }

    @Test
    void fillsNobodyBeyondTheLimit() {
        sim.customers().add("254722000009", 499_950, "1234");
        assertThat(code(B2C_PATH, b2c("254722000009", 51))).isEqualTo("8");
        assertThat(code(B2C_PATH, b2c("254722000009", 50))).isEqualTo("0");
        assertThat(sim.books().customerBalance("254722000009")).isEqualTo(500_000);
    }

    @Test
    void paysFromNobodyElsesAccounts() {
        sim.books().deposit("600111", UTILITY, new BigDecimal(1000));
        assertThat(code(B2C_PATH, b2c(PHONE, 50).put("PartyA", "600111"))).isEqualTo("2001");
        assertThat(code(B2C_PATH, b2c(PHONE, 50).put("PartyA", sim.credentials().tillNumber()))).isEqualTo("2028");
    }

    @ParameterizedTest
    @CsvSource({"OriginatorConversationID, ", "InitiatorName, ", "SecurityCredential, ", "CommandID, BusinessPayBill",
        "Amount, 10.5", "Amount, -10", "PartyA, 12", "PartyB, 0722000001", "Remarks, x", "QueueTimeOutURL, nowhere",
        "ResultURL, https://shop.example/mpesa"})
    void namesTheBadField(String field, String value) {
        ObjectNode body = b2c(PHONE, 100).put(field, value);
        HttpResponse<String> answer = shop.post(B2C_PATH, body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(shop.json(answer).path("errorCode").asText()).isEqualTo("400.002.02");
        assertThat(shop.json(answer).path("errorMessage").asText()).isEqualTo("Bad Request - Invalid " + field);
        assertThat(sim.counters().count("b2c.refused")).isEqualTo(1);
    }

    @Test
    void namesTheFirstBadFieldOnly() {
        ObjectNode body = b2c("nobody", 100).put("Remarks", "");
        assertThat(shop.post(B2C_PATH, body).body()).contains("Invalid PartyB");
    }

    @Test
    void acceptsNumbers() {
        ObjectNode body = b2c(PHONE, 100).put("Amount", 100).put("PartyA", Integer.parseInt(payBill))
                .put("PartyB", Long.parseLong(PHONE));
        assertThat(code(B2C_PATH, body)).isEqualTo("0");
    }

    @Test
    void canDemandTheTypesOfTheSamples() {
        try (DarajaSimulator strict = DarajaSimulator.start(SimulatorSettings.defaults().withStrict(true)
                .withUtilityFloat(100)); Shop other = new Shop(strict)) {
            assertThat(other.post(B2C_PATH, b2c(PHONE, 100).put("Amount", 100)).body()).contains("Invalid Amount");
            assertThat(other.post(VALIDATED_B2C_PATH, validated(PHONE, 100, "01", "7")).body())
                    .contains("Invalid Amount");
            assertThat(other.post(VALIDATED_B2C_PATH, validated(PHONE, 100, "01", "7").put("Amount", 100))
                    .statusCode()).isEqualTo(200);
            await().until(() -> strict.books().balance(payBill, UTILITY) == 0);
            strict.books().verify();
        }
    }

    @Test
    void refusesDeadTokensAndOtherMethods() {
        shop.token();
        sim.revokeTokens();
        HttpResponse<String> answer = shop.post(B2C_PATH, b2c(PHONE, 100));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("401.002.01", "Error Occurred - Invalid Access Token - " + shop.token());
        assertThat(shop.send(shop.to(B2C_PATH).GET()).body()).contains("405.001", "GET Method Not Allowed");
    }
}
