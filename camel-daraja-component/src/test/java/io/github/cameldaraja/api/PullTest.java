package io.github.cameldaraja.api;

import static io.github.cameldaraja.api.SampleFiles.json;
import static io.github.cameldaraja.api.SampleFiles.object;
import static io.github.cameldaraja.api.SampleFiles.tree;
import static io.github.cameldaraja.api.SampleFiles.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The payments of the last two days. */
class PullTest {

    private static final OffsetDateTime MORNING = OffsetDateTime.parse("2026-11-21T06:00:00+03:00");
    private static final Owned OWNED = new SampleOwned(Map.of("ShortCode", "601426"));

    private final PullRegister register = new PullRegister();
    private final PullTransactions pull = new PullTransactions();

    @Test
    void theRegistrationIsTheSample() {
        Fields fields = Fields.check(register, Json.toMap(new PullRegister.Request("254711223344")));

        assertThat(wire(register.request(fields, OWNED))).isEqualTo(tree("pullRegister/request"));
        assertThat(Fields.check(register, Map.of("phoneNumber", "0711223344")).toMap()).isEqualTo(fields.toMap());
    }

    @Test
    void theRegistrationsAnswersAreRead() {
        PullRegister.Answer answer = register.answer(null, object("pullRegister/response"));
        assertThat(answer.code()).isEqualTo("1000");
        assertThat(answer.alreadyRegistered()).isFalse();
        assertThat(answer.requestId()).startsWith("c0ffee00");

        JsonObject before = object("pullRegister/response-registered");
        assertThat(register.success().refusal(before, false)).isEmpty();
        answer = register.answer(null, before);
        assertThat(answer.code()).isEqualTo("1001");
        assertThat(answer.alreadyRegistered()).isTrue();
        assertThat(answer.description()).isEqualTo("ShortCode already Registered");
        assertThat(answer.requestId()).isEqualTo("55667-8899001-1");
        assertThat(register.success().refusal(json("{\"ResponseStatus\":\"1002\"}"), false)).isPresent();
        assertThat(register.success().refusal(json("{}"), false)).isPresent();
    }

    @Test
    void aPageIsTheSample() {
        Fields fields = Fields.check(pull, pull.page(MORNING.minusDays(1), MORNING, 100));

        assertThat(wire(pull.request(fields, OWNED))).isEqualTo(tree("pullTransactions/request"));
        assertThat(pull.window()).hasHours(48);
    }

    @Test
    void timesMayBeWrittenInManyWays() {
        String wire = "2026-11-21 06:00:00";
        for (Object time : List.of(MORNING, MORNING.toInstant(), MORNING.atZoneSameInstant(NairobiTime.ZONE),
                LocalDateTime.parse("2026-11-21T06:00"), "2026-11-21 06:00", "2026-11-21T06:00:00", "2026-11-21T03:00:00Z",
                "2026-11-21T05:00+02:00", "20261121060000", wire)) {
            assertThat(Fields.check(pull, Map.of("startDate", time, "endDate", wire)).get("StartDate")).isEqualTo(wire);
        }
        Fields record = Fields.check(pull, Json.toMap(new PullTransactions.Request(MORNING, MORNING.plusHours(1), null)));
        assertThat(pull.request(record, OWNED).get("EndDate").asText()).isEqualTo("2026-11-21 07:00:00");
        assertThat(pull.request(record, OWNED).get("OffSetValue").asText()).isEqualTo("0");
        assertThat(ZonedDateTime.ofInstant(Instant.EPOCH, NairobiTime.ZONE).getOffset().getTotalSeconds()).isEqualTo(10800);
    }

    @ParameterizedTest
    @ValueSource(strings = { "2026-11-21", "yesterday", "2026-11-31 00:00:00", "2026-11-21 25:00:00", "21.11.2026",
        "1795000000" })
    void otherTimesAreRefused(String time) {
        assertThatThrownBy(() -> Fields.check(pull, Map.of("startDate", time, "endDate", "2026-11-22 00:00:00")))
                .isInstanceOf(InvalidFieldException.class).hasMessageContaining("StartDate");
    }

    @Test
    void aPeriodDoesNotRunBackwards() {
        assertThatThrownBy(() -> Fields.check(pull, pull.page(MORNING.plusSeconds(1), MORNING, 0)))
                .isInstanceOf(InvalidFieldException.class).hasMessageContaining("StartDate");
    }

