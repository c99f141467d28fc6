package io.github.cameldaraja.examples.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which time a day is, and what is asked for it. */
class PeriodTest {

    private static final Instant NOW = at("2026-11-21T03:30:00+03:00");
    private static final Duration LAG = Duration.ofMinutes(10);

    private static Instant at(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    @Test
    void aDayIsNairobis() {
        Period day = Period.of("yesterday", NOW, LAG);

        assertThat(day).isEqualTo(Period.of("2026-11-20", NOW, LAG));
        assertThat(day.from()).isEqualTo(at("2026-11-20T00:00:00+03:00"));
        assertThat(day.until()).isEqualTo(at("2026-11-21T00:00:00+03:00"));
        assertThat(day.isWhole()).isTrue();
        assertThat(day.contains(day.from())).isTrue();
        assertThat(day.contains(day.until())).isFalse();
        assertThat(day.hours()).hasSize(30);
        assertThat(day.hours().get(0).from()).isEqualTo(at("2026-11-19T21:00:00+03:00"));
    }

    @Test
    void todayEndsWhereItIsKnown() {
        Period day = Period.of("today", NOW, LAG);

        assertThat(day.until()).isEqualTo(at("2026-11-21T03:20:00+03:00"));
        assertThat(day.isWhole()).isFalse();
        assertThat(day.hours()).last().satisfies(hour -> assertThat(hour.from()).isEqualTo(at("2026-11-21T03:00:00+03:00")));
    }

    @Test
    void nothingIsAskedForThatPullCannotTell() {
        Period day = Period.of("2026-11-20", at("2026-11-21T23:30:00+03:00"), LAG);

        assertThat(day.hours().get(0).from()).isEqualTo(day.from());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-11-19 | day: 2026-11-19 must not have begun more than 48 hours ago
            2026-11-22 | day: 2026-11-22 must have begun more than 10 minutes ago
            last week  | day: 'last week' must be a date; write it as 2026-11-20
            """)
    void otherDaysAreRefused(String day, String why) {
        assertThatThrownBy(() -> Period.of(day, NOW, LAG)).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith(why);
    }
}
