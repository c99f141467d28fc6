package io.github.cameldaraja.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a route writes as JSON is complete; what a log says hides people. */
class OutcomeJsonTest {

    private static final String SECRET = "JANE DOE 254711222333 0711222333";

    private static final Outcome FULL = Outcome.builder().operation("b2c").account("shop").reference("0192f5b6c7d8")
            .idempotencyKey("wage-11").status(PaymentStatus.COMPLETED).resultCode("0").resultDescription("done")
            .resultCategory(ResultCategory.SUCCESS).retriable(false).receiptNumber("UKL5XY6ZW7").amount(new BigDecimal("4350.00"))
            .phoneNumber("254711222333").transactionDate(OffsetDateTime.parse("2026-11-21T09:14:05+03:00"))
            .accountReference("7B-0042").merchantRequestId("m-1").checkoutRequestId("ws-1").conversationId("AG_1")
            .originatorConversationId("own-1").source(Source.CALLBACK).verdict(Verdict.ENRICHED).metadata(Map.of("order", "77"))
            .balances(List.of(new Balance("Utility Account", "KES", new BigDecimal("3.00"), new BigDecimal("2.00"),
                    new BigDecimal("1.00"), new BigDecimal("0.00"))))
            .details(details()).build();

    private static Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("ReceiverPartyPublicName", "254711222333 - Jane Doe");
        details.put("Charge", new BigDecimal("1.50"));
        details.put("NoValue", null);
        details.put("Twice", List.of("one", "two"));
        return details;
    }

    private static JsonNode json(Object value) {
        return Json.readTree(new String(Json.write(value), StandardCharsets.UTF_8));
    }

    @Test
    void theJsonHoldsEveryField() {
        JsonNode json = json(FULL);

        List<String> names = Arrays.stream(Outcome.class.getRecordComponents()).map(RecordComponent::getName).toList();
        assertThat(json.fieldNames()).toIterable().containsExactlyElementsOf(names);
        assertThat(json.path("status").asText()).isEqualTo("COMPLETED");
        assertThat(json.path("amount").decimalValue()).isEqualByComparingTo("4350.00");
        assertThat(json.path("transactionDate").asText()).isEqualTo("2026-11-21T09:14:05+03:00");
        assertThat(json.path("verdict").asText()).isEqualTo("enriched");
        assertThat(json.path("source").asText()).isEqualTo("CALLBACK");
        assertThat(json.path("metadata").path("order").asText()).isEqualTo("77");
        assertThat(json.path("balances").path(0).path("reserved").decimalValue()).isEqualByComparingTo("1.00");
        assertThat(json.path("details").path("Charge").decimalValue()).isEqualByComparingTo("1.50");
        assertThat(json.path("details").has("NoValue")).isTrue();
        assertThat(json.path("details").path("Twice")).hasSize(2);
    }

    @Test
    void theJsonOfAnOutcomeIsThatOfItsCopy() {
        assertThat(json(FULL.toBuilder().build())).isEqualTo(json(FULL));
        assertThat(FULL.toBuilder().build()).isEqualTo(FULL);
        assertThat(json(Json.toMap(FULL))).isEqualTo(json(FULL));
    }

    @Test
    void whatIsNotKnownIsNotThere() {
        JsonNode json = json(Outcome.builder().operation("stkPush").status(PaymentStatus.PENDING).build());

        assertThat(json.fieldNames()).toIterable().containsExactly("operation", "status", "metadata", "balances", "details");
    }

    @Test
    void anOutcomeHidesPeople() {
        assertThat(FULL.toString()).contains("UKL5XY6ZW7", "4350.00").doesNotContain("711222333", "Jane", "Doe");
    }

    /** Every answer and question, with a person hidden at every place where something unknown may stand. */
    @TestFactory
    Stream<DynamicTest> answersHidePeople() {
        return Stream.concat(ConformanceAnswers.rows().stream(), ConformanceMessages.rows().stream())
                .filter(row -> row.kind != ConformanceRow.Kind.REPLY)
                .flatMap(row -> row.own.stream().map(name -> DynamicTest.dynamicTest(name, () -> {
                    Message sample = new Message(name, SampleFiles.bytes(name));
                    Map<String, Object> more = new LinkedHashMap<>(Json.toMap(sample.root()));
                    more.put("somethingNew", SECRET);
                    Object read = read(row, Json.toObject(more));
                    assertThat(read.toString()).doesNotContain(people(sample)).doesNotContain("JANE", "711222333");
                    if (read instanceof DarajaAnswer answer) {
                        assertThat(answer.details()).containsEntry("somethingNew", SECRET);
                        // the picture stands twice in it, and is no JSON of its own
                        assertThat(json(answer).path("details").path("somethingNew").asText()).isEqualTo(SECRET);
                    }
                })));
    }

    private static Object read(ConformanceRow row, JsonObject message) {
        return row.api instanceof ConsultationApi api ? api.question(message)
                : row.api instanceof NoticeApi api ? api.payment(message).build()
                : row.api instanceof QueryApi api ? api.answer(message).build()
                : row.api instanceof AnswerApi<?> api ? api.answer(null, message)
                : row.kind == ConformanceRow.Kind.ANSWER ? ((OutcomeApi) row.api).acknowledgement(message)
                : ((OutcomeApi) row.api).callback(message).build();
    }

    // whole numbers of people, and their names
    private static String[] people(Message sample) {
        Set<String> people = new LinkedHashSet<>(Set.of("nobody at all"));
        sample.scalars().forEach((name, values) -> values.forEach(value -> {
            if (value.matches("(254|0)[71][0-9]{8}|254300.*") || name.matches("(?i)(first|middle|last)name|sender")) {
                people.add(value);
            } else if (name.endsWith("PartyName") || name.endsWith("PublicName")) {
                people.add(value.substring(value.indexOf('-') + 1).trim());
            }
        }));
        return people.toArray(String[]::new);
    }
}
