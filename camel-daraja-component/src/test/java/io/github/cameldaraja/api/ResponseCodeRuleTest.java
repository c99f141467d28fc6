package io.github.cameldaraja.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseCodeRuleTest {

    @ParameterizedTest
    @CsvSource({"0, ", "00, ", "17, UNKNOWN", "26, THROTTLED", "100000000, UNKNOWN", "100000001, THROTTLED",
            "100000002, THROTTLED", "100000011, THROTTLED", "100000004, UNKNOWN", "100000007, UNKNOWN", "100000009, UNKNOWN",
            "100000100, UNKNOWN", "100000005, REQUEST", "100000010, REQUEST", "1, REQUEST", "AG_1, REQUEST"})
    void byCode(String code, ErrorKind kind) {
        for (String value : new String[] {'"' + code + '"', code.matches("0|[1-9][0-9]*") ? code : '"' + code + '"'}) {
            var refusal = SuccessRule.RESPONSE_CODE.refusal(
                    json("{\"ResponseCode\":" + value + ",\"ResponseDescription\":\"text\",\"ConversationID\":\"AG_2\"}"), true);
            assertThat(refusal.map(SuccessRule.Refusal::kind).orElse(null)).isEqualTo(kind);
            refusal.ifPresent(found -> {
                assertThat(found.code()).isEqualTo(code);
                assertThat(found.text()).isEqualTo("text");
            });
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"CheckoutRequestID\":\"ws_CO_1\"}                                | true  |",
        "{\"ConversationID\":\"AG_1\",\"ResponseDescription\":\"success\"}  | true  |",
        "{\"ResponseDescription\":\"success\"}                              | true  | UNKNOWN",
        "{\"ResponseCode\":null,\"ConversationID\":\"\"}                    | true  | UNKNOWN",
        "{\"ResponseDescription\":\"success\"}                              | false |"})
    void withoutCode(String answer, boolean movesMoney, ErrorKind kind) {
        assertThat(SuccessRule.RESPONSE_CODE.refusal(json(answer), movesMoney).map(SuccessRule.Refusal::kind).orElse(null))
                .isEqualTo(kind);
    }

    private static JsonObject json(String text) {
        return Json.readObject(text.getBytes(StandardCharsets.UTF_8));
    }
}
