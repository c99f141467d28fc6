package io.github.cameldaraja.api;

import static io.github.cameldaraja.api.OwnSamples.json;
import static io.github.cameldaraja.api.OwnSamples.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.OffsetDateTime;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The APIs that only look something up. */
class LookUpsTest {

    private final Imsi imsi = new Imsi();
    private final SimSwap swap = new SimSwap();
    private final OrganizationInfo organization = new OrganizationInfo();
    private final CustomerName customer = new CustomerName();

    private static Fields asked(RequestApi api) {
        return Fields.check(api, Map.of("phoneNumber", "0719000456"));
    }

    @Test
    void theRequestsAreTheSamples() {
        assertThat(OwnSamples.wire(imsi, new Imsi.Request("0719 000 456"))).isEqualTo(read("imsi/request").toMap());
        assertThat(OwnSamples.wire(swap, new SimSwap.Request("+254719000456"))).isEqualTo(read("imsi/request").toMap());
        assertThat(OwnSamples.wire(organization, new OrganizationInfo.Request("574300", "paybill")))
                .isEqualTo(read("organizationInfo/request").toMap());
        assertThat(OwnSamples.wire(organization, Map.of("Identifier", "300411", "identifierType", "till"), Map.of()))
                .containsEntry("IdentifierType", "2");
    }

    @Test
    void theNameIsAskedForWithAHeader() {
        Map<String, Object> sample = read("customerName/request").toMap();

        JsonObject wire = Json.toObject(OwnSamples.wire(customer, new CustomerName.Request("0719000456")));

        assertThat(wire.toMap()).containsOnlyKeys(sample.keySet());
        assertThat(wire.toMap().get("body")).isEqualTo(sample.get("body"));
        assertThat(wire.textAt("header.requestID")).hasSize(36);
        assertThat(wire.textAt("header.timestamp"))
                .isEqualTo(Long.toString(OffsetDateTime.parse("2026-11-21T09:30:00+03:00").toEpochSecond()));
    }

    @Test
    void imsi() {
        JsonObject answer = read("imsi/response");

        assertThat(imsi.success().refusal(answer, false)).isEmpty();
        Imsi.Answer read = imsi.answer(asked(imsi), answer);
        assertThat(read.code()).isEqualTo("200");
        assertThat(read.lastSwap()).isEqualTo(OffsetDateTime.parse("2026-08-17T00:00:00+03:00"));
        assertThat(read.noRecentSwap()).isFalse();
        assertThat(read.registered()).isEqualTo(OffsetDateTime.parse("2019-02-03T00:00:00+03:00"));
        assertThat(read.toString()).doesNotContain("254719000456", read.imsi());
        assertThat(read.details()).isEqualTo(answer.toMap());
    }

    @Test
    void registrationMayBeAText() {
        Imsi.Answer read = imsi.answer(asked(imsi),
                json("{'responseCode':200,'msisdnRegistrationDate':'more than one year','lastSwapDate':null}"));

        assertThat(read.registered()).isNull();
        assertThat(read.details()).containsEntry("msisdnRegistrationDate", "more than one year");
    }

    @Test
    void simSwaps() {
        SimSwap.Answer swapped = swap.answer(asked(swap), read("simSwap/response"));
        assertThat(swapped.lastSwap()).isEqualTo(OffsetDateTime.parse("2026-11-19T14:05:00+03:00"));
        assertThat(swapped.noRecentSwap()).isFalse();

        SimSwap.Answer none = swap.answer(asked(swap), read("simSwap/response-none"));
        assertThat(none.lastSwap()).isNull();
        assertThat(none.noRecentSwap()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'lastSwapDate':null}", "{'lastSwapDate':''}", "{'lastSwapDate':'1900-01-01'}",
        "{'lastSwapDate':'31-02-2026'}", "{'lastSwapDate':'soon'}", "{'lastSwapDate':{}}", "{'lastSwapDate':19000101}"})
    void whatCannotBeReadIsNoReasonToTrust(String answer) {
        SimSwap.Answer read = swap.answer(asked(swap), json(answer));

        assertThat(read.noRecentSwap()).isFalse();
        assertThat(read.lastSwap()).isNull();
    }

    @Property(tries = 300)
    void noDateBreaksTheReader(@ForAll String text) {
        assertThat(SwapDate.of(text).noneRecently()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{'responseCode':'200'} | ",
        "{'responseCode':200,'responseDesc':'Success'} | ",
        "{'responseCode':'400','responseDesc':'bad'} | REQUEST",
        "{'responseCode':'500'} | UNKNOWN",
        "{'responseDesc':'Success'} | UNKNOWN",
        "{} | UNKNOWN"})
    void successOfTheSimLookUps(String answer, ErrorKind kind) {
        assertThat(kind(imsi, answer.replace("''", "'"))).isEqualTo(kind);
        assertThat(kind(swap, answer.replace("''", "'"))).isEqualTo(kind);
    }

    private static ErrorKind kind(RequestApi api, String answer) {
        return api.success().refusal(json(answer), false).map(SuccessRule.Refusal::kind).orElse(null);
    }

    @Test
    void organizations() {
        JsonObject answer = read("organizationInfo/response");

        assertThat(organization.success().refusal(answer, false)).isEmpty();
        OrganizationInfo.Answer read = organization.answer(null, answer);
        assertThat(read.name()).isEqualTo("Kilimo Wholesale");
        assertThat(read.shortCode()).isEqualTo("574300");
        assertThat(read.code()).isEqualTo("4000");

        SuccessRule.Refusal refusal =
                organization.success().refusal(read("organizationInfo/response-unknown"), false).orElseThrow();
        assertThat(refusal.kind()).isEqualTo(ErrorKind.REQUEST);
        assertThat(refusal.text()).isEqualTo("No such organization");
        assertThat(kind(organization, "{'ResponseMessage':'Success'}")).isEqualTo(ErrorKind.REQUEST);
        assertThat(kind(organization, "{'OrganizationName':'x'}")).isEqualTo(ErrorKind.UNKNOWN);
        assertThatThrownBy(() -> Fields.check(organization, Map.of("receiver", "574300", "receiverType", "1")))
                .isInstanceOf(InvalidFieldException.class);
    }

    @Test
    void customers() {
        JsonObject answer = read("customerName/response");

        assertThat(customer.success().refusal(answer, false)).isEmpty();
        CustomerName.Answer read = customer.answer(asked(customer), answer);
        assertThat(read.firstName()).isEqualTo("Wanjiku");
        assertThat(read.lastName()).isEqualTo("K******");
        assertThat(read.toString()).doesNotContain("Wanjiku");

        SuccessRule.Refusal refusal = customer.success().refusal(read("customerName/response-unknown"), false).orElseThrow();
        assertThat(refusal.code()).isEqualTo("400");
        assertThat(refusal.text()).isEqualTo("The customer does not exist.");
    }

    @Test
    void askingAgainNeverHarms() {
        assertThat(imsi.isRepeatable(asked(imsi)) && swap.isRepeatable(asked(swap)) && customer.isRepeatable(asked(customer)))
                .isTrue();
    }

    @Property(tries = 200)
    void noBytesBreakTheReaders(@ForAll byte[] bytes) {
        JsonObject object = Json.readObject(bytes);
        if (object != null) {
            for (RequestApi api : new RequestApi[] {imsi, swap, organization, customer}) {
                assertThat(api.success().refusal(object, false)).isPresent();
            }
        }
    }
}
