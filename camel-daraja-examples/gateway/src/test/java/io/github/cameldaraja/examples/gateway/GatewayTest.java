package io.github.cameldaraja.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.ResultScript;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.simulator.SimulatorSettings;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.camel.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What shops see, with the routes in Java and in YAML. One program serves all tests, each with a customer of its own. Whatever goes
 * over the wire is held against the OpenAPI document.
 */
@ParameterizedClass
@MethodSource("io.github.cameldaraja.examples.gateway.Dsls#tested")
class GatewayTest {

    private static final String OTHER = "kiosk.ThisTokenIsPublicAndProtectsNobody";
    private static final long MONEY = 1_000_000;

    @TempDir
    private static Path data;
    private static DarajaSimulator safaricom;
    private static LocalGateway gateway;
    private static Shop shop;
    private static int customers;

    private final String key = UUID.randomUUID().toString();
    private String phone;

    GatewayTest(GatewayApp.Dsl dsl) {
    }

    @BeforeParameterizedClassInvocation
    static void open(GatewayApp.Dsl dsl) {
        safaricom = DarajaSimulator.start(SimulatorSettings.defaults().withAnswerDelay(Duration.ofMillis(50)));
        safaricom.books().deposit(safaricom.credentials().shortCode(), "Utility Account", BigDecimal.valueOf(MONEY));
        shop = new Shop("shop");
        gateway = LocalGateway.open(safaricom, dsl, data.resolve(dsl.name()), Map.of(
                "gateway.client.shop.webhook", shop.webhook(), "gateway.client.kiosk.perMinute", "3",
                "gateway.webhookAttempts", "3"));
        shop.calling(gateway.url());
    }

    @AfterParameterizedClassInvocation
    static void close() {
        try (DarajaSimulator closing = safaricom; Shop closed = shop; LocalGateway first = gateway) {
            closing.books().verify();
        }
    }

    @BeforeEach
    void aNewCustomer() {
        phone = "2547221%05d".formatted(++customers);
    }

    @AfterEach
    void asUsual() {
        shop.hears(event -> 200);
        safaricom.clock().resume();
    }

    @Test
    void anAcknowledgementIsNoPaymentAndAWebhookTellsOfIt() {
        safaricom.faults().forPhoneOnce(phone, Script.pays().offeredToHandset());
        Shop.Page asked = shop.pushes(key, "0" + phone.substring(3), 250);

        assertThat(asked.http()).isEqualTo(202);
        assertThat(asked.status()).isEqualTo("PENDING");
        assertThat(asked.header("Location")).isEqualTo("/payments/" + asked.id());
        assertThat(shop.looksAt(asked.id()).status()).isEqualTo("PENDING");
        assertThat(shop.events(asked.id())).isEmpty();

        await().until(() -> !safaricom.handset().prompts(phone).isEmpty());
        safaricom.handset().enterPin(safaricom.handset().prompts(phone).get(0).checkoutRequestId(), "1234");
        Shop.Event told = told(asked.id(), 1).get(0);
        assertThat(told.status()).isEqualTo("COMPLETED");
        assertThat(told.payment().path("receipt").asText()).isEqualTo(safaricom.books().payments().stream()
                .filter(payment -> payment.payerPhone().equals(phone)).findFirst().orElseThrow().receipt());
        assertThat(told.payment().path("amount").asInt()).isEqualTo(250);
        assertThat(told.payment().path("metadata").path("order").asText()).isEqualTo("A1");
        // as the webhook has it, word for word
        assertThat(shop.looksAt(asked.id()).json()).isEqualTo(told.payment());
    }

