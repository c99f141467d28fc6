package io.github.cameldaraja.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;

class SimulatorServerTest extends SimulatorTest {

    @Test
    void readsOptions() {
        assertThat(SimulatorServer.settings(List.of(), "8174").port()).isEqualTo(8174);
        assertThat(SimulatorServer.settings(List.of(), "8174").host()).isEqualTo("127.0.0.1");
        SimulatorSettings settings =
                SimulatorServer.settings(List.of("--port=99", "--host", "0.0.0.0", "--handset"), "8174");
        assertThat(settings.port()).isEqualTo(99);
        assertThat(settings.host()).isEqualTo("0.0.0.0");
        assertThat(settings.handset()).isTrue();
    }

    @Test
    void refusesNonsense() {
        for (String option : new String[] {"--prt", "--port", "--port=x", "--port=70000"}) {
            assertThatThrownBy(() -> SimulatorServer.settings(List.of(option), "8174"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void welcomes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SimulatorServer.welcome(sim, new PrintStream(out, true, StandardCharsets.UTF_8));
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(sim.baseUrl() + "/handset", sim.credentials().consumerSecret(),
                        sim.payoutShortCode(), sim.credentials().initiatorName(), sim.baseUrl() + "/simulator/certificate.pem");
    }

    @Test
    void saysWhenThePortIsTaken() {
        SimulatorSettings taken = SimulatorSettings.defaults().withPort(sim.port());
        assertThatThrownBy(() -> DarajaSimulator.start(taken))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(Integer.toString(sim.port()));
    }
}
