package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.api.C2bPayment;
import io.github.cameldaraja.api.C2bValidation;
import io.github.cameldaraja.api.RegisteredUrl;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Safaricom asks, and who answers: the route, or its default, or nobody. */
class ConsultationsTest {

    @RegisterExtension
    static final DarajaSimulatorExtension SAFARICOM = new DarajaSimulatorExtension();

    private static final String ACCEPTED = "{\"ResultCode\":\"0\",\"ResultDesc\":\"Accepted\"}";
    private static final String REJECTED = "{\"ResultCode\":\"C2B00016\",\"ResultDesc\":\"Rejected\"}";

    private final DarajaSimulator safaricom = SAFARICOM.simulator();
    private final List<Exchange> asked = new CopyOnWriteArrayList<>();

    private Shop shop(String uri, Processor answer) {
        return Shop.at(safaricom).routes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).routeId("answering").process(exchange -> asked.add(exchange.copy())).process(answer);
            }
        });
    }

    private static Processor saying(Object body) {
        return exchange -> exchange.getMessage().setBody(body);
    }

    private static String url(Shop shop) {
        return shop.component().services().accounts().get("default").registeredUrl(RegisteredUrl.C2B_VALIDATION);
    }

    private String question() {
        return """
                {"TransactionType":"Pay Bill","TransID":"UKL7ABCDE1","TransTime":"20261121120000","TransAmount":"70.00",
                "BusinessShortCode":"%s","BillRefNumber":" ACC 7","MSISDN":"2547 ***** 678","FirstName":"JOHN"}"""
                .formatted(safaricom.credentials().shortCode());
    }

    private static CompletableFuture<HttpResponse<String>> post(String url, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> ask(Shop shop) {
        return post(url(shop), question()).join();
    }

    @ParameterizedTest
    @ValueSource(strings = { "netty-http", "jetty" })
    void theRouteAnswers(String server) {
        try (Shop shop = shop("daraja:c2bValidation", saying(C2bValidation.accept("T-1")))
                .with(component -> component.setCallbackComponentName(server)).open()) {
            HttpResponse<String> answer = ask(shop);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body())
                    .isEqualTo("{\"ResultCode\":\"0\",\"ResultDesc\":\"Accepted\",\"ThirdPartyTransID\":\"T-1\"}");
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
            assertThat(asked).hasSize(1);
            assertThat(asked.get(0).getMessage().getBody()).isInstanceOf(C2bPayment.class);
            assertThat(asked.get(0).getMessage().getHeaders()).containsEntry("CamelDarajaOperation", "c2bValidation")
                    .containsEntry("CamelDarajaAccount", "default").containsEntry("CamelDarajaAccountReference", "ACC 7")
                    .containsEntry("CamelDarajaReceiptNumber", "UKL7ABCDE1").containsEntry("CamelDarajaPhoneNumber", "2547 ***** 678")
                    .containsEntry("CamelDarajaAmount", new java.math.BigDecimal("70.00"))
                    .doesNotContainKeys("CamelDarajaStatus", "CamelDarajaReference", "CamelDarajaVerdict");
            assertThat(shop.repository().all()).as("a question is no payment").isEmpty();
            assertThat(post(url(shop) + "0", question()).join().statusCode()).isEqualTo(404);
        }
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of(C2bValidation.accept(), ACCEPTED),
                Arguments.of("accept", ACCEPTED),
                Arguments.of("reject", REJECTED),
                Arguments.of(C2bValidation.reject("C2B00012", "no such account"),
                        "{\"ResultCode\":\"C2B00012\",\"ResultDesc\":\"no such account\"}"),
                Arguments.of(Map.of("ResultCode", "C2B00013"), "{\"ResultCode\":\"C2B00013\",\"ResultDesc\":\"Rejected\"}"),
                Arguments.of("{\"ResultCode\":0}".getBytes(java.nio.charset.StandardCharsets.UTF_8), ACCEPTED),
                Arguments.of(new java.io.ByteArrayInputStream("reject".getBytes(java.nio.charset.StandardCharsets.UTF_8)), REJECTED));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void inItsOwnWords(Object body, String reply) {
        try (Shop shop = shop("daraja:c2bValidation", saying(body)).open()) {
            assertThat(ask(shop).body()).isEqualTo(reply);
        }
    }

    static Stream<Processor> unclear() {
        return Stream.of(saying(null), saying("perhaps"), saying(Map.of()), saying(new Object()), saying("{\"ResultCode\":7}"),
                exchange -> { }, exchange -> exchange.setRollbackOnly(true), exchange -> {
                    throw new IllegalStateException("no");
                });
    }

    @ParameterizedTest
    @MethodSource("unclear")
    void whatIsNoAnswerIsSpokenForByTheDefault(Processor route) {
        try (Logs logs = new Logs(Level.WARN, "io.github.cameldaraja.callback");
             Shop shop = shop("daraja:c2bValidation?defaultAnswer=accept", route).open()) {
            assertThat(ask(shop).body()).isEqualTo(ACCEPTED);
            assertThat(logs.lines()).anyMatch(line -> line.contains("The route has not answered c2bValidation"));
        }
        try (Shop shop = shop("daraja:c2bValidation?defaultAnswer=reject", route).open()) {
            assertThat(ask(shop).body()).isEqualTo(REJECTED);
        }
        try (Shop shop = shop("daraja:c2bValidation", route).open()) {
            HttpResponse<String> answer = ask(shop);
            assertThat(answer.statusCode()).as("ResponseType decides").isEqualTo(503);
            assertThat(answer.body()).isEmpty();
        }
    }

    @Test
    void aQuestionThatCannotBeReadGetsTheDefault() {
        try (Shop shop = shop("daraja:c2bValidation?defaultAnswer=reject", saying("accept")).open()) {
            assertThat(post(url(shop), "not JSON").join().body()).isEqualTo(REJECTED);
            assertThat(asked).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "netty-http", "jetty" })
    void whoIsLateIsSpokenForAndNotHeardAnyMore(String server) throws Exception {
        CountDownLatch late = new CountDownLatch(1);
        try (Logs logs = new Logs(Level.INFO, "io.github.cameldaraja");
             // one worker: the deadline must be kept although the route holds it
             Shop shop = shop("daraja:c2bValidation?defaultAnswer=reject&answerTimeout=3s", exchange -> {
                 late.await();
                 exchange.getMessage().setBody("accept");
             }).with(component -> {
                 component.setDeliveryThreads(1);
                 component.setCallbackComponentName(server);
             }).open()) {
            CompletableFuture<HttpResponse<String>> first = post(url(shop), question());
            CompletableFuture<HttpResponse<String>> second = post(url(shop), question());
            await().until(() -> asked.size() == 1);
            assertThat(first).isNotDone();
            await().until(() -> {
                // the second one may have come after the first advance
                safaricom.clock().advance(Duration.ofSeconds(4));
                return first.isDone() && second.isDone();
            });

            assertThat(first.join().body()).isEqualTo(REJECTED);
            assertThat(second.join().body()).isEqualTo(REJECTED);
            late.countDown();
            await().until(() -> logs.lines().stream().anyMatch(line -> line.contains("came too late and is dropped")));
        }
    }

    @Test
    void withoutARouteResponseTypeDecides() throws Exception {
        try (Shop shop = Shop.at(safaricom).collecting().open()) {
            assertThat(ask(shop).statusCode()).isEqualTo(503);
        }
        try (Shop shop = shop("daraja:c2bValidation?defaultAnswer=accept", saying("reject")).open()) {
            assertThat(ask(shop).body()).isEqualTo(REJECTED);
            shop.context().getRouteController().suspendRoute("answering");
            assertThat(ask(shop).body()).as("suspended").isEqualTo(ACCEPTED);
            shop.context().getRouteController().resumeRoute("answering");
            assertThat(ask(shop).body()).isEqualTo(REJECTED);
            shop.context().getRouteController().stopRoute("answering");
            assertThat(ask(shop).statusCode()).as("stopped").isEqualTo(503);
            shop.context().getRouteController().startRoute("answering");
            assertThat(ask(shop).body()).isEqualTo(REJECTED);
        }
    }

    @Test
    void onlyOneRouteAnswers() {
        Shop shop = shop("daraja:c2bValidation", saying("accept"));
        assertThatThrownBy(() -> shop.routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("daraja:c2bValidation?defaultAnswer=reject").to("mock:other");
            }
        }).open()).hasStackTraceContaining("Safaricom wants one answer");
        shop.close();
    }

    private static void names(DarajaComponent component) {
        component.getConfiguration().setNameUsername("hakikisha");
        component.getConfiguration().setNamePassword("PlantedNamePassword");
    }

    private Shop names(Processor answer) {
        return shop("daraja:c2bName", answer).with(ConsultationsTest::names).open();
    }

    @Test
    void aNameIsTold() {
        try (Shop shop = names(saying("Jane Wanjiku"))) {
            String base = shop.component().getConfiguration().getCallbackBaseUrl();
            String shortCode = safaricom.credentials().shortCode();

            var answer = safaricom.c2b().askForName(base, "hakikisha", "PlantedNamePassword", "ACC 7", shortCode).join();
            assertThat(answer.accountName()).isEqualTo("Jane Wanjiku");
            assertThat(Shop.json(answer.body()).get("requestId").asText()).isEqualTo(answer.requestId());
            assertThat(asked.get(0).getMessage().getHeader("CamelDarajaAccountReference")).isEqualTo("ACC 7");

            var wrong = safaricom.c2b().askForName(base, "hakikisha", "wrong", "ACC 7", shortCode).join();
            assertThat(wrong.tokenStatus()).isEqualTo(401);
            assertThat(Shop.json(wrong.body()).has("errorMessage")).isTrue();
            assertThat(safaricom.c2b().askForName(base, "hakikisha", "PlantedNamePassword", "ACC 7", "999999").join().status())
                    .as("another short code").isEqualTo(422);
            assertThat(asked).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "netty-http", "jetty" })
    void nobodyAsksForNamesWithoutAToken(String server) {
        try (Shop shop = shop("daraja:c2bName", saying("Jane")).with(ConsultationsTest::names)
                .with(component -> component.setCallbackComponentName(server)).open()) {
            String base = shop.component().getConfiguration().getCallbackBaseUrl();
            String tokens = base + "/auth/v1/generate?grant_type=client_credentials";
            String basic = "Basic " + java.util.Base64.getEncoder().encodeToString("hakikisha:PlantedNamePassword".getBytes());
            String question = "{\"requestId\":\"r-1\",\"accountNumber\":\"ACC 7\"}";
            String notify = base + "/c2b_hakikisha/v1/notify";

            for (String header : List.of("", "Basic", "Basic ***", "Basic aGFraWtpc2hh", "Bearer " + basic.substring(6))) {
                assertThat(post(tokens, "", "Authorization", header).join().statusCode()).as(header).isEqualTo(401);
            }
            assertThat(post(tokens.replace("client_credentials", "password"), "", "Authorization", basic).join().statusCode())
                    .isEqualTo(400);
            HttpResponse<String> given = post(tokens, "", "Authorization", basic).join();
            assertThat(given.statusCode()).isEqualTo(200);
            assertThat(Shop.json(given.body()).get("expires_in").asText()).isEqualTo("3599");
            String token = Shop.json(given.body()).get("access_token").asText();

            String flipped = token.substring(0, token.length() - 1) + (token.endsWith("0") ? '1' : '0');
            String longer = "f" + token.substring(1);
            for (String bad : List.of("", "Bearer ", "Bearer " + flipped, "Bearer " + longer, "Bearer .", "Bearer x." + token,
                    "Bearer " + token + "0", basic)) {
                assertThat(post(notify, question, "Authorization", bad).join().statusCode()).as(bad).isEqualTo(401);
            }
            assertThat(post(notify, "not JSON", "Authorization", "Bearer " + token).join().statusCode()).isEqualTo(400);
            HttpResponse<String> noAccount = post(notify, "{\"requestId\":\"r-2\"}", "Authorization", "Bearer " + token).join();
            assertThat(noAccount.statusCode()).isEqualTo(400);
            assertThat(Shop.json(noAccount.body()).get("requestId").asText()).isEqualTo("r-2");
            assertThat(asked).isEmpty();

            HttpResponse<String> answer = post(notify, question, "Authorization", "bearer " + token).join();
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(Shop.json(answer.body()).get("accountName").asText()).isEqualTo("Jane");
            safaricom.clock().advance(Duration.ofMinutes(61));
            assertThat(post(notify, question, "Authorization", "Bearer " + token).join().statusCode()).as("expired").isEqualTo(401);
        }
    }

    @Test
    void aNameThatNobodyKnows() {
        try (Shop shop = names(saying(" "))) {
            var answer = safaricom.c2b().askForName(shop.component().getConfiguration().getCallbackBaseUrl(), "hakikisha",
                    "PlantedNamePassword", "ACC 7", safaricom.credentials().shortCode()).join();
            assertThat(answer.status()).isEqualTo(422);
            assertThat(Shop.json(answer.body()).get("requestId").asText()).isEqualTo(answer.requestId());
        }
    }
}
