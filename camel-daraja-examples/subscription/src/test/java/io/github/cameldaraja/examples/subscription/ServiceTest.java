package io.github.cameldaraja.examples.subscription;

import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Starts the service with its routes in Java and in YAML, and holds its books against Safaricom's after each test. */
@ParameterizedClass
@MethodSource("io.github.cameldaraja.examples.subscription.Dsls#tested")
abstract class ServiceTest {

    @RegisterExtension
    static final DarajaSimulatorExtension SAFARICOM =
            new DarajaSimulatorExtension(SimulatorSettings.defaults().withAnswerDelay(Duration.ofMillis(50)));

    static final String ANNE = "254712000001";
    static final String BOB = "254712000002";
    static final long PRICE = 300;

    final DarajaSimulator safaricom = SAFARICOM.simulator();

    @Parameter
    SubscriptionApp.Dsl dsl;

    LocalService service;

    @BeforeEach
    void open() {
        LocalDate today = LocalDate.ofInstant(safaricom.clock().instant(), LocalService.NAIROBI);
        // far from midnight
        LocalService.passUntil(safaricom, today.plusDays(1), LocalTime.of(10, 0));
        open(Map.of());
    }

    void open(Map<String, String> settings) {
        service = LocalService.open(safaricom, dsl, settings);
        await("registration").until(() -> safaricom.counters().count("c2b.registrations") > 0
                && safaricom.counters().count("pull.registrations") > 0);
    }

    @AfterEach
    void close() {
        try {
            await("both books").until(service::booksAgree);
        } finally {
            service.close();
        }
    }

    /** Lets time pass, in as many steps as it takes, until the answer is there. */
    Reply passes(Duration step, CompletableFuture<Reply> answer) {
        safaricom.clock().freeze();
        try {
            for (int steps = 0; steps < 3 && !answer.isDone(); steps++) {
                safaricom.clock().advance(step);
                CompletableFuture.anyOf(answer, new CompletableFuture<>().completeOnTimeout(null, 3, TimeUnit.SECONDS)).join();
            }
            return answer.orTimeout(15, TimeUnit.SECONDS).join();
        } finally {
            safaricom.clock().resume();
        }
    }
}
