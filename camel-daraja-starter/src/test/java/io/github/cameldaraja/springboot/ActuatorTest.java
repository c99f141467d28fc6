package io.github.cameldaraja.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cameldaraja.Ports;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.ResultScript;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What Spring's actuator shows of payments, and what it must never show. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = {"spring.main.web-application-type=servlet",
        "server.address=127.0.0.1", "management.endpoints.web.exposure.include=*", "management.endpoint.health.show-details=always",
        "management.endpoint.env.show-values=always", "management.endpoint.configprops.show-values=always"})
@DirtiesContext
class ActuatorTest {

    private static final String PASSKEY = "HiddenPasskey0001";
    private static DarajaSimulator safaricom;

    @Autowired
    private TestRestTemplate http;
    @Autowired
    private ProducerTemplate template;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        RouteBuilder payouts() {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:payout").to("daraja:b2c?commandId=BusinessPayment&idempotencyKey=${header.key}&awaitOutcome=true");
                }
            };
        }
    }

    @BeforeAll
    static void startSafaricom() {
        safaricom = DarajaSimulator.start();
    }

    @AfterAll
    static void stopSafaricom() {
        safaricom.close();
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        int port = Ports.free();
        Map<String, Object> settings = Map.of("base-url", safaricom.baseUrl(), "consumer-key", safaricom.credentials().consumerKey(),
                "consumer-secret", safaricom.credentials().consumerSecret(), "short-code", safaricom.credentials().shortCode(),
                "passkey", PASSKEY, "initiator-name", safaricom.credentials().initiatorName(), "initiator-password",
                safaricom.credentials().initiatorPassword(), "callback-host", "127.0.0.1", "callback-port", port,
                "callback-base-url", "http://127.0.0.1:" + port);
        settings.forEach((name, value) -> registry.add("camel.component.daraja." + name, () -> value));
        registry.add("camel.component.daraja.certificate", () -> "classpath:io/github/cameldaraja/simulator/certificate.pem");
        registry.add("spring.datasource.url", TestStore::url);
        registry.add("camel.daraja.store.secret", () -> TestStore.SECRET);
    }

    @Test
    void healthKnowsARefusedOperator() throws Exception {
        ResponseEntity<String> well = http.getForEntity("/actuator/health", String.class);
        assertThat(well.getStatusCode().value()).as(well.getBody()).isEqualTo(200);

        safaricom.results().next(ResultApi.B2C, ResultScript.result("2001"));
        template.send("direct:payout", exchange -> {
            exchange.getMessage().setBody(Map.of("phoneNumber", "0712345678", "amount", 100));
            exchange.getMessage().setHeader("key", UUID.randomUUID().toString());
        });

        await().until(() -> http.getForEntity("/actuator/health", String.class).getStatusCode().value() == 503);
        JsonNode camel = new ObjectMapper().readTree(http.getForObject("/actuator/health", String.class)).at("/components/camelHealth");
        assertThat(camel.get("status").asText()).isEqualTo("DOWN");
        assertThat(camel.toString()).contains("daraja-operators");
    }

    @Test
    void paymentsAreMeasured() {
        assertThat(http.getForObject("/actuator/metrics", String.class)).contains("daraja.");
    }

    @Test
    void secretsAreNotShownEvenWhereValuesAre() {
        for (String endpoint : new String[] {"env", "configprops", "env/camel.component.daraja.passkey", "env/camel.daraja.store.secret"}) {
            ResponseEntity<String> shown = http.getForEntity("/actuator/" + endpoint, String.class);
            assertThat(shown.getStatusCode().value()).as(endpoint).isEqualTo(200);
            assertThat(shown.getBody()).as(endpoint).contains("******").doesNotContain(PASSKEY, TestStore.SECRET,
                    safaricom.credentials().consumerSecret(), safaricom.credentials().initiatorPassword());
        }
        assertThat(http.getForObject("/actuator/env", String.class)).contains(safaricom.credentials().shortCode());
    }
}
