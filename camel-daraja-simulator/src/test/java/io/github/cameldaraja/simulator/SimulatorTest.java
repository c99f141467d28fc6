package io.github.cameldaraja.simulator;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;

/** A simulator with default settings and a shop that talks to it. */
abstract class SimulatorTest {

    @RegisterExtension
    static final DarajaSimulatorExtension DARAJA = new DarajaSimulatorExtension();

    DarajaSimulator sim;
    Shop shop;

    static {
        Awaitility.setDefaultPollInterval(Duration.ofMillis(10));
        Awaitility.setDefaultPollDelay(Duration.ZERO);
    }

    @BeforeEach
    void openShop() {
        sim = DARAJA.simulator();
        shop = new Shop(sim);
    }

    @AfterEach
    void closeShop() {
        shop.close();
    }
}
