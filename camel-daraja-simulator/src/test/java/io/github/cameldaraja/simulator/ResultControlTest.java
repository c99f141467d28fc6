package io.github.cameldaraja.simulator;

import static io.github.cameldaraja.simulator.results.ResultFamily.B2C_PATH;
import static io.github.cameldaraja.simulator.results.ResultFamily.REVERSAL_PATH;
import static io.github.cameldaraja.simulator.results.ResultFamily.VALIDATED_B2C_PATH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultControlTest extends ResultTest {

    @Test
    void scriptsByJson() {
        control("/results/faults", "{\"receiver\": \"" + PHONE + "\", \"result\": \"2040\"}");
        control("/results/faults", "{\"receiver\": \"" + PHONE + "\", \"once\": true, \"result\": 11}");
        control("/results/faults", "{\"api\": \"B2C\", \"always\": true, \"result\": \"21\", \"text\": \"No role\"}");
        control("/results/faults", "{\"api\": \"B2C\", \"parameter\": {\"TransactionAmount\": 7, \"Extra\": \"x\"}}");
        assertThat(code(B2C_PATH, b2c(PHONE, 10))).isEqualTo("11");
        JsonNode changed = b2cResult(10);
        assertThat(value(changed, "TransactionAmount").asInt()).isEqualTo(7);
        assertThat(value(changed, "Extra").asText()).isEqualTo("x");
        assertThat(code(B2C_PATH, b2c(PHONE, 10))).isEqualTo("2040");
        assertThat(result(B2C_PATH, b2c("254722000002", 10)).path("ResultDesc").asText()).isEqualTo("No role");
        control("/results/faults", "{\"api\": \"REVERSAL\", \"timesOut\": true, \"timeoutEchoesRequest\": true}");
        result(REVERSAL_PATH, reversal("UKL5T5T5T5", 5));
        assertThat(shop.callbacks.get(4).body()).contains("SecurityCredential");
        assertThat(sim.counters().count("b2c.failed")).isEqualTo(3);
    }

    @Test
    void showsAndResends() {
        control("/results/faults", "{\"api\": \"B2C\", \"lostCallback\": true}");
        String id = accepted(B2C_PATH, b2c(PHONE, 10)).path("OriginatorConversationID").asText();
        assertThat(control("/results/" + id + "/resend", "").statusCode()).isEqualTo(409);
        assertThat(look("/results").at("/0/resultCode").isNull()).isTrue();
        work();
        assertThat(look("/results").at("/0/resultCode").asText()).isEqualTo("0");
        assertThat(look("/results").at("/0/transactionId").asText())
                .isEqualTo(look("/books").at("/transfers/0/receipt").asText());
        assertThat(control("/results/" + id + "/resend", "").body()).isEqualTo("{\"status\":200}");
        await().until(() -> shop.callbacks.size() == 1);
        assertThat(control("/results/nobody/resend", "").statusCode()).isEqualTo(404);
        assertThat(look("/counters").path("b2c.succeeded").asInt()).isEqualTo(1);
    }

    @Test
    void registersDocuments() {
        assertThat(control("/identities", "{\"phone\": \"" + PHONE + "\", \"idType\": \"05\", \"idNumber\": \"A1\"}")
                .statusCode()).isEqualTo(200);
        assertThat(code(VALIDATED_B2C_PATH, validated(PHONE, 10, "05", "A2"))).isEqualTo("R003");
        assertThat(control("/identities", "{\"phone\": \"" + PHONE + "\", \"idType\": \"9\", \"idNumber\": \"A1\"}")
                .statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"api\": \"B2C\", \"resul\": 1}", "{\"result\": 1}", "{\"api\": \"WHAT\"}", "x",
        "{\"api\": \"B2C\", \"callbackAfter\": \"5\"}", "{\"api\": \"B2C\", \"callbackTimes\": -1}"})
    void refusesNonsense(String body) {
        assertThat(control("/results/faults", body).statusCode()).isEqualTo(400);
    }

    @Test
    void knowsAndDocumentsEveryStepOfAScript() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String known = control("/results/faults", "{\"api\": \"B2C\", \"?\": 1}").body();
        List<String> methods = Arrays.stream(ResultScript.class.getMethods())
                .filter(method -> method.getReturnType() == ResultScript.class)
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .map(Method::getName).toList();
        assertThat(methods).hasSizeGreaterThan(30)
                .allMatch(name -> known.contains(" " + name))
                .allMatch(name -> readme.contains("`" + name + "`"));
        assertThat(ResultApi.values()).allMatch(api -> readme.contains("`" + api.name() + "`")
                && readme.contains("`" + api.counter() + "`"));
    }

    @Test
    void givesTheCertificateAway() {
        String certificate = shop.send(shop.to("/simulator/certificate.pem").GET()).body();
        assertThat(certificate).isEqualTo(sim.credentials().certificatePem());
        assertThat(shop.send(shop.to("/").GET()).body()).contains("/simulator/certificate.pem", B2C_PATH);
    }

    @Test
    void showsTransfersOnThePageOfTheBooks() {
        String receipt = paid(PHONE, 1250);
        accepted(REVERSAL_PATH, reversal(receipt, 1250));
        accepted(B2C_PATH, b2c(PHONE, 3333));
        work();
        String page = shop.send(shop.to("/books").GET()).body();
        assertThat(page).contains("Transfers of organisations", "TransactionReversal of " + receipt,
                "BusinessPayment", payBill + ", " + UTILITY, "3,333", "Organization Settlement Account", "46,667");
    }
}