    @Test
    void rowsAreRead() {
        JsonObject message = object("pullTransactions/response");
        assertThat(pull.success().refusal(message, false)).isEmpty();
        PullTransactions.Answer answer = pull.answer(null, message);

        assertThat(answer.rows()).hasSize(2);
        PullTransactions.Row first = answer.rows().get(0);
        assertThat(first.transactionDate()).isEqualTo(OffsetDateTime.parse("2026-11-20T12:41:00+03:00"));
        assertThat(first.phoneNumber()).isEqualTo("71122334");
        assertThat(first.organizationName()).isEqualTo("Example Estates");
        assertThat(first.toString()).doesNotContain("MPESA").doesNotContain("71122334");
        List<Outcome> payments = pull.payments(answer).stream().map(Outcome.Builder::build).toList();
        assertThat(payments).hasSize(2).allMatch(Outcome::isCompleted).allMatch(payment -> payment.source() == Source.PULL);
        assertThat(payments.get(0).receiptNumber()).isEqualTo("UKK3PV6WY1");
        assertThat(payments.get(0).amount()).isEqualByComparingTo("350");
        assertThat(payments.get(0).accountReference()).isEqualTo("Flat 7B");
        assertThat(PhoneMatch.fits(payments.get(0).phoneNumber(), "254711223344")).isTrue();
        assertThat(payments.get(1).phoneNumber()).isEqualTo("254733445566");
        assertThat(payments.get(1).accountReference()).isEqualTo("7C-0043");
        assertThat(payments.get(1).details()).containsEntry("billreference", " 7C-0043");
    }

    @ParameterizedTest
    @ValueSource(strings = { "[[%s]]", "[%s]", "%s", "[[[%s]]]", "[[%s],[]]", "[null,[%s]]" })
    void rowsMayLieDeepOrFlat(String form) {
        String row = "{\"transactionId\":\"UKK3PV6WY1\",\"amount\":\"350.00\"}";
        String list = form.formatted(row);
        String text = new String(Json.write(list));

        for (String value : List.of(list, text)) {
            JsonObject answer = json("{\"ResponseCode\":1000,\"Response\":" + value + "}");
            assertThat(pull.success().refusal(answer, false)).isEmpty();
            assertThat(pull.payments(pull.answer(null, answer))).hasSize(1);
        }
    }

    @Test
    void nothingFoundIsNoError() {
        JsonObject none = object("pullTransactions/response-none");

        assertThat(pull.success().refusal(none, false)).isEmpty();
        assertThat(pull.answer(null, none).rows()).isEmpty();
        assertThat(pull.answer(null, none).code()).isEqualTo("1001");
        assertThat(pull.success().refusal(json("{\"ResponseCode\":\"1001\"}"), false)).isEmpty();
        assertThat(pull.success().refusal(json("{\"ResponseCode\":\"1000\",\"Response\":\"[[]]\"}"), false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"ResponseCode\":\"1000\"}", "{\"ResponseCode\":\"1000\",\"Response\":null}",
        "{\"ResponseCode\":\"1000\",\"Response\":\"see below\"}", "{\"ResponseCode\":\"1000\",\"Response\":3}", "{}" })
    void aListThatIsNotThereIsNotAnEmptyOne(String answer) {
        assertThat(pull.success().refusal(json(answer), false).orElseThrow().kind()).isEqualTo(ErrorKind.UNKNOWN);
    }

    @Test
    void whatIsNoPaymentIsCountedAsARowOnly() {
        PullTransactions.Answer answer = pull.answer(null, json("{\"ResponseCode\":\"1000\",\"Response\":[[{},"
                + "{\"transactionId\":\"UKK3PV6WY1\"},{\"transactionId\":\"UKK0000000\",\"amount\":1},"
                + "{\"transactionId\":\"UKK3PV6WY1\",\"amount\":\"-1\"},"
                + "{\"transactionId\":\"UKK3PV6WY1\",\"amount\":\"1\",\"transactiontype\":\"c2b-pay-bill-reversal\"}]]}"));

        assertThat(answer.rows()).hasSize(5);
        assertThat(pull.payments(answer)).isEmpty();
    }

    @Property(tries = 300)
    void nothingBreaksTheReader(@ForAll String text, @ForAll byte[] bytes) {
        JsonObject garbage = Json.readObject(bytes);
        for (JsonObject answer : new JsonObject[] { garbage == null ? json("{}") : garbage,
            Json.toObject(Map.of("ResponseCode", "1000", "Response", text)) }) {
            pull.payments(pull.answer(null, answer));
            register.answer(null, answer);
        }
        for (String name : List.of("transactionId", "trxDate", "msisdn", "billreference", "amount", "transactiontype")) {
            Map<String, Object> row = new HashMap<>(Map.of("transactionId", "UKK3PV6WY1", "amount", "350.00"));
            row.put(name, text);
            pull.payments(pull.answer(null, Json.toObject(Map.of("ResponseCode", "1000", "Response", List.of(List.of(row))))));
        }
    }
}
