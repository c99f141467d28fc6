package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.Alert;
import io.github.cameldaraja.api.AlertKind;
import io.github.cameldaraja.api.B2c;
import io.github.cameldaraja.api.C2bValidation;
import io.github.cameldaraja.api.Invoke;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.ReconcileSummary;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.api.Verdict;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.TypeConverter;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.cloudevents.CloudEvent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every record that a route meets becomes a map, JSON, or a CloudEvent. */
class RecordsAsJsonTest {

    private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-11-20T12:00:00+03:00");
    private static final Outcome PAID = Outcome.builder().operation("stkPush").account("shop").reference("0123456789abcdef")
            .status(PaymentStatus.COMPLETED).resultCode("0").receiptNumber("UKK1234567").amount(new BigDecimal("150"))
            .transactionDate(NOON).source(Source.CALLBACK).verdict(Verdict.APPLIED).build();
    private static final Acknowledgement HEARD = new Acknowledgement("stkPush", "shop", "0123456789abcdef", PaymentStatus.PENDING, "0",
            "accepted", null, "ws_CO_1", null, null, null);
    private static final Alert ALERT = new Alert(AlertKind.TWO_PAYMENTS, "shop", "stkPush", "0123456789abcdef", "look", NOON, Map.of());
    private static final ReconcileSummary SUMMARY = new ReconcileSummary("shop", NOON, NOON.plusMinutes(1), 3, Map.of(),
            ReconcileSummary.Total.NONE, ReconcileSummary.Total.NONE);
    private static final Invoke.Answer ANSWER = new Invoke.Answer(Map.of("ResponseCode", "0"));

    private final DefaultCamelContext context = new DefaultCamelContext();

