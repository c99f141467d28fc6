package io.github.cameldaraja.examples.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldaraja.DarajaComponent;
import io.github.cameldaraja.Ports;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.transaction.jdbc.JdbcTransactionRepository;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.quarkus.main.events.AfterStop;
import org.apache.camel.quarkus.main.events.BeforeInitialize;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The example as it is, beside a simulated Safaricom. */
@QuarkusTest
@TestProfile(CheckoutTest.Example.class)
class CheckoutTest {

    /** Settings of the example that a test must change. */
    public static class Example implements QuarkusTestProfile {

        @Override
        public String getConfigProfile() {
            return "checkout";
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("shop.data", "./target/shop-" + System.nanoTime(), "shop.port", Integer.toString(Ports.free()));
        }
    }

    /** Safaricom, there before the application starts. */
    @Singleton
    @IfBuildProfile("checkout")
    static class Safaricom {

        private DarajaSimulator simulator;

        void open(@Observes BeforeInitialize camel) {
            simulator = DarajaSimulator.start(SimulatorSettings.defaults().withAnswerDelay(Duration.ofMillis(10)));
            String port = Integer.toString(Ports.free());
            Properties overriding = new Properties();
            overriding.setProperty("camel.component.daraja.baseUrl", simulator.baseUrl());
            overriding.setProperty("camel.component.daraja.callbackBaseUrl", "http://127.0.0.1:" + port);
            overriding.setProperty("camel.component.daraja.callbackPort", port);
            camel.getCamelContext().getPropertiesComponent().setOverrideProperties(overriding);
        }

        void close(@Observes AfterStop camel) {
            simulator.close();
        }

        DarajaSimulator simulator() {
            return simulator;
        }
    }

    @Inject
    CamelContext camelContext;
    @Inject
    Safaricom safaricom;
    @ConfigProperty(name = "shop.port")
    int port;

    @AfterEach
    void noMoneyIsMadeOrLost() {
        safaricom.simulator().books().verify();
    }

    @Test
    void theAnswerSaysHowItEnded() throws Exception {
        HttpResponse<String> paid = checkout("order-1", "{\"phoneNumber\": \"0722000001\", \"amount\": 250}");
        assertThat(paid.statusCode()).isEqualTo(200);
        assertThat(paid.body()).contains("\"COMPLETED\"", safaricom.simulator().books().payments().get(0).receipt());
        assertThat(paid.headers().map().keySet()).noneMatch(name -> name.toLowerCase().startsWith("cameldaraja"));

        HttpResponse<String> again = checkout("order-1", "{\"phoneNumber\": \"0722000001\", \"amount\": 250}");
        assertThat(again.body()).contains("\"COMPLETED\"");
        assertThat(safaricom.simulator().books().payments()).hasSize(1);
    }

    @Test
    void whoCancelsHasNotPaid() throws Exception {
        safaricom.simulator().faults().nextPush(Script.result(1032));
        HttpResponse<String> cancelled = checkout("order-2", "{\"phoneNumber\": \"0722000002\", \"amount\": 250}");
        assertThat(cancelled.statusCode()).isEqualTo(200);
        assertThat(cancelled.body()).contains("\"CANCELLED\"").doesNotContain("COMPLETED");
    }

    @Test
    void aRequestThatBreaksARuleIsToldWhich() throws Exception {
        HttpResponse<String> refused = checkout("order-3", "{\"phoneNumber\": \"12\", \"amount\": 250}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("PhoneNumber: must be a Kenyan mobile number; write it as");
    }

    @Test
    void paymentsAreKeptInTheDatabase() {
        assertThat(camelContext.getComponent("daraja", DarajaComponent.class).getRepository())
                .isInstanceOf(JdbcTransactionRepository.class);
    }

    private HttpResponse<String> checkout(String key, String body) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/checkout"))
                .header("Content-Type", "application/json").header("Idempotency-Key", key)
                .timeout(Duration.ofMinutes(1)).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
