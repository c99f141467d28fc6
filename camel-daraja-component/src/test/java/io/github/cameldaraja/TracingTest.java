package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.api.TraceParent;
import io.github.cameldaraja.simulator.Script;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;
import org.junit.jupiter.api.Test;

/** Request, callback and route of a payment are one trace. */
class TracingTest extends EndToEnd {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "00-" + TRACE + "-b7ad6b7169203331-01";
    private static final StkPush.Request HUNDRED = new StkPush.Request(PHONE, 100, "INV-1");

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final List<Map<String, Object>> told = new CopyOnWriteArrayList<>();

    private Shop shop() {
        return newShop().route("pay", "daraja:stkPush").routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("daraja:stkPush").routeId("books").process(exchange -> told.add(Map.copyOf(exchange.getMessage().getHeaders())));
            }
        });
    }

    private Shop traced() {
        Shop shop = shop();
        SdkTracerProvider provider = SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(spans)).build();
        shop.context().getRegistry().bind("tracer", provider.get("camel"));
        shop.context().getRegistry().bind("propagators", ContextPropagators.create(W3CTraceContextPropagator.getInstance()));
        OpenTelemetryTracer tracer = new OpenTelemetryTracer();
        tracer.setCamelContext(shop.context());
        tracer.init(shop.context());
        return shop;
    }

    private SpanData span(String name) {
        return spans.getFinishedSpanItems().stream().filter(span -> span.getName().equals(name)).findFirst().orElseThrow(() ->
                new AssertionError(name + " is not among " + spans.getFinishedSpanItems().stream().map(SpanData::getName).toList()));
    }

    // both routes have ended
    private boolean isBooked() {
        return spans.getFinishedSpanItems().stream().filter(span -> span.getAttributes().asMap().toString().contains("EVENT_RECEIVED"))
                .count() == 2;
    }

    @Test
    void requestCallbackAndRouteAreOneTrace() {
        try (Shop shop = traced().open()) {
            shop.send("direct:pay", HUNDRED, Map.of("traceparent", PARENT, DarajaConstants.METADATA, Map.of("order", "7")));
            await().until(this::isBooked);

            assertThat(spans.getFinishedSpanItems()).extracting(SpanData::getTraceId).containsOnly(TRACE);
            SpanData callback = span("daraja stkPush callback");
            assertThat(callback.getAttributes().asMap().toString()).contains(shop.onlyPayment().reference(), "COMPLETED", "applied")
                    .doesNotContain(PHONE);
            String request = TraceParent.of(shop.onlyPayment().metadata()).split("-")[2];
            assertThat(callback.getParentSpanId()).isEqualTo(request);
            assertThat(spans.getFinishedSpanItems()).as("the route's own span").anySatisfy(span -> {
                assertThat(span.getParentSpanId()).isEqualTo(request);
                assertThat(span.getAttributes().asMap().toString()).contains("EVENT_RECEIVED");
            });
            assertThat(told.get(0)).containsEntry(DarajaConstants.METADATA, Map.of("order", "7"));
            Screen.isShown("operations.adoc", "trace", tree(PARENT.split("-")[2], ""));
        }
    }

    // the spans below that one, as tracing tools draw them
    private String tree(String parent, String indent) {
        return spans.getFinishedSpanItems().stream().filter(span -> span.getParentSpanId().equals(parent))
                .sorted(Comparator.comparing(SpanData::getName).thenComparing(SpanData::getStartEpochNanos))
                .map(span -> indent + line(span) + '\n' + tree(span.getSpanId(), indent + "    ")).collect(Collectors.joining());
    }

    private static String line(SpanData span) {
        Map<String, String> about = new TreeMap<>();
        span.getAttributes().forEach((name, value) -> about.put(name.getKey(), value.toString()));
        return span.getName() + ": " + (about.containsKey("camel.uri") ? about.get("op") + ' ' + about.get("camel.uri") : about);
    }

    @Test
    void aQuestionThatEndsAPaymentIsAPartOfItsTrace() {
        try (Shop shop = traced().open()) {
            safaricom.faults().nextPush(Script.pays().lostCallback());
            shop.send("direct:pay", HUNDRED, Map.of("traceparent", PARENT));
            await().until(() -> {
                safaricom.clock().advance(Duration.ofSeconds(20));
                return isBooked();
            });
            assertThat(span("daraja stkPush query").getTraceId()).isEqualTo(TRACE);
            assertThat(told.get(0).get("traceparent").toString()).contains(TRACE);
            assertThat(told.get(0)).doesNotContainKey(DarajaConstants.METADATA);
        }
    }

    @Test
    void itComesBackWithoutATracerToo() {
        try (Shop shop = shop().open()) {
            Exchange asked = shop.send("direct:pay", HUNDRED, Map.of("traceparent", PARENT));
            await().until(() -> told.size() == 1);
            assertThat(asked.getMessage().getHeaders()).doesNotContainKey(DarajaConstants.METADATA);
            assertThat(told.get(0)).containsEntry("traceparent", PARENT);

            shop.send("direct:pay", HUNDRED, Map.of("traceparent", "00-none-of-that"));
            // a phone shows one prompt at a time
            await().until(() -> told.size() == 2);
            shop.send("direct:pay", HUNDRED, Map.of());
            await().until(() -> told.size() == 3);
            assertThat(told.get(1)).doesNotContainKey("traceparent");
            assertThat(told.get(2)).doesNotContainKey("traceparent");
        }
    }
}