    @Test
    void aPayoutIsPaidOnceHoweverOftenItIsSent() {
        List<CompletableFuture<Shop.Page>> sent = IntStream.range(0, 16)
                .mapToObj(time -> CompletableFuture.supplyAsync(() -> shop.paysOut(key, phone, 300))).toList();
        Set<String> ids = new TreeSet<>();
        sent.forEach(page -> ids.add(page.join().id()));
        Shop.Event told = told(sent.get(0).join().id(), 1).get(0);
        Shop.Page again = shop.paysOut(key, phone, "300.0");

        assertThat(ids).hasSize(1);
        assertThat(told.status()).isEqualTo("COMPLETED");
        assertThat(told.payment().path("kind").asText()).isEqualTo("payout");
        assertThat(again.http()).isEqualTo(200);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.json()).isEqualTo(told.payment());
        assertThat(paidOut()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"phone": "%s", "amount": 301}
            {"phone": "254722900001", "amount": 300}
            {"phone": "%s", "amount": 300, "remarks": "another one"}
            {"phone": "%s", "amount": 300, "metadata": {"order": "A2"}}""")
    void aKeyStandsForOneRequest(String other) {
        String id = shop.paysOut(key, phone, 300).id();
        Shop.Page refused = shop.posts("/payouts", key, other.formatted(phone));

        assertThat(refused.http()).isEqualTo(422);
        assertThat(refused.json().path("field").asText()).isEqualTo("Idempotency-Key");
        assertThat(refused.json().path("cure").asText()).contains("one key for one payment");
        assertThat(refused.id()).isEqualTo(id);
        told(id, 1);
        assertThat(shop.posts("/payouts", key, other.formatted(phone)).http()).isEqualTo(422);
        assertThat(paidOut()).isEqualTo(1);
        assertThat(safaricom.books().transfers()).noneMatch(transfer -> transfer.to().equals("254722900001"));
    }

    @Test
    void whoDoesNotPayIsToldAsTheAnswerToItsKey() {
        safaricom.faults().forPhoneOnce(phone, Script.result(1032));
        String id = shop.pushes(key, phone, 250).id();

        assertThat(told(id, 1).get(0).status()).isEqualTo("CANCELLED");
        Shop.Page again = shop.pushes(key, phone, 250);
        assertThat(again.http()).isEqualTo(200);
        assertThat(again.status()).isEqualTo("CANCELLED");
        assertThat(again.json().path("resultCode").asText()).isEqualTo("1032");
    }

    @Test
    void aLostAcknowledgementIsNotSentAgain() {
        safaricom.results().forReceiverOnce(phone, ResultScript.succeeds().resetAfterAccepting());
        Shop.Page asked = shop.paysOut(key, phone, 300);

        assertThat(asked.http()).isEqualTo(202);
        assertThat(asked.status()).isIn("UNKNOWN", "COMPLETED");
        assertThat(told(asked.id(), 1).get(0).status()).isEqualTo("COMPLETED");
        assertThat(shop.paysOut(key, phone, 300).id()).isEqualTo(asked.id());
        assertThat(paidOut()).isEqualTo(1);
    }

    @Test
    void whatMPesaDoesNotTakeNowMayBeSentAgain() {
        safaricom.results().forReceiverOnce(phone, ResultScript.succeeds().spikeArrest());
        Shop.Page refused = shop.paysOut(key, phone, 300);

        assertThat(refused.http()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isNotNull();
        assertThat(refused.json().path("detail").asText()).contains("nothing was sent");
        Shop.Page again = shop.paysOut(key, phone, 300);
        assertThat(again.http()).isEqualTo(202);
        told(again.id(), 1);
        assertThat(paidOut()).isEqualTo(1);
    }

    @Test
    void aWebhookIsSentUntilItIsHeardAndSignedAnewEachTime() {
        shop.hears(event -> shop.events(event.id()).size() < 3 ? 503 : 204);
        String id = shop.pushes(key, phone, 250).id();
        told(id, 1);
        safaricom.clock().advance(Duration.ofSeconds(6));
        told(id, 2);
        safaricom.clock().advance(Duration.ofSeconds(11));
        List<Shop.Event> told = told(id, 3);

        assertThat(told).extracting(Shop.Event::raw).containsOnly(told.get(0).raw());
        assertThat(told).extracting(Shop.Event::name).containsOnly(told.get(0).name());
        assertThat(told.get(2).time()).isGreaterThanOrEqualTo(told.get(0).time() + 15);
        await().until(() -> state(id).equals("DELIVERED"));
        safaricom.clock().advance(Duration.ofHours(1));
        assertThat(shop.events(id)).hasSize(3);
    }

    @Test
    void aWebhookThatNobodyHearsWaitsForAPersonAndHoldsUpNobody() {
        shop.hears(event -> event.payment().path("amount").asInt() == 251 ? 500 : 200);
        String deaf = shop.pushes(key, phone, 251).id();
        told(deaf, 1);
        String other = shop.pushes(UUID.randomUUID().toString(), "2547223%05d".formatted(customers), 252).id();
        assertThat(told(other, 1).get(0).status()).isEqualTo("COMPLETED");

        await().until(() -> {
            // less than a webhook that is being sent is taken for lost
            safaricom.clock().advance(Duration.ofSeconds(10));
            return state(deaf).equals("PARKED");
        });
        assertThat(shop.events(deaf)).hasSize(3);
        assertThat(gateway.database().queryForObject("select answer from webhook where payment = ?", String.class, deaf))
                .isEqualTo("HTTP 500");
    }

    @Test
    void aParkedWebhookIsSentAgainWhenItsClientSaysSo() {
        // so that the other client may call again
        safaricom.clock().advance(Duration.ofMinutes(2));
        shop.hears(event -> 500);
        String id = shop.pushes(key, phone, 250).id();
        told(id, 1);
        await().until(() -> {
            safaricom.clock().advance(Duration.ofSeconds(10));
            return state(id).equals("PARKED");
        });
        JsonNode parked = parked(id).get(0);
        assertThat(parked.path("attempts").asInt()).isEqualTo(3);
        assertThat(parked.path("answer").asText()).isEqualTo("HTTP 500");
        String release = "/webhooks/" + parked.path("event").asText() + "/release";

        assertThat(shop.gets("/webhooks/parked", OTHER).json().path("webhooks")).isEmpty();
        assertThat(shop.posts(release, null, "", OTHER).http()).isEqualTo(404);
        for (String stranger : new String[] { null, "", "shop" }) {
            assertThat(shop.posts(release, null, "", stranger).http()).isEqualTo(401);
            assertThat(shop.gets("/webhooks/parked", stranger).http()).isEqualTo(401);
        }
        for (String wrong : List.of(UUID.randomUUID().toString(), "'", id)) {
            assertThat(shop.posts("/webhooks/" + wrong + "/release", null, "", shop.token()).http()).isEqualTo(404);
        }
        assertThat(state(id)).isEqualTo("PARKED");

        shop.hears(event -> shop.events(event.id()).size() < 6 ? 500 : 200);
        Shop.Page released = shop.posts(release, null, "", shop.token());
        assertThat(released.http()).isEqualTo(202);
        assertThat(released.json().path("state").asText()).isEqualTo("WAITING");
        assertThat(parked(id)).isEmpty();
        await().until(() -> {
            safaricom.clock().advance(Duration.ofSeconds(10));
            return state(id).equals("DELIVERED");
        });
        // once more as often as if it was new, and the same event
        assertThat(shop.events(id)).hasSize(6).extracting(Shop.Event::raw).containsOnly(shop.events(id).get(0).raw());
        Shop.Page again = shop.posts(release, null, "", shop.token());
        assertThat(again.http()).isEqualTo(200);
        assertThat(again.json().path("state").asText()).isEqualTo("DELIVERED");
    }

    @Test
    void whatALaterWebhookHasCorrectedIsNotToldAfterIt() {
        shop.hears(event -> event.status().equals("CANCELLED") ? 500 : 200);
        safaricom.faults().forPhoneOnce(phone, Script.pays().contradictingFirst("1032"));
        String id = shop.pushes(key, phone, 250).id();
        await().until(() -> {
            safaricom.clock().advance(Duration.ofSeconds(10));
            return states(id).equals(List.of("PARKED", "DELIVERED"));
        });
        String event = gateway.database().queryForObject("select event from webhook where payment = ? and state = 'PARKED'",
                String.class, id);
        assertThat(parked(id)).isEmpty();
        shop.hears(one -> 200);
        Shop.Page refused = shop.posts("/webhooks/" + event + "/release", null, "", shop.token());

        assertThat(refused.http()).isEqualTo(409);
        assertThat(refused.json().path("type").asText()).endsWith(":overtaken");
        assertThat(refused.id()).isEqualTo(id);
        assertThat(states(id)).containsExactly("PARKED", "DELIVERED");
        assertThat(shop.events(id)).last().extracting(Shop.Event::status).isEqualTo("COMPLETED");
    }

    @Test
    void aFailureThatIsCorrectedIsToldInOrder() {
        shop.hears(event -> shop.events(event.id()).size() == 1 ? 500 : 200);
        safaricom.faults().forPhoneOnce(phone, Script.pays().contradictingFirst("1032"));
        String id = shop.pushes(key, phone, 250).id();
        await().until(() -> gateway.database().queryForObject("select count(*) from webhook where payment = ?", Integer.class,
                id) == 2);
        assertThat(told(id, 1)).extracting(Shop.Event::status).containsExactly("CANCELLED");

        safaricom.clock().advance(Duration.ofSeconds(6));
        assertThat(told(id, 3)).extracting(Shop.Event::status).containsExactly("CANCELLED", "CANCELLED", "COMPLETED");
        assertThat(shop.events(id).get(2).payment().path("verdict").asText()).isEqualTo("corrected");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", "shop", "shop.ThisTokenIsPublicAndProtectsNobod", "kiosk.", "' or 1=1" })
    void whoHasNoTokenGetsNothing(String token) {
        String id = shop.pushes(key, phone, 250).id();
        for (Shop.Page page : List.of(shop.posts("/payments", key, Shop.body(phone, 250), token),
                shop.posts("/payouts", key, Shop.body(phone, 250), token), shop.gets("/payments/" + id, token))) {
            assertThat(page.http()).isEqualTo(401);
            assertThat(page.header("WWW-Authenticate")).isEqualTo("Bearer");
            assertThat(page.json().path("cure").asText()).contains("Authorization: Bearer");
        }
        assertThat(paidOut()).isZero();
        told(id, 1);
    }

    @Test
    void aClientSeesItsOwnPaymentsOnlyAndPaysOutOnlyIfItMayAndNotTooOften() {
        safaricom.clock().advance(Duration.ofMinutes(2));
        safaricom.clock().freeze();
        String id = shop.pushes(key, phone, 250).id();

        assertThat(shop.gets("/payments/" + id, OTHER).http()).isEqualTo(404);
        assertThat(shop.posts("/payouts", key, Shop.body(phone, 250), OTHER).http()).isEqualTo(403);
        // the same key is another one of another client
        Shop.Page others = shop.posts("/payments", key, Shop.body("2547224%05d".formatted(customers), 30), OTHER);
        assertThat(others.http()).isEqualTo(202);
        assertThat(others.id()).isNotEqualTo(id);
        Shop.Page tooMany = shop.gets("/payments/" + others.id(), OTHER);
        assertThat(tooMany.http()).isEqualTo(429);
        assertThat(tooMany.header("Retry-After")).isEqualTo("21");
        assertThat(paidOut()).isZero();

        safaricom.clock().advance(Duration.ofSeconds(21));
        assertThat(shop.gets("/payments/" + others.id(), OTHER).http()).isEqualTo(200);
        safaricom.clock().resume();
        told(id, 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            payments | {"phone": "0733000001"}                                  | amount   | is missing
            payments | {"phone": "0733000001", "amount": 1.5}                   | amount   | must be whole shillings
            payments | {"phone": "12", "amount": 250}                           | phone    | must be a Kenyan mobile number
            payments | {"phone": "0733000001", "amount": 250, "msisdn": "1"}    | body     | has a field that this request has not
            payments | {"phone": ["0733000001"], "amount": 250}                 | phone    | is neither text nor a number
            payments | {"phone": "0733000001", "amount": 250, "amount": 1}      | body     | is no JSON object
            payments | [1]                                                      | body     | is no JSON object
            payments | {"phone": "0733000001", "amount": 1, "reference": "1234567890123"} | reference | must have at most 12
            payments | {"phone": "0733000001", "amount": 1, "metadata": {"a": 1}} | metadata | has a value that is no text
            payouts  | {"phone": "0733000001", "amount": 9}                     | amount   | must be whole shillings from 10
            payouts  | {"amount": 250}                                          | phone    | is missing""")
    void badInputNamesFieldRuleAndCure(String path, String body, String field, String rule) {
        Shop.Page refused = shop.posts("/" + path, key, body);

        assertThat(refused.http()).isEqualTo(400);
        assertThat(refused.json().path("field").asText()).isEqualTo(field);
        assertThat(refused.json().path("rule").asText()).startsWith(rule);
        assertThat(refused.json().path("cure").asText()).isNotBlank();
        assertThat(refused.answer().body()).doesNotContain("0733000001");
    }

    @Test
    void metadataHasAnEnd() {
        Shop.Page refused = shop.posts("/payments", key, "{\"phone\": \"%s\", \"amount\": 1, \"metadata\": {\"a\": \"%s\"}}"
                .formatted(phone, "x".repeat(2100)));
        assertThat(refused.http()).isEqualTo(400);
        assertThat(refused.json().path("field").asText()).isEqualTo("metadata");
        assertThat(shop.posts("/payments", key, "x".repeat(20_000)).http()).isEqualTo(413);
    }

    @Test
    void aPayoutNeedsAKey() {
        for (String bad : new String[] { null, "x".repeat(101), "a b" }) {
            Shop.Page refused = shop.paysOut(bad, phone, 300);
            assertThat(refused.http()).isEqualTo(400);
            assertThat(refused.json().path("field").asText()).isEqualTo("Idempotency-Key");
        }
        assertThat(paidOut()).isZero();
    }

    @Test
    void aPushWithoutAKeyAsksEachTime() {
        String first = shop.pushes(null, phone, 250).id();
        told(first, 1);
        safaricom.clock().advance(Duration.ofMinutes(5));
        String second = shop.pushes(null, phone, 250).id();

        assertThat(second).isNotEqualTo(first);
        told(second, 1);
    }

    @Test
    void theDocumentIsServedAndSaysWhatIsServed() {
        Set<String> routes = new TreeSet<>();
        for (Route route : gateway.context().getRoutes()) {
            String uri = route.getEndpoint().getEndpointUri();
            if (uri.startsWith("rest:")) {
                routes.add(URLDecoder.decode(uri.replaceFirst("rest:/*([a-z]+):/?([^?]*).*", "$1 /$2"), StandardCharsets.UTF_8));
            }
        }
        assertThat(new Contract().operations()).isEqualTo(routes).hasSize(6);
        assertThat(shop.gets("/openapi.json", null).json()).isEqualTo(new Contract().document());
    }

    @Test
    void whatIsStoredForWebhooksNamesNoPhone() {
        String id = shop.pushes(key, phone, 250).id();
        told(id, 1);
        assertThat(gateway.database().queryForList("select body from webhook", String.class)).isNotEmpty()
                .noneMatch(body -> body.contains(phone.substring(3)));
    }

    private static List<Shop.Event> told(String id, int times) {
        await().untilAsserted(() -> assertThat(shop.events(id)).hasSizeGreaterThanOrEqualTo(times));
        return shop.events(id);
    }

    private static String state(String id) {
        return gateway.database().queryForObject("select max(state) from webhook where payment = ?", String.class, id);
    }

    private static List<String> states(String id) {
        return gateway.database().queryForList("select state from webhook where payment = ? order by id", String.class, id);
    }

    private static List<JsonNode> parked(String id) {
        List<JsonNode> parked = new ArrayList<>();
        shop.gets("/webhooks/parked", shop.token()).json().path("webhooks").forEach(parked::add);
        return parked.stream().filter(webhook -> webhook.path("payment").asText().equals(id)).toList();
    }

    private long paidOut() {
        return safaricom.books().transfers().stream().filter(transfer -> transfer.to().equals(phone)).count();
    }
}
