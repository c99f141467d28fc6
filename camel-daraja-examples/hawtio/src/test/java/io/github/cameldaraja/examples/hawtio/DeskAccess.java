package io.github.cameldaraja.examples.hawtio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cameldaraja.simulator.DarajaSimulator;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who gets in by HTTP, and what he may do there: the same for Spring Boot and Camel Main. */
abstract class DeskAccess {

    static DarajaSimulator safaricom;

    /** Where Jolokia is. */
    abstract Jolokia jolokia();

    @BeforeAll
    static void startSafaricom() {
        safaricom = DarajaSimulator.start();
        safaricom.books().deposit(safaricom.credentials().shortCode(), "Utility Account", new BigDecimal(10_000));
    }

    @AfterAll
    static void stopSafaricom() {
        safaricom.close();
    }

    static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void nobodyGetsInWithoutALogin() throws Exception {
        for (HttpResponse<String> refused : new HttpResponse[] {
                jolokia().post(Map.of("type", "version"), null), jolokia().post(Map.of("type", "version"), "night:wrong"),
                jolokia().post(Map.of("type", "version"), "day:shift"), jolokia().get("/version", null, "Accept", "application/json")}) {
            assertThat(refused.statusCode()).isIn(401, 403);
            assertThat(refused.body()).doesNotContain("agent");
        }
        assertThat(jolokia().ask(Map.of("type", "version")).get("status").asInt()).isEqualTo(200);
    }

    @Test
    void aSecondPersonApprovesASalaryAndItIsPaidOnce() throws Exception {
        String desk = jolokia().desk();
        ObjectMapper json = new ObjectMapper();
        await().until(() -> !json.readTree(jolokia().exec(desk, "held", 10).get("value").asText()).isEmpty());
        JsonNode held = json.readTree(jolokia().exec(desk, "held", 10).get("value").asText()).get(0);
        assertThat(held.get("status").asText()).isEqualTo("HELD");
        assertThat(held.toString()).doesNotContain("254712000001");
        // as consoles spell it
        assertThat(jolokia().exec(desk, "held(int)", 10).get("value").asText()).contains(held.get("reference").asText());
        assertThat(safaricom.books().transfers()).isEmpty();

        JsonNode own = jolokia().exec(desk, "approve", held.get("reference").asText(), "payroll", "I asked for it");
        assertThat(own.get("status").asInt()).isNotEqualTo(200);
        JsonNode approved = jolokia().exec(desk, "approve", held.get("reference").asText(), "Njeri", "November, seen on paper");
        assertThat(approved.get("status").asInt()).as(approved.toString()).isEqualTo(200);
        await().until(() -> safaricom.books().transfers().size() == 1);
        assertThat(jolokia().read(desk, "ParkedDeliveries").get("value").asInt()).isZero();
    }

    @Test
    void whatIsNotAllowedIsRefused() throws Exception {
        String desk = jolokia().desk();
        for (JsonNode refused : new JsonNode[] {
                jolokia().exec(desk, "export", "0712000001"),
                jolokia().exec(desk, "export(java.lang.String)", "0712000001"), jolokia().exec(desk, "erase", "0712000001"),
                jolokia().exec(desk, "forgetGroup", "books"), jolokia().exec(desk, "stop"),
                jolokia().exec(context(), "sendBody(java.lang.String,java.lang.Object)", "direct:pay", "again"),
                jolokia().exec(context(), "stop"), jolokia().exec("java.lang:type=Memory", "gc"),
                jolokia().read("java.util.logging:type=Logging", "LoggerNames"),
                jolokia().ask(Map.of("type", "write", "mbean", "java.lang:type=Memory", "attribute", "Verbose", "value", true)),
                jolokia().exec("com.sun.management:type=DiagnosticCommand", "vmSystemProperties")}) {
            assertThat(refused.get("status").asInt()).as(refused.toString()).isEqualTo(403);
        }
        assertThat(jolokia().read(context(), "State").get("value").asText()).isEqualTo("Started");
        assertThat(jolokia().read("java.lang:type=Memory", "HeapMemoryUsage").get("status").asInt()).isEqualTo(200);
        String route = jolokia().ask(Map.of("type", "search", "mbean", "org.apache.camel:type=routes,name=\"pay\",*")).get("value").get(0)
                .asText();
        assertThat(jolokia().read(route, "ExchangesTotal").get("status").asInt()).isEqualTo(200);
        assertThat(jolokia().exec(route, "stop()").get("status").asInt()).isEqualTo(403);
        assertThat(jolokia().exec(context(), "dumpRoutesAsXml(boolean)", true).get("value").asText()).contains("daraja:b2c")
                .doesNotContain(safaricom.credentials().consumerSecret());
    }

    @Test
    void whatAnotherSiteCouldSendIsRefused() throws Exception {
        // a link that a browser follows with whatever it knows of the login
        assertRefused(jolokia().get("/exec/" + jolokia().desk() + "/releaseAll", "night:shift", "Origin", Jolokia.ORIGIN));
        // a form, and a program of another site
        assertRefused(jolokia().post(Map.of("type", "version"), "night:shift", "Origin", "https://evil.example"));
        assertRefused(jolokia().post(Map.of("type", "version"), "night:shift", "Origin", "http://127.0.0.1:8080.evil.example"));
    }

    private static void assertRefused(HttpResponse<String> answer) throws IOException {
        int status = answer.statusCode() == 200 ? new ObjectMapper().readTree(answer.body()).get("status").asInt() : answer.statusCode();
        assertThat(status).as(answer.body()).isNotEqualTo(200);
    }

    private String context() throws IOException, InterruptedException {
        return jolokia().ask(Map.of("type", "search", "mbean", "org.apache.camel:type=context,*")).get("value").get(0).asText();
    }
}
