package io.github.cameldaraja.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldaraja.api.NairobiTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors of the sandbox's published short code and pass key. */
class StkPasswordTest {

    private static final String PASSKEY = "bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919";
    private static final String COMMON =
            "MTc0Mzc5YmZiMjc5ZjlhYTliZGJjZjE1OGU5N2RkNzFhNDY3Y2QyZTBjODkzMDU5YjEwZjc4ZTZiNzJhZGExZWQyYzkxOT";

    @ParameterizedTest
    @CsvSource({ "20210628092408,IwMjEwNjI4MDkyNDA4", "20250101000000,IwMjUwMTAxMDAwMDAw", "20260131235959,IwMjYwMTMxMjM1OTU5",
        "20160216165627,IwMTYwMjE2MTY1NjI3" })
    void vectors(String timestamp, String end) {
        assertThat(StkPassword.of("174379", PASSKEY, timestamp)).isEqualTo(COMMON + end);
    }

    @Test
    void theTimestampIsNairobis() {
        Clock lastSecondOfTheYearInUtc = Clock.fixed(Instant.parse("2026-12-31T23:59:59Z"), ZoneOffset.UTC);

        assertThat(NairobiTime.timestamp(lastSecondOfTheYearInUtc)).isEqualTo("20270101025959");
    }
}
