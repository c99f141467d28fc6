package io.github.cameldaraja.simulator.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.SimulatorSettings;

class DarajaSimulatorExtensionTest {

    @Test
    void hasNoSimulatorOutsideOfTests() {
        assertThatThrownBy(() -> new DarajaSimulatorExtension().simulator())
                .isInstanceOf(IllegalStateException.class);
    }

    @Nested
    @ExtendWith(DarajaSimulatorExtension.class)
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    class Extended {

        @Test
        @Order(1)
        void resolvesParameters(DarajaSimulator simulator) {
            assertThat(simulator.baseUrl()).isEqualTo("http://127.0.0.1:" + simulator.port());
            simulator.customers().add("254722000009", 1, "1");
        }

        @Test
        @Order(2)
        void resetsBetweenTests(DarajaSimulator simulator) {
            assertThat(simulator.customers().all()).isEmpty();
        }
    }

    @Nested
    class AsInstanceField {

        @RegisterExtension
        final DarajaSimulatorExtension extension =
                new DarajaSimulatorExtension(SimulatorSettings.defaults().withDefaultBalance(7));

        @Test
        void startsForTheTest(DarajaSimulator simulator) {
            assertThat(simulator).isSameAs(extension.simulator());
            assertThat(simulator.books().customerBalance("254722000009")).isEqualTo(7);
        }
    }
}
