package io.github.cameldaraja.simulator;

import static io.github.cameldaraja.simulator.results.ResultFamily.B2B_PATH;
import static io.github.cameldaraja.simulator.results.ResultFamily.B2C_PATH;
import static io.github.cameldaraja.simulator.results.ResultFamily.BALANCE_PATH;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class OperatorTest extends ResultTest {

    private static final String WRONG = encrypt("Simulator#2025");

    @Test
    void acceptsWrongOperatorsAndFailsLater() {
        JsonNode result = result(B2C_PATH, b2c(PHONE, 100).put("InitiatorName", "stranger"));
        assertThat(result.path("ResultCode").asInt()).isEqualTo(2001);
        assertThat(result.path("ResultDesc").asText()).isEqualTo("The initiator information is invalid.");
        assertThat(code(B2B_PATH, wrong())).isEqualTo("2001");
        assertThat(code(BALANCE_PATH, balance().put("SecurityCredential", "in clear"))).isEqualTo("2001");
        assertThat(sim.books().transfers()).isEmpty();
        assertThat(sim.counters().count("operator.wrong")).isEqualTo(3);
    }

    @Test
    void locksAfterFiveWrongPasswordsInARow() {
        for (int i = 0; i < 4; i++) {
            assertThat(code(B2B_PATH, wrong())).isEqualTo("2001");
        }
        assertThat(code(B2C_PATH, b2c(PHONE, 100))).as("a right one in between").isEqualTo("0");
        for (int i = 0; i < 5; i++) {
            assertThat(sim.results().operatorLocked()).isFalse();
            assertThat(code(B2B_PATH, wrong())).isEqualTo("2001");
        }
        assertThat(sim.results().operatorLocked()).isTrue();
        JsonNode locked = result(B2C_PATH, b2c(PHONE, 100));
        assertThat(locked.path("ResultCode").asInt()).isEqualTo(8006);
        assertThat(locked.path("ResultDesc").asText()).isEqualTo("The security credential is locked.");
        assertThat(sim.counters().count("operator.locked")).isEqualTo(1);

        assertThat(look("/operator").toString()).isEqualTo("{\"locked\":true,\"wrongPasswords\":5}");
        assertThat(control("/operator/unlock", "").statusCode()).isEqualTo(200);

        assertThat(code(B2C_PATH, b2c(PHONE, 100))).isEqualTo("0");
        sim.results().lockOperator();
        assertThat(code(BALANCE_PATH, balance())).isEqualTo("8006");
        sim.results().unlockOperator();
        assertThat(code(BALANCE_PATH, balance())).isEqualTo("0");
    }

    private ObjectNode wrong() {
        return b2b("BusinessPayBill", "600222", "4", 10).put("SecurityCredential", WRONG);
    }
}
