package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.simulator.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Our Kamelets, as somebody uses them who writes YAML and no Java. */
class KameletsTest extends EndToEnd {

    private static final Path FOLDER = Path.of("src/main/resources/kamelets");

    private final List<JsonNode> told = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();

    /** With a bean {@code till} that routes tell what comes to. */
    private Shop shop(String... routes) {
        Shop shop = newShop();
        shop.context().getRegistry().bind("till", (Processor) exchange -> {
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("the till is jammed");
            }
            assertThat(exchange.getMessage().getBody()).isInstanceOf(String.class);
            told.add(Shop.json(exchange.getMessage().getBody(String.class)));
        });
        shop.open();
        for (String route : routes) {
            load(shop, route);
        }
        return shop;
    }

    private static void load(Shop shop, String yaml) {
        try {
            PluginHelper.getRoutesLoader(shop.context()).loadRoutes(ResourceHelper.fromString("shop.yaml", yaml));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sink(String kamelet, String parameters) {
        return """
                - route:
                    from:
                      uri: direct:%1$s
                      steps:
                        - to:
                            uri: kamelet:%1$s
                            parameters: {%2$s}
                """.formatted(kamelet, parameters);
    }

    private static String source(String kamelet, String parameters) {
        return """
                - route:
                    from:
                      uri: kamelet:%s
                      parameters: {%s}
                      steps:
                        - process:
                            ref: till
                """.formatted(kamelet, parameters);
    }

    @Test
    void aPushIsStartedByTheSinkAndComesOutOfTheSource() {
        try (Shop shop = shop(sink("mpesa-stk-push-sink", "transactionDesc: Shoes"), source("mpesa-payment-source", ""))) {
            failures.set(1);
            Exchange done = shop.send("direct:mpesa-stk-push-sink", """
                    {"phoneNumber": "0712 345 678", "amount": 150, "accountReference": "INV-7"}""");

            assertThat(done.getException()).isNull();
            String reference = done.getMessage().getBody(Acknowledgement.class).reference();
            assertThat(told).as("what is acknowledged is not paid").isEmpty();
            assertThat(shop.lastPush().get("TransactionDesc").asText()).isEqualTo("Shoes");
            advanceUntil(shop, 1);
            assertThat(told).as("told again, for the till was jammed; and once").hasSize(1);
            assertThat(told.get(0).get("status").asText()).isEqualTo("COMPLETED");
            assertThat(told.get(0).get("reference").asText()).isEqualTo(reference);
            assertThat(told.get(0).get("amount").decimalValue()).isEqualByComparingTo("150");
            assertThat(told.get(0).get("accountReference").asText()).isEqualTo("INV-7");
            assertThat(told.get(0).get("receiptNumber").asText()).isNotBlank();
            assertThat(shop.sent("/stkpush/v1/").size()).isEqualTo(1);
        }
    }

    private void advanceUntil(Shop shop, int size) {
        await().until(() -> {
            safaricom.clock().advance(Duration.ofSeconds(1));
            return told.size() >= size;
        });
    }

    @Test
    void thePaymentSourceEmitsPaymentsAndTheOutcomeSourceAll() {
        safaricom.faults().nextPush(Script.result(2001));
        try (Shop shop = shop(sink("mpesa-stk-push-sink", ""), source("mpesa-payment-source", "group: books"),
                source("mpesa-outcome-source", "operation: stkPush, group: desk"))) {
            shop.send("direct:mpesa-stk-push-sink", Map.of("phoneNumber", PHONE, "amount", 10));
            await().until(() -> told.size() == 1);
            assertThat(told.get(0).get("status").asText()).isEqualTo("FAILED");
            shop.send("direct:mpesa-stk-push-sink", Map.of("phoneNumber", PHONE, "amount", 20));
            await().until(() -> told.size() == 3);
            assertThat(told.subList(1, 3)).allMatch(outcome -> outcome.get("status").asText().equals("COMPLETED")
                    && outcome.get("amount").intValue() == 20);
        }
    }

    @Test
    void whatCustomersPayByThemselvesComesOutOfTheSource() {
        try (Shop shop = shop(source("mpesa-payment-source", "operation: c2bConfirmation"), """
                - route:
                    from:
                      uri: direct:register
                      steps:
                        - to: daraja:c2bRegister?responseType=Completed
                """)) {
            assertThat(shop.send("direct:register", null).getException()).isNull();
            String receipt = safaricom.c2b().pay(PHONE, payBill, "ACC-7", 300).join().receipt();
            await().until(() -> !told.isEmpty());
            assertThat(told).hasSize(1);
            assertThat(told.get(0).get("receiptNumber").asText()).isEqualTo(receipt);
            assertThat(told.get(0).get("accountReference").asText()).isEqualTo("ACC-7");
            assertThat(told.get(0).get("status").asText()).isEqualTo("COMPLETED");
        }
    }

    @Test
    void theActionGoesOnWithTheOutcome() {
        try (Shop shop = shop(sink("mpesa-stk-push-action", "accountReference: SHOP, idempotencyKey: \"${header.order}\""))) {
            String body = "{\"phoneNumber\": \"0712345678\", \"amount\": 80}";
            Exchange done = shop.send("direct:mpesa-stk-push-action", body, Map.of("order", 7));

            assertThat(done.getException()).isNull();
            JsonNode outcome = Shop.json((String) done.getMessage().getBody());
            assertThat(outcome.get("status").asText()).isEqualTo("COMPLETED");
            assertThat(done.getMessage().getHeader(DarajaConstants.STATUS)).isEqualTo("COMPLETED");
            assertThat(done.getMessage().getHeader(DarajaConstants.IDEMPOTENCY_KEY)).isEqualTo("7");
            Exchange again = shop.send("direct:mpesa-stk-push-action", body, Map.of("order", 7));
            assertThat(Shop.json((String) again.getMessage().getBody()).get("receiptNumber")).isEqualTo(outcome.get("receiptNumber"));
            assertThat(shop.sent("/stkpush/v1/").size()).as("the same order").isEqualTo(1);
            assertThat(shop.sent("/stkpush/").get(0).get("AccountReference").asText()).isEqualTo("SHOP");
        }
    }

    @Test
    void theActionSaysUnknownWhenNobodyAnswers() {
        safaricom.faults().nextPush(Script.neverAnswers());
        try (Shop shop = shop(sink("mpesa-stk-push-action", "outcomeTimeout: 5s"))) {
            var done = shop.sendAsync("direct:mpesa-stk-push-action", Map.of("phoneNumber", PHONE, "amount", 80));
            await().until(() -> shop.sent("/stkpush/v1/").size() == 1 && shop.onlyPayment().status().name().equals("PENDING"));
            await().until(() -> {
                safaricom.clock().advance(Duration.ofSeconds(5));
                return done.isDone();
            });
            assertThat(done.join().getException()).isNull();
            assertThat(done.join().getMessage().getHeader(DarajaConstants.STATUS)).isEqualTo("UNKNOWN");
        }
    }

    @Test
    void aPayoutIsPaidOnceForEachKey() {
        deposit(UTILITY, 1_000);
        try (Shop shop = shop(sink("mpesa-payout-sink", "idempotencyKey: \"${body[invoice]}${header.salary}\","
                + " commandId: SalaryPayment"), source("mpesa-outcome-source", "operation: b2c"))) {
            Map<String, Object> wage = Map.of("phoneNumber", PHONE, "amount", 100);
            assertThat(shop.send("direct:mpesa-payout-sink", wage).getException()).hasMessageContaining("idempotencyKey");
            for (int i = 0; i < 2; i++) {
                assertThat(shop.send("direct:mpesa-payout-sink", wage, Map.of("salary", "2026-11/7")).getException()).isNull();
            }
            await().until(() -> !told.isEmpty());
            assertThat(told).hasSize(1);
            assertThat(told.get(0).get("status").asText()).isEqualTo("COMPLETED");
            assertThat(told.get(0).get("idempotencyKey").asText()).isEqualTo("2026-11/7");
            assertThat(count("b2c.received")).isEqualTo(1);
            assertThat(shop.sent("/b2c/").get(0).get("CommandID").asText()).isEqualTo("SalaryPayment");
        }
    }

    @Test
    void aPayoutIsRehearsed() {
        try (Shop shop = shop(sink("mpesa-payout-sink", "idempotencyKey: \"${header.salary}\", dryRun: true"))) {
            Exchange done = shop.send("direct:mpesa-payout-sink", Map.of("phoneNumber", PHONE, "amount", 100), Map.of("salary", "7"));
            assertThat(done.getException()).isNull();
            assertThat(done.getMessage().getHeader(DarajaConstants.DRY_RUN)).isEqualTo(true);
            assertThat(count("b2c.received")).isZero();
        }
    }

    @Test
    void whatIsMissingOrSecretIsRefusedAtTheStart() {
        try (Shop shop = shop()) {
            assertThatThrownBy(() -> load(shop, sink("mpesa-payout-sink", ""))).hasStackTraceContaining("idempotencyKey");
            assertThatThrownBy(() -> load(shop, source("mpesa-outcome-source", ""))).hasStackTraceContaining("operation");
            assertThatThrownBy(() -> load(shop, source("mpesa-payment-source", "operation: stkQuery")))
                    .hasStackTraceContaining("stkQuery");
            assertThatThrownBy(() -> load(shop, source("mpesa-payment-source", "account: nobody")))
                    .hasStackTraceContaining("account 'nobody' is unknown");
        }
    }

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    @Test
    void theyAreAllHere() throws IOException {
        assertThat(files()).extracting(file -> file.getFileName().toString()).containsExactly("mpesa-outcome-source.kamelet.yaml",
                "mpesa-payment-source.kamelet.yaml", "mpesa-payout-sink.kamelet.yaml", "mpesa-stk-push-action.kamelet.yaml",
                "mpesa-stk-push-sink.kamelet.yaml");
    }

    @ParameterizedTest
    @MethodSource("files")
    @SuppressWarnings("unchecked")
    void eachTellsWhatItTakes(Path file) throws IOException {
        String text = Files.readString(file);
        Map<String, Object> kamelet = (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(text);
        Map<String, Object> metadata = (Map<String, Object>) kamelet.get("metadata");
        assertThat(kamelet).containsEntry("apiVersion", "camel.apache.org/v1").containsEntry("kind", "Kamelet");
        assertThat(file).hasFileName(metadata.get("name") + ".kamelet.yaml");
        String type = ((Map<String, String>) metadata.get("labels")).get("camel.apache.org/kamelet.type");
        assertThat((String) metadata.get("name")).endsWith("-" + type);

        Map<String, Object> spec = (Map<String, Object>) kamelet.get("spec");
        Map<String, Object> definition = (Map<String, Object>) spec.get("definition");
        assertThat((String) definition.get("title")).startsWith("M-Pesa ");
        assertThat((String) definition.get("description")).endsWith(".");
        Map<String, Map<String, Object>> properties = (Map<String, Map<String, Object>>) definition.get("properties");
        List<String> required = (List<String>) definition.getOrDefault("required", List.of());
        assertThat(properties.keySet()).containsAll(required).noneMatch(name -> SecretWords.secret(name) != null);
        properties.forEach((name, property) -> {
            assertThat(property).as(name).containsKeys("title", "description", "type").doesNotContainKey("format");
            assertThat((String) property.get("description")).as(name).endsWith(".");
        });
        String template = text.substring(text.indexOf("  template:"));
        Set<String> used = new TreeSet<>();
        Matcher placeholder = Pattern.compile("\\{\\{(\\??)(\\w+)}}").matcher(template);
        while (placeholder.find()) {
            String name = placeholder.group(2);
            used.add(name);
            assertThat(properties.get(name)).as(name).isNotNull();
            boolean given = required.contains(name) || properties.get(name).containsKey("default");
            assertThat(placeholder.group(1).isEmpty()).as("%s may be left out", name).isEqualTo(given);
        }
        assertThat(used).isEqualTo(new TreeSet<>(properties.keySet()));
        Matcher version = Pattern.compile("<version>([^<]+)</version>").matcher(Files.readString(Path.of("pom.xml")));
        assertThat(version.find()).isTrue();
        assertThat((List<String>) spec.get("dependencies"))
                .containsExactly("camel:kamelet", "mvn:io.github.camel-daraja:camel-daraja:" + version.group(1));
    }
}
