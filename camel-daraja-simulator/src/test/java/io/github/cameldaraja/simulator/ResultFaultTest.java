package io.github.cameldaraja.simulator;

import static io.github.cameldaraja.simulator.results.ResultFamily.B2B_PATH;
import static io.github.cameldaraja.simulator.results.ResultFamily.B2C_PATH;
import static io.github.cameldaraja.simulator.results.ResultFamily.BALANCE_PATH;
import static io.github.cameldaraja.simulator.results.ResultFamily.REVERSAL_PATH;
import static io.github.cameldaraja.simulator.results.ResultFamily.STATUS_PATH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ResultFaultTest extends ResultTest {

    @ParameterizedTest
    @CsvSource({"1", "4", "8", "11", "15", "17", "21", "2006", "2028", "2040", "8006", "SFC_IC0003", "4711"})
    void endsAsScripted(String code) {
        sim.results().forReceiver(PHONE, ResultScript.result(code));
        JsonNode result = b2cResult(100);
        assertThat(result.path("ResultCode").asText()).isEqualTo(code);
        assertThat(result.path("ResultCode").isNumber()).isEqualTo(!code.startsWith("SFC"));
        assertThat(result.path("ResultDesc").asText()).isNotBlank();
        assertThat(sim.books().transfers()).isEmpty();
        assertThat(code(B2C_PATH, b2c("254722000002", 100))).as("others are paid").isEqualTo("0");
    }

    @Test
    void knowsWhichScriptComesFirst() {
        sim.results().always(ResultApi.B2C, ResultScript.result(11));
        sim.results().forReceiver(PHONE, ResultScript.result(21));
        sim.results().next(ResultApi.B2C, ResultScript.result(26).text("Busy today"));
        sim.results().forReceiverOnce(PHONE, ResultScript.result(17));
        assertThat(b2cResult(100).path("ResultCode").asInt()).isEqualTo(17);
        assertThat(b2cResult(100).path("ResultDesc").asText()).isEqualTo("Busy today");
        assertThat(b2cResult(100).path("ResultCode").asInt()).isEqualTo(21);
        assertThat(code(B2C_PATH, b2c("254722000002", 100))).isEqualTo("11");
        assertThat(code(B2B_PATH, b2b("BusinessPayBill", "600222", "4", 5))).as("another API").isEqualTo("0");
        sim.reset();
        sim.clock().freeze();
        shop.forgetToken();
        assertThat(b2cResult(100).path("ResultCode").asInt()).as("no money after a reset").isEqualTo(1);
    }

    @Test
    void losesDoublesAndDelaysResults() {
        sim.results().next(ResultApi.B2C, ResultScript.succeeds().lostCallback());
        String lost = accepted(B2C_PATH, b2c(PHONE, 10)).path("ConversationID").asText();
        work();
        assertThat(sim.books().transfers()).hasSize(1);
        assertThat(sim.counters().callbacksSent()).isZero();
        assertThat(sim.results().resend(lost).join()).isEqualTo(200);
        assertThat(shop.callbacks.get(0).json().at("/Result/ConversationID").asText()).isEqualTo(lost);

        sim.results().next(ResultApi.B2C, ResultScript.succeeds().duplicateCallback());
        accepted(B2C_PATH, b2c(PHONE, 10));
        work();
        await().until(() -> shop.callbacks.size() == 3);
        assertThat(shop.callbacks.get(1).body()).isEqualTo(shop.callbacks.get(2).body());

        sim.results().next(ResultApi.B2C, ResultScript.succeeds().callbackAfter(Duration.ofMinutes(5)));
        accepted(B2C_PATH, b2c(PHONE, 10));
        sim.clock().advance(Duration.ofMinutes(4));
        assertThat(sim.books().transfers()).hasSize(3);
        assertThat(sim.counters().callbacksSent()).isEqualTo(3);
        sim.clock().advance(Duration.ofMinutes(2));
        await().until(() -> shop.callbacks.size() == 4);
    }

    @Test
    void tellsTheResultBeforeTheAcknowledgement() {
        sim.results().next(ResultApi.B2C, ResultScript.succeeds().callbackBeforeAnswer());
        JsonNode ack = accepted(B2C_PATH, b2c(PHONE, 10));
        assertThat(shop.callbacks).hasSize(1);
        assertThat(shop.callbacks.get(0).json().at("/Result/ConversationID")).isEqualTo(ack.path("ConversationID"));
    }

    @Test
    void doesNotRepeatFailedDeliveries() {
        shop.callbackStatus = 500;
        b2cResult(10);
        sim.clock().advance(Duration.ofDays(1));
        assertThat(sim.counters().callbacksSent()).isEqualTo(1);
        await().until(() -> sim.callbacks().size() == 1);
        assertThat(sim.callbacks().get(0).status()).isEqualTo(500);
    }

    @Test
    void losesTheAcknowledgementButNotTheMoney() {
        ObjectNode body = b2c(PHONE, 10);
        sim.results().next(ResultApi.B2C, ResultScript.succeeds().resetAfterAccepting());
        assertThatThrownBy(() -> shop.post(B2C_PATH, body)).isInstanceOf(UncheckedIOException.class);
        assertThat(shop.post(B2C_PATH, body).body()).contains("Duplicate OriginatorConversationID.");
        work();
        assertThat(sim.books().transfers()).hasSize(1);
        JsonNode status = result(STATUS_PATH, status("", body.path("OriginatorConversationID").asText()));
        assertThat(value(status, "TransactionStatus").asText()).isEqualTo("Completed");
    }

    static Stream<Arguments> answers() {
        ResultScript script = ResultScript.succeeds();
        return Stream.of(
                Arguments.of(script.errorAfterAccepting(), 500, "500.003.1001", true),
                Arguments.of(script.html503AfterAccepting(), 503, "<html>", true),
                Arguments.of(script.emptyBody(), 200, "", true),
                Arguments.of(script.slowAnswer(Duration.ofMillis(200)), 200, "ResponseCode", true),
                Arguments.of(script.html503(), 503, "Incapsula", false),
                Arguments.of(script.empty401(), 401, "", false),
                Arguments.of(script.spikeArrest(), 429, "SpikeArrestViolation", false),
                Arguments.of(script.spikeArrestGateway(), 500, "Spike Arrest", false),
                Arguments.of(script.quota(), 500, "500.003.03", false),
                Arguments.of(script.systemBusy(), 500, "500.003.02", false),
                Arguments.of(script.internalError(), 500, "System internal error.", false),
                Arguments.of(script.apiProductFault(), 401, "no apiproduct match", false),
                Arguments.of(script.errorWith200(), 200, "500.003.02", false),
                Arguments.of(script.soapFault(), 500, "Envelope", false),
                Arguments.of(script.revokedToken(), 401, "401.002.01", false));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void answersAsScripted(ResultScript script, int status, String text, boolean paid) {
        ObjectNode body = b2c(PHONE, 10);
        sim.results().next(ResultApi.B2C, script);
        HttpResponse<String> answer = shop.post(B2C_PATH, body);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(text);
        work();
        assertThat(sim.books().transfers()).hasSize(paid ? 1 : 0);
        assertThat(sim.counters().count("b2c.accepted")).isEqualTo(paid ? 1 : 0);
        shop.forgetToken();
        assertThat(shop.post(B2C_PATH, body).statusCode()).as("the same id again").isEqualTo(paid ? 500 : 200);
        work();
        assertThat(sim.books().transfers()).hasSize(1);
    }

    @Test
    void resetsTheConnectionBeforeAccepting() {
        sim.results().next(ResultApi.REVERSAL, ResultScript.succeeds().resetBeforeAccepting());
        assertThatThrownBy(() -> shop.post(REVERSAL_PATH, reversal("UKL5T5T5T5", 5)))
                .isInstanceOf(UncheckedIOException.class);
        sim.results().next(ResultApi.REVERSAL, ResultScript.succeeds().revokedToken());
        assertThat(shop.post(REVERSAL_PATH, reversal("UKL5T5T5T5", 5)).body()).contains("404.001.03");
        assertThat(sim.results().requests()).isEmpty();
    }

    @Test
    void timesOut() {
        sim.results().next(ResultApi.B2B, ResultScript.timesOut());
        JsonNode result = result(B2B_PATH, b2b("BusinessPayBill", "600222", "4", 190));
        assertThat(result.path("ResultCode").textValue()).isEqualTo("17");
        assertThat(result.path("ResultType").asInt()).isEqualTo(1);
        assertThat(result.path("TransactionID").textValue()).isEmpty();
        await().until(() -> sim.callbacks().size() == 1);
        assertThat(sim.callbacks().get(0).url()).isEqualTo(shop.callbackUrl() + "&late=yes");
        assertThat(sim.books().transfers()).isEmpty();
        assertThat(sim.counters().count("b2b.timeouts")).isEqualTo(1);
    }

    @Test
    void tellsATimeoutAlthoughTheMoneyHasMoved() {
        sim.results().next(ResultApi.B2C, ResultScript.succeeds().toldAsTimeout());
        assertThat(b2cResult(10).path("ResultCode").asText()).isEqualTo("17");
        assertThat(sim.books().transfers()).hasSize(1);
        assertThat(sim.results().requests().get(0).resultCode()).isEqualTo("0");
        sim.results().next(ResultApi.B2C, ResultScript.result(26).toldAsTimeout());
        assertThat(b2cResult(10).path("ResultCode").asText()).isEqualTo("26");
    }

    @Test
    void echoesTheRequestInATimeout() {
        sim.results().next(ResultApi.B2C, ResultScript.timesOut().timeoutEchoesRequest());
        ObjectNode body = b2c(PHONE, 10);
        result(B2C_PATH, body);
        assertThat(shop.callbacks.get(0).json()).isEqualTo(body);
        assertThat(shop.callbacks.get(0).body()).contains("SecurityCredential");
        assertThat(sim.books().transfers()).isEmpty();
    }

    @Test
    void liesAboutOutcomes() {
        sim.results().next(ResultApi.B2C, ResultScript.succeeds().contradicting("1"));
        accepted(B2C_PATH, b2c(PHONE, 10));
        work();
        await().until(() -> shop.callbacks.size() == 2);
        assertThat(shop.callbacks.get(0).json().at("/Result/ResultCode").asInt()).isZero();
        assertThat(shop.callbacks.get(1).json().at("/Result/ResultCode").asInt()).isEqualTo(1);
        sim.results().next(ResultApi.B2C, ResultScript.result(1).contradictingFirst("0"));
        accepted(B2C_PATH, b2c(PHONE, 10));
        work();
        await().until(() -> shop.callbacks.size() == 4);
        assertThat(value(shop.callbacks.get(2).json().path("Result"), "TransactionAmount").asInt()).isEqualTo(10);
        assertThat(shop.callbacks.get(3).json().at("/Result/ResultCode").asInt()).isEqualTo(1);
        assertThat(sim.books().transfers()).hasSize(1);
    }

    @Test
    void neverEnds() {
        sim.results().next(ResultApi.B2C, ResultScript.staysPending());
        String id = accepted(B2C_PATH, b2c(PHONE, 10)).path("OriginatorConversationID").asText();
        sim.clock().advance(Duration.ofMinutes(50));
        assertThat(value(result(STATUS_PATH, status("", id)), "TransactionStatus").asText()).isEqualTo("Pending");
        assertThat(sim.results().requests().get(0).resultCode()).isNull();
        assertThatThrownBy(() -> sim.results().resend(id).join()).hasCauseInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> sim.results().resend("?").join()).hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void changesTheShapeOfParameters() {
        ResultScript script = ResultScript.succeeds();
        assertThat(odd(script.singleParameter()).at("/ResultParameters/ResultParameter/Key").asText())
                .isEqualTo("TransactionAmount");
        assertThat(odd(script.withoutParameters()).has("ResultParameters")).isFalse();
        assertThat(odd(script.withoutReferences()).has("ReferenceData")).isFalse();
        assertThat(odd(script.referenceList()).at("/ReferenceData/ReferenceItem").isArray()).isTrue();
        assertThat(keys(odd(script.withoutParameter("TransactionReceipt")))).doesNotContain("TransactionReceipt");
        assertThat(value(odd(script.parameterWithoutValue("TransactionAmount")), "TransactionAmount").isMissingNode())
                .isTrue();
        JsonNode changed = odd(script.parameter("ReceiverPartyPublicName", "")
                .parameter("TransactionAmount", new BigDecimal("1.0")).parameter("New", "yes"));
        assertThat(value(changed, "ReceiverPartyPublicName").textValue()).isEmpty();
        assertThat(value(changed, "TransactionAmount").decimalValue()).isEqualByComparingTo("1");
        assertThat(value(changed, "New").asText()).isEqualTo("yes");
        assertThat(value(odd(script.numbersAsText()), "B2CUtilityAccountAvailableFunds").textValue()).endsWith(".00");
        assertThat(keys(odd(script.permuted())).get(0)).isEqualTo("B2CChargesPaidAccountAvailableFunds");
        assertThat(odd(script.permuted()).fieldNames().next()).isEqualTo("ConversationID");
    }

    @Test
    void changesTheRestOfAResult() {
        ResultScript script = ResultScript.succeeds();
        assertThat(odd(script.stringCodes()).path("ResultCode").textValue()).isEqualTo("0");
        assertThat(odd(script.transactionId("")).path("TransactionID").asText()).isEmpty();
        assertThat(odd(script.shortOriginatorConversationId()).path("OriginatorConversationID").asText())
                .isEqualTo("order-3");
        odd(script.escapedSlashes());
        assertThat(shop.callbacks.get(shop.callbacks.size() - 1).body()).contains("https:\\/\\/internalsandbox");
        odd(script.callbackBody("{\"Result\":"));
        assertThat(shop.callbacks.get(shop.callbacks.size() - 1).body()).isEqualTo("{\"Result\":");
        sim.results().next(ResultApi.B2B, script.numericCodes().singleReference());
        JsonNode b2b = result(B2B_PATH, b2b("BusinessPayBill", "600222", "4", 190));
        assertThat(b2b.path("ResultCode").isInt()).isTrue();
        assertThat(b2b.at("/ReferenceData/ReferenceItem").isObject()).isTrue();
        sim.results().next(ResultApi.B2B, ResultScript.result(21).parameterList());
        assertThat(result(B2B_PATH, b2b("BusinessPayBill", "600222", "4", 190))
                .at("/ResultParameters/ResultParameter").isArray()).isTrue();
    }

    @Test
    void speaksAsSomeYearsAgo() {
        for (ResultApi api : ResultApi.values()) {
            sim.results().always(api, ResultScript.succeeds().oldForm());
        }
        assertThat(keys(b2cResult(10))).startsWith("TransactionReceipt", "TransactionAmount");
        JsonNode b2b = result(B2B_PATH, b2b("BusinessPayBill", "600222", "4", 190));
        assertThat(value(b2b, "DebitAccountCurrentBalance").asText()).startsWith("{ Amount={BasicAmount=");
        assertThat(b2b.path("ResultCode").isInt()).isTrue();
        String receipt = paid(PHONE, 5);
        JsonNode status = result(STATUS_PATH, status(receipt, ""));
        assertThat(keys(status)).contains("Conversation ID", "Originator Conversation ID", "FinalizedTime",
                "CreditPartyName");
        assertThat(value(status, "FinalizedTime").isIntegralNumber()).isTrue();
        JsonNode balance = result(BALANCE_PATH, balance());
        assertThat(value(balance, "AccountBalance").asText()).startsWith("Working Account|KES|").contains("&Float Acc");
        assertThat(value(balance, "BOCompletedTime").isIntegralNumber()).isTrue();
        JsonNode reversal = result(REVERSAL_PATH, reversal(receipt, 5));
        assertThat(reversal.path("ResultCode").asInt()).isZero();
        assertThat(reversal.has("ResultParameters")).isFalse();
    }

    private JsonNode odd(ResultScript script) {
        sim.results().next(ResultApi.B2C, script);
        return b2cResult(10);
    }
}