    @BeforeEach
    void start() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:event").transformDataType("daraja:application-cloudevents");
                from("direct:document").transformDataType("daraja:application-cloudevents+json");
            }
        });
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    static Stream<Record> records() {
        return Stream.of(PAID, HEARD, ALERT, SUMMARY, ANSWER, ReconcileSummary.Total.NONE,
                new StkPush.Request("0712345678", 150, "INV-7"), new C2bValidation.Reply("0", "fine", null),
                new B2c.Request("0712345678", 10));
    }

    @ParameterizedTest
    @MethodSource("records")
    void eachIsAMapAndJson(Record record) throws Exception {
        TypeConverter converter = context.getTypeConverter();
        Map<?, ?> map = converter.mandatoryConvertTo(Map.class, record);
        JsonNode json = Shop.json(converter.mandatoryConvertTo(String.class, record));
        assertThat(map).isNotEmpty();
        assertThat(json.isObject()).isTrue();
        Set<String> names = new HashSet<>();
        json.fieldNames().forEachRemaining(names::add);
        assertThat(names).isEqualTo(map.keySet());
        assertThat(Shop.json(new String(converter.mandatoryConvertTo(byte[].class, record)))).isEqualTo(json);
        assertThat(Shop.json(new String(converter.mandatoryConvertTo(InputStream.class, record).readAllBytes()))).isEqualTo(json);
    }

    @Test
    void othersRecordsAreLeftToOthers() {
        record Theirs(int number) {
        }
        assertThat(context.getTypeConverter().convertTo(String.class, new Theirs(7))).isEqualTo("Theirs[number=7]");
        assertThat(context.getTypeConverter().convertTo(Map.class, new Theirs(7))).isNull();
        assertThat(context.getTypeConverter().convertTo(Integer.class, PAID)).isNull();
    }

    private Message event(Object body, Map<String, Object> headers) {
        return send("direct:event", body, headers);
    }

    private Message send(String route, Object body, Map<String, Object> headers) {
        Exchange done = context.createProducerTemplate().send(route, exchange -> {
            exchange.getMessage().setHeaders(new HashMap<>(headers));
            exchange.getMessage().setBody(body);
        });
        if (done.getException() != null) {
            throw new IllegalStateException(done.getException());
        }
        return done.getMessage();
    }

    private String id(Object body) {
        return event(body, Map.of()).getHeader(CloudEvent.CAMEL_CLOUD_EVENT_ID, String.class);
    }

    @Test
    void anOutcomeIsAnEvent() {
        Message event = event(PAID, Map.of(CloudEvent.CAMEL_CLOUD_EVENT_SUBJECT, "an order", Exchange.CONTENT_TYPE, "text/plain"));
        assertThat(event.getHeaders())
                .containsEntry("CamelCloudEventVersion", "1.0")
                .containsEntry("CamelCloudEventType", "io.github.cameldaraja.stkPush.completed")
                .containsEntry("CamelCloudEventSource", "daraja:stkPush?account=shop")
                .containsEntry("CamelCloudEventSubject", "0123456789abcdef")
                .containsEntry("CamelCloudEventTime", "2026-11-20T12:00:00+03:00")
                .containsEntry("CamelCloudEventDataContentType", "application/json")
                .containsEntry("Content-Type", "application/json");
        assertThat(event.getHeader(CloudEvent.CAMEL_CLOUD_EVENT_ID, String.class)).startsWith("0123456789abcdef-");
        assertThat(Shop.json((String) event.getBody()).get("receiptNumber").asText()).isEqualTo("UKK1234567");
    }

    @Test
    void anOutcomeIsOneDocument() {
        Message message = send("direct:document", PAID, Map.of());
        assertThat(message.getHeader(Exchange.CONTENT_TYPE, String.class)).startsWith("application/cloudevents+json");
        JsonNode document = Shop.json((String) message.getBody());
        Message event = event(PAID, Map.of());
        Map.of("specversion", "CamelCloudEventVersion", "id", "CamelCloudEventID", "type", "CamelCloudEventType", "source",
                "CamelCloudEventSource", "subject", "CamelCloudEventSubject", "time", "CamelCloudEventTime", "datacontenttype",
                "CamelCloudEventDataContentType").forEach((attribute, header) -> assertThat(document.get(attribute).asText())
                        .as(attribute).isEqualTo(event.getHeader(header)));
        assertThat(document.get("data")).isEqualTo(Shop.json((String) event.getBody()));
        assertThat(Shop.json((String) send("direct:document", SUMMARY, Map.of()).getBody()).has("subject")).isFalse();
    }

    @Test
    void theSameNewsHasTheSameIdAndOtherNewsAnother() {
        String id = id(PAID);
        assertThat(id(PAID)).isEqualTo(id);
        assertThat(id(PAID.toBuilder().amount(new BigDecimal("150.00")).source(Source.QUERY).verdict(null)
                .metadata(Map.of("order", "7")).build())).as("told by another one").isEqualTo(id);
        assertThat(List.of(id, id(PAID.toBuilder().receiptNumber(null).build()), id(PAID.toBuilder().status(PaymentStatus.FAILED).build()),
                id(PAID.toBuilder().amount(BigDecimal.ONE).build()), id(PAID.toBuilder().reference("other").build()), id(HEARD)))
                .doesNotHaveDuplicates();
    }

    @Test
    void anOutcomeWithoutAReferenceIsNobodyElses() {
        Outcome stranger = PAID.toBuilder().reference(null).receiptNumber(null).checkoutRequestId("ws_CO_1_700000001").build();
        Outcome nameless = stranger.toBuilder().checkoutRequestId(null).build();
        assertThat(id(stranger)).isEqualTo(id(stranger)).doesNotContain("700000001");
        assertThat(List.of(id(stranger), id(stranger.toBuilder().checkoutRequestId("ws_CO_1_700000002").build()), id(nameless),
                id(nameless))).doesNotHaveDuplicates();
        assertThat(id(PAID.toBuilder().checkoutRequestId("ws_CO_1_700000001").build())).as("an id that comes later is no news")
                .isEqualTo(id(PAID));
    }

    @Test
    void anAcknowledgementIsNeverTheEventOfAPayment() {
        Acknowledgement overtaken = HEARD.about("stkPush", "shop", "0123456789abcdef", PaymentStatus.COMPLETED);
        for (Acknowledgement heard : List.of(HEARD, overtaken)) {
            Message event = event(heard, Map.of());
            assertThat(event.getHeaders()).containsEntry("CamelCloudEventType", "io.github.cameldaraja.stkPush.acknowledged")
                    .containsEntry("CamelCloudEventSubject", "0123456789abcdef");
            assertThat(event.getHeader("CamelCloudEventTime", String.class)).endsWith("Z");
        }
    }

    @Test
    void reportsAlertsAndAnswersAreEventsToo() {
        assertThat(event(ALERT, Map.of()).getHeaders()).containsEntry("CamelCloudEventType", "io.github.cameldaraja.alert.two_payments")
                .containsEntry("CamelCloudEventSource", "daraja:alerts?account=shop");
        assertThat(event(SUMMARY, Map.of("CamelCloudEventSubject", "left over")).getHeaders())
                .containsEntry("CamelCloudEventType", "io.github.cameldaraja.reconcile.summary").doesNotContainKey("CamelCloudEventSubject");
        assertThat(event(ANSWER, Map.of(DarajaConstants.OPERATION, "invoke", DarajaConstants.ACCOUNT, "shop")).getHeaders())
                .containsEntry("CamelCloudEventType", "io.github.cameldaraja.invoke.answer");
    }

    @Test
    void whatIsNotOursIsRefusedWithTheCure() {
        assertThatThrownBy(() -> event("{}", Map.of())).hasStackTraceContaining("right after the daraja step")
                .hasStackTraceContaining("java.lang.String");
    }
}
