package io.github.cameldaraja.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of time that Daraja writes. */
class NairobiTimeTest {

    @ParameterizedTest
    @CsvSource({ "20261121091405,2026-11-21T09:14:05+03:00", "21.11.2026 09:14:05,2026-11-21T09:14:05+03:00",
        "2026-11-21 09:14:05,2026-11-21T09:14:05+03:00", "2026-11-21 09:14,2026-11-21T09:14:00+03:00",
        "2026-11-21 09:14:05.25,2026-11-21T09:14:05.25+03:00", "21-11-2026 09:14:05,2026-11-21T09:14:05+03:00",
        "21-11-2026 09:14,2026-11-21T09:14:00+03:00", "2026-11-21T09:14:05Z,2026-11-21T12:14:05+03:00",
        "2026-11-21T09:14:05+03:00,2026-11-21T09:14:05+03:00",
        "2026-11-21T09:14:05.123456789,2026-11-21T09:14:05.123456789+03:00",
        "' 20261121091405 ',2026-11-21T09:14:05+03:00", "01-01-1900 00:00,1900-01-01T00:00:00+03:00" })
    void moments(String text, String time) {
        OffsetDateTime read = NairobiTime.parse(text);

        assertThat(read).isEqualTo(OffsetDateTime.parse(time));
        assertThat(read.getOffset()).isEqualTo(ZoneOffset.ofHours(3));
        assertThat(NairobiTime.parseDate(text)).isEqualTo(read.toLocalDate());
    }

    @ParameterizedTest
    @ValueSource(strings = { "20261121", "2026-11-21", "21-11-2026", "21.11.2026" })
    void datesHaveNoTime(String text) {
        assertThat(NairobiTime.parseDate(text)).isEqualTo(LocalDate.of(2026, 11, 21));
        assertThat(NairobiTime.parse(text)).isNull();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", " ", "20261321091405", "20260230091405", "30.02.2026 10:00:00", "21.11.2026 25:00:00",
        "2026112109140", "202611210914055", "tomorrow", "November 2026" })
    void garbageIsNoTime(String text) {
        assertThat(NairobiTime.parse(text)).isNull();
        assertThat(NairobiTime.parseDate(text)).isNull();
    }

    @Property
    void whatIsWrittenIsRead(@ForAll @LongRange(min = 0, max = 4_000_000_000L) long seconds) {
        Instant instant = Instant.ofEpochSecond(seconds);

        assertThat(NairobiTime.parse(NairobiTime.timestamp(Clock.fixed(instant, ZoneOffset.UTC))).toInstant()).isEqualTo(instant);
    }

    @Property
    void noTextBreaksTheReader(@ForAll String text) {
        NairobiTime.parse(text);
        NairobiTime.parseDate(text);
    }
}
