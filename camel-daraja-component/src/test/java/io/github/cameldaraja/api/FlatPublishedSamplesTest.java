package io.github.cameldaraja.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Safaricom's published samples of the flat and the header-and-body families, where a copy lies beside the project or in the
 * folder {@code daraja.payloads}; skipped elsewhere.
 */
class FlatPublishedSamplesTest {

    private static final Map<String, RequestApi> ANSWERS = Map.ofEntries(
            Map.entry("b2b-express.response", new B2bExpress()), Map.entry("ratiba.response", new StandingOrder()),
            Map.entry("qr.response", new QrCode()), Map.entry("qr.response.observed-00", new QrCode()),
            Map.entry("imsi.response", new Imsi()), Map.entry("swap.response", new SimSwap()),
            Map.entry("org-info.response", new OrganizationInfo()), Map.entry("b2c-hakikisha.response", new CustomerName()),
            Map.entry("bonga-calculate.response", new Bonga()), Map.entry("bonga-redeem.response", new Bonga()));

    private final Path folder = folder();

    private static Path folder() {
        String set = System.getProperty("daraja.payloads");
        if (set != null) {
            return Path.of(set);
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path folder = at.resolve("shared/reference/payloads");
            if (Files.isDirectory(folder)) {
                return folder;
            }
        }
        return null;
    }

    @BeforeEach
    void skipWithoutSamples() {
        assumeTrue(folder != null, "the published samples are not beside this project: skipped");
    }

    private JsonObject sample(String name) {
        try {
            return Json.readObject(Files.readAllBytes(folder.resolve(name + ".json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> callersPart(RequestApi api, Map<String, Object> sample) {
        Map<String, Object> part = new LinkedHashMap<>(sample);
        part.keySet().removeAll(api.owned());
        return part;
    }

    @TestFactory
    Stream<DynamicTest> flatRequests() {
        Map<String, RequestApi> requests = Map.of("ratiba.request", new StandingOrder(), "qr.request", new QrCode(),
                "imsi.request", new SimSwap(), "org-info.request", new OrganizationInfo());
        return requests.entrySet().stream().map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
            Map<String, Object> sample = sample(entry.getKey()).toMap();
            assertThat(OwnSamples.wire(entry.getValue(), callersPart(entry.getValue(), sample), sample)).isEqualTo(sample);
        }));
    }

    @Test
    void b2bExpress() {
        B2bExpress api = new B2bExpress();
        Map<String, Object> sample = sample("b2b-express.request").toMap();
        Map<String, Object> account = new HashMap<>(sample);
        account.put("ShortCode", sample.get("receiverShortCode"));

        assertThat(OwnSamples.wire(api, callersPart(api, sample), account)).isEqualTo(sample);
    }

    @Test
    void customerName() {
        JsonObject sample = sample("b2c-hakikisha.request");
        Map<String, Object> wire = OwnSamples.wire(new CustomerName(), new CustomerName.Request(sample.textAt("body.msisdn")));

        assertThat(Json.toObject(wire).object("header").names()).isEqualTo(sample.object("header").names());
        assertThat(Json.toObject(wire).object("body").names()).isEqualTo(sample.object("body").names());
    }

    @Test
    void bonga() {
        Bonga api = new Bonga();
        for (String command : List.of(Bonga.CALCULATE, Bonga.REDEEM)) {
            Map<String, Object> sample = sample("bonga-" + command + ".request").toMap();
            Map<String, Object> said = callersPart(api, sample);
            said.put("command", command);
            assertThat(OwnSamples.wire(api, said, Map.of("ShortCode", "888880"))).isEqualTo(sample);
        }
    }

    @TestFactory
    Stream<DynamicTest> iotRequests() throws IOException {
        // SIM numbers are starred out in the samples, and one name lacks its last letter
        Map<String, String> commands = Map.of("suspend-unsuspend", "suspendOrResume");
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("iot-.*[.]request[.]json"))
                    .map(name -> name.replace(".request.json", "")).toList();
            assertThat(names).hasSizeGreaterThanOrEqualTo(11);
            return names.stream().map(name -> DynamicTest.dynamicTest(name, () -> {
                Map<String, Object> sample = sample(name + ".request").toMap();
                sample.computeIfPresent("msisdn", (key, value) -> value.toString().replace('*', '0'));
                if (sample.containsKey("startAtInde")) {
                    Map<String, Object> fixed = new LinkedHashMap<>();
                    sample.forEach((key, value) -> fixed.put(key.equals("startAtInde") ? "startAtIndex" : key, value));
                    sample = fixed;
                }
                String command = name.substring("iot-".length());
                Map<String, Object> said = new LinkedHashMap<>(sample);
                said.put("command", commands.getOrDefault(command, command));
                assertThat(OwnSamples.wire(new IotSim(), said, Map.of())).isEqualTo(sample);
            }));
        }
    }

    @TestFactory
    Stream<DynamicTest> successes() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Stream<DynamicTest> iot = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("iot-.*[.]response[.]json"))
                    .map(name -> name.replace(".json", "")).toList().stream()
                    .map(name -> DynamicTest.dynamicTest(name, () -> accepted(name, new IotSim())));
            return Stream.concat(iot, ANSWERS.entrySet().stream()
                    .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> accepted(entry.getKey(), entry.getValue()))));
        }
    }

    private void accepted(String name, RequestApi api) {
        JsonObject answer = sample(name);
        assertThat(api.success().refusal(answer, true)).isEmpty();
        if (api instanceof AnswerApi<?> look) {
            assertThat(look.answer(null, answer).details()).isEqualTo(answer.toMap());
        } else {
            assertThat(((OutcomeApi) api).acknowledgement(answer).status()).isEqualTo(PaymentStatus.PENDING);
        }
    }

    @Test
    void whatTheSamplesSay() {
        assertThat(new SimSwap().answer(null, sample("swap.response")).noRecentSwap()).isTrue();
        assertThat(new Imsi().answer(null, sample("imsi.response")).lastSwap()).isNotNull();
        assertThat(new QrCode().answer(null, sample("qr.response")).image()).startsWith(0x89, 'P', 'N', 'G');
        assertThat(new CustomerName().success().refusal(sample("b2c-hakikisha.error"), false)).isPresent();
    }

    @Test
    void callbacks() {
        Outcome paid = new B2bExpress().callback(sample("b2b-express-callback.success")).build();
        assertThat(paid.isPaid()).isTrue();
        assertThat(paid.receiptNumber()).isNotNull();
        assertThat(paid.amount()).isEqualByComparingTo("71");
        assertThat(new B2bExpress().callback(sample("b2b-express-callback.cancelled")).build().status())
                .isEqualTo(PaymentStatus.CANCELLED);

        Outcome agreed = new StandingOrder().callback(sample("ratiba-callback.success")).build();
        assertThat(agreed.status()).isEqualTo(PaymentStatus.COMPLETED);
        assertThat(agreed.receiptNumber()).isNull();
        assertThat(agreed.details()).containsKey("TransactionID");
        assertThat(new StandingOrder().callback(sample("ratiba-callback.failure")).build().status())
                .isEqualTo(PaymentStatus.EXPIRED);
    }
}
