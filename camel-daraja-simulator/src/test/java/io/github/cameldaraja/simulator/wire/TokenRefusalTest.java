package io.github.cameldaraja.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenRefusalTest {

    private final Answers answers = new Answers(new Json(), new Ids(Clock.systemUTC()));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            STK          | 404 | "errorCode":"404.001.03","errorMessage":"Invalid Access Token"}
            RESULT       | 401 | "errorCode":"401.002.01","errorMessage":"Error Occurred - Invalid Access Token - abc"}
            C2B          | 401 | "errorCode":"401.003.01","errorMessage":"Error Occurred - Invalid Access Token - abc"}
            PULL         | 401 | "errorCode":"401.001","errorMessage":"Invalid Access Token"}
            BILL_MANAGER | 401 | {"errorCode":"401","errorMessage":"Unauthorized - Invalid Access Token"}
            """, quoteCharacter = '`')
    void speaksAsItsFamily(TokenRefusal refusal, int status, String end) {
        Answer answer = refusal.answer(answers, "abc");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).endsWith(end);
    }
}
