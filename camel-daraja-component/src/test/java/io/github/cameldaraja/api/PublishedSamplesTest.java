package io.github.cameldaraja.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Safaricom's published STK samples, where a copy lies beside the project; skipped elsewhere. */
class PublishedSamplesTest {

    private static final Map<String, PaymentStatus> CALLBACKS = Map.of(
            "stk-callback.success", PaymentStatus.COMPLETED,
            "stk-callback.success.with-balance", PaymentStatus.COMPLETED,
            "stk-callback.cancelled", PaymentStatus.CANCELLED,
            "stk-callback.cancelled.old-prefix", PaymentStatus.CANCELLED,
            "stk-callback.expired", PaymentStatus.EXPIRED,
            "stk-callback.timeout", PaymentStatus.EXPIRED,
            "stk-callback.insufficient-balance", PaymentStatus.FAILED,
            "stk-callback.wrong-pin", PaymentStatus.FAILED);
    private static final Map<String, PaymentStatus> QUERIES = Map.of(
            "stk-query.response.success", PaymentStatus.COMPLETED,
            "stk-query.response.cancelled", PaymentStatus.CANCELLED,
            "stk-query.response.pending", PaymentStatus.PENDING);

    private final Path folder = folder();

    private static Path folder() {
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

    @TestFactory
    Stream<DynamicTest> callbacks() {
        return CALLBACKS.entrySet().stream().map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
            Outcome outcome = new StkPush().callback(sample(entry.getKey())).build();
            assertThat(outcome.status()).isEqualTo(entry.getValue());
            assertThat(outcome.checkoutRequestId()).startsWith("ws_CO_");
            assertThat(outcome.resultDescription()).isNotBlank();
            assertThat(outcome.receiptNumber() != null).isEqualTo(outcome.isPaid());
            if (outcome.isPaid()) {
                assertThat(outcome.amount()).isEqualByComparingTo("1");
                assertThat(PhoneNumbers.isWhole(outcome.phoneNumber())).isTrue();
                assertThat(outcome.transactionDate()).isNotNull();
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> queries() {
        return QUERIES.entrySet().stream().map(entry -> DynamicTest.dynamicTest(entry.getKey(), () ->
                assertThat(new StkQuery().answer(sample(entry.getKey())).build().status()).isEqualTo(entry.getValue())));
    }

    @Test
    void noStkSampleIsForgotten() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".json", "")).filter(name -> name.startsWith("stk-"))
                    .filter(name -> !CALLBACKS.containsKey(name) && !QUERIES.containsKey(name)))
                    .containsExactlyInAnyOrder("stk-push.request", "stk-push.response", "stk-query.request",
                            "stk-query.error.being-processed");
        }
    }

    @Test
    void ourPushIsTheSample() {
        Map<String, Object> sample = sample("stk-push.request").toMap();
        StkPush push = new StkPush();
        Owned owned = new SampleOwned(sample);

        assertThat(wire(push, sample, owned)).isEqualTo(sample);
    }

    @Test
    void ourQueryIsTheSample() {
        Map<String, Object> sample = sample("stk-query.request").toMap();
        StkQuery query = new StkQuery();
        Owned owned = new SampleOwned(sample);

        assertThat(wire(query, sample, owned)).isEqualTo(sample);
    }

    private static Map<String, Object> wire(RequestApi api, Map<String, Object> sample, Owned owned) {
        Map<String, Object> callersPart = new LinkedHashMap<>(sample);
        callersPart.keySet().removeAll(api.owned());
        return Json.readObject(Json.write(api.request(Fields.check(api, callersPart), owned))).toMap();
    }

    @Test
    void theAcknowledgementAndThePendingErrorAreRead() {
        Acknowledgement ack = new StkPush().acknowledgement(sample("stk-push.response"));
        assertThat(ack.responseCode()).isEqualTo("0");
        assertThat(ack.checkoutRequestId()).startsWith("ws_CO_");
        assertThat(ack.status()).isEqualTo(PaymentStatus.PENDING);
        JsonObject error = sample("stk-query.error.being-processed");
        assertThat(new StkQuery().isPending(new ErrorDetails("stkQuery", "shop", 500, error.text("errorCode"),
                error.text("errorMessage"), error.text("requestId")))).isTrue();
    }
}
