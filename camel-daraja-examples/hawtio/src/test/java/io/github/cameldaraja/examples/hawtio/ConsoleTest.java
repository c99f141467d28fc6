package io.github.cameldaraja.examples.hawtio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Spring Boot with Hawtio. */
class ConsoleTest extends DeskAccess {

    private static ConfigurableApplicationContext application;
    private static String base;

    @BeforeAll
    static void start() throws IOException {
        int port = free();
        int callbacks = free();
        base = "http://127.0.0.1:" + port;
        application = SpringApplication.run(ConsoleApp.class, "--server.port=" + port,
                "--camel.component.daraja.base-url=" + safaricom.baseUrl(), "--camel.component.daraja.callback-port=" + callbacks,
                "--camel.component.daraja.callback-base-url=http://127.0.0.1:" + callbacks,
                "--spring.datasource.url=jdbc:h2:file:./target/desk/" + UUID.randomUUID() + ";DB_CLOSE_ON_EXIT=FALSE");
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Override
    Jolokia jolokia() {
        return new Jolokia(base + "/actuator/jolokia");
    }

    @Test
    void theConsoleAsksForALoginAndOpens() throws Exception {
        Jolokia console = new Jolokia(base);
        HttpResponse<String> refused = console.get("/actuator/hawtio", null, "Accept", "text/html");
        assertThat(refused.statusCode()).isEqualTo(302);
        assertThat(refused.headers().firstValue("Location")).hasValueSatisfying(to -> assertThat(to).endsWith("/login"));
        assertThat(console.get("/actuator/health", null, "Accept", "application/json").statusCode()).isEqualTo(401);

        HttpResponse<String> opened = console.get("/actuator/hawtio/index.html", "night:shift", "Accept", "text/html");
        assertThat(opened.statusCode()).isEqualTo(200);
        assertThat(opened.body()).containsIgnoringCase("hawtio");
        assertThat(opened.headers().firstValue("Set-Cookie")).isPresent();
        assertThat(console.get("/actuator/health", "night:shift").body()).contains("daraja");
    }

    @Test
    void theConsoleFindsJolokia() throws Exception {
        Jolokia console = new Jolokia(base);
        // what Hawtio asks first, as browsers send it; 401 or 403 says that Jolokia is there, a page with 200 that it is not
        for (String path : new String[] {"/actuator/hawtio/jolokia", "/actuator/jolokia"}) {
            assertThat(console.get(path, "night:shift", "Referer", Jolokia.ORIGIN + "/").statusCode()).as(path).isEqualTo(403);
        }
        // and where it posts from then on
        HttpResponse<String> asked = new Jolokia(base + "/actuator/hawtio/jolokia").post(Map.of("type", "version"), "night:shift", "Origin",
                Jolokia.ORIGIN);
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(200);
        assertThat(asked.body()).contains("\"agent\"");
    }

    @Test
    void theConsoleNamesTheFieldsOfItsForms() throws Exception {
        JsonNode listed = jolokia().exec("hawtio:type=security,name=RBACRegistry", "list()").get("value");
        JsonNode resolve = listed.findValue("resolve");
        assertThat(resolve.at("/args").findValuesAsText("name")).containsExactly("reference", "status", "receiptNumber", "who", "why",
                "evidence");
    }

    @Test
    void theConsoleLearnsWhatThereIs() throws Exception {
        JsonNode listed = jolokia().exec("hawtio:type=security,name=RBACRegistry", "list()");
        assertThat(listed.get("status").asInt()).as(listed.toString()).isEqualTo(200);
        assertThat(listed.get("value").toString()).contains("PaymentsDesk");
        assertThat(jolokia().desk()).contains("context=payments");
    }

    @Test
    void aBrowserLogsInAndASessionAloneMayNotPost() throws Exception {
        CookieManager cookies = new CookieManager();
        HttpClient browser = HttpClient.newBuilder().cookieHandler(cookies).build();
        send(browser, HttpRequest.newBuilder(URI.create(base + "/login")).GET());
        HttpResponse<String> login = send(browser, form("username=night&password=wrong&_csrf=" + token(cookies)));
        assertThat(login.headers().firstValue("Location")).hasValueSatisfying(to -> assertThat(to).endsWith("/login?error"));
        login = send(browser, form("username=night&password=shift&_csrf=" + token(cookies)));
        assertThat(login.headers().firstValue("Location")).hasValueSatisfying(to -> assertThat(to).doesNotContain("error"));
        assertThat(String.join(" ", login.headers().allValues("Set-Cookie"))).contains("SameSite=Strict");

        assertThat(send(browser, HttpRequest.newBuilder(URI.create(base + "/actuator/hawtio/index.html")).GET()).statusCode())
                .isEqualTo(200);
        assertThat(send(browser, version()).statusCode()).isEqualTo(403);
        HttpResponse<String> asked = send(browser, version().header("X-XSRF-TOKEN", token(cookies)));
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(200);
        assertThat(asked.body()).contains("\"status\":200");
    }

    private static HttpRequest.Builder form(String fields) {
        return HttpRequest.newBuilder(URI.create(base + "/login")).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(fields));
    }

    private static HttpRequest.Builder version() {
        return HttpRequest.newBuilder(URI.create(base + "/actuator/jolokia")).header("Origin", Jolokia.ORIGIN)
                .POST(HttpRequest.BodyPublishers.ofString("{\"type\":\"version\"}"));
    }

    private static String token(CookieManager cookies) {
        return cookies.getCookieStore().getCookies().stream().filter(one -> one.getName().equals("XSRF-TOKEN")).findFirst().orElseThrow()
                .getValue();
    }

    private static HttpResponse<String> send(HttpClient browser, HttpRequest.Builder request) throws IOException, InterruptedException {
        return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
