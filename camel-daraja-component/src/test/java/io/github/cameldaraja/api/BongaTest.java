package io.github.cameldaraja.api;

import static io.github.cameldaraja.api.OwnSamples.json;
import static io.github.cameldaraja.api.OwnSamples.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Points for money. */
class BongaTest {

    private static final Bonga.Request REDEEM = Bonga.Request.redeem("0719000456", 70, 350, new BigDecimal("0.2"), "TANK-14");

    private final Bonga api = new Bonga();

    private Fields fields(Bonga.Request request) {
        return Fields.check(api, Json.toMap(request));
    }

    @Test
    void theRequestsAreTheSamples() {
        assertThat(OwnSamples.wire(api, Bonga.Request.calculate(350))).isEqualTo(read("bonga/request-calculate").toMap());
        assertThat(OwnSamples.wire(api, REDEEM)).isEqualTo(read("bonga/request-redeem").toMap());
        assertThat(api.path(fields(Bonga.Request.calculate(1)))).endsWith("/calculate-points");
        assertThat(api.path(fields(REDEEM))).endsWith("/redeem-paybill");
    }

    @Test
    void aPaymentIsNeverAskedForTwice() {
        assertThat(api.isRepeatable(fields(REDEEM))).isFalse();
        assertThat(api.isRepeatable(fields(Bonga.Request.calculate(350)))).isTrue();
    }

    @Test
    void eachCommandTakesItsFieldsOnly() {
        assertThatThrownBy(() -> Fields.check(api, Map.of("command", "redeem", "points", 1))).hasMessageContaining("msisdn")
                .hasMessageContaining("redeem needs it");
        assertThatThrownBy(() -> Fields.check(api, Map.of("command", "calculate", "points", 1, "amount", 1)))
                .hasMessageContaining("amount").hasMessageContaining("not for calculate");
        assertThatThrownBy(() -> Fields.check(api, Map.of("points", 1))).hasMessageContaining("command");
        assertThatThrownBy(() -> Fields.check(api, Map.of("command", "steal", "points", 1))).hasMessageContaining("command");
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "0.0", "1e3", "a", "'1,5'"})
    void otherRatesAreRefused(String rate) {
        assertThatThrownBy(() -> Fields.check(api, Map.of("command", "redeem", "points", 1, "phoneNumber", "0719000456",
                "amount", 1, "accountReference", "x", "conversionRate", rate))).isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("conversionRate");
    }

    @Test
    void answers() {
        JsonObject worth = read("bonga/response-calculate");
        assertThat(api.success().refusal(worth, true)).isEmpty();
        Bonga.Answer answer = api.answer(null, worth);
        assertThat(answer.amount()).isEqualByComparingTo("70");
        assertThat(answer.points()).isEqualByComparingTo("350");
        assertThat(answer.conversionRate()).isEqualByComparingTo("0.2");

        JsonObject asked = read("bonga/response-redeem");
        assertThat(api.success().refusal(asked, true)).isEmpty();
        assertThat(api.answer(null, asked).amount()).isNull();
        assertThat(api.answer(null, asked).details()).isEqualTo(asked.toMap());
    }

    @ParameterizedTest
    @CsvSource({"200,", "6000,", "6001, REQUEST", "6004, UNKNOWN", "6005, AUTHENTICATION", "6006, REQUEST", "6007, UNKNOWN",
            "6008, UNKNOWN", "6009, UNKNOWN", "6011, UNKNOWN", "1031, REQUEST", "1037, REQUEST", "2001, REQUEST", "17, UNKNOWN",
            "400, REQUEST", "500, UNKNOWN", "7777, REQUEST"})
    void codes(String code, ErrorKind kind) {
        assertThat(api.success().refusal(json("{'header':{'responseCode':" + code + "},'body':null}"), true)
                .map(SuccessRule.Refusal::kind).orElse(null)).isEqualTo(kind);
    }

    @Test
    void anAnswerWithoutACodeLeavesDoubt() {
        assertThat(api.success().refusal(json("{'body':{}}"), true).orElseThrow().kind()).isEqualTo(ErrorKind.UNKNOWN);
    }

    @Test
    void textsMaskThePhone() {
        assertThat(REDEEM.toString()).doesNotContain("0719000456").contains("redeem");
    }
}
