package io.github.cameldaraja.examples.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which days payments pay for. */
class PaidDaysTest {

    @Test
    void nothingIsNoDay() {
        assertThat(PaidDays.of(List.of())).isNull();
    }

    @Test
    void aMonthEndsOnItsLastDay() {
        PaidDays days = paid("2026-11-21T23:59:59+03:00");

        assertThat(days.last()).isEqualTo("2026-12-21");
        assertThat(days.include(LocalDate.parse("2026-12-21"))).isTrue();
        assertThat(days.include(LocalDate.parse("2026-12-22"))).isFalse();
    }

    @Test
    void theDayIsNairobis() {
        assertThat(paid("2026-11-20T21:00:00Z").last()).isEqualTo("2026-12-21");
    }

    @Test
    void monthsFollowEachOtherWhileThePlanRuns() {
        assertThat(paid("2026-11-21T10:00:00+03:00", "2026-12-21T06:00:00+03:00").last()).isEqualTo("2027-01-21");
        assertThat(paid("2026-11-21T10:00:00+03:00", "2026-11-22T10:00:00+03:00").last()).isEqualTo("2027-01-21");
    }

    @Test
    void afterAGapTheyBeginAnew() {
        assertThat(paid("2026-11-21T10:00:00+03:00", "2026-12-22T06:00:00+03:00").last()).isEqualTo("2027-01-22");
    }

    @Test
    void theThirtyFirstComesBack() {
        PaidDays february = paid("2027-01-31T10:00:00+03:00");
        PaidDays march = paid("2027-01-31T10:00:00+03:00", "2027-02-28T06:00:00+03:00");

        assertThat(february.last()).isEqualTo("2027-02-28");
        assertThat(march.last()).isEqualTo("2027-03-31");
    }

    private static PaidDays paid(String... moments) {
        return PaidDays.of(Stream.of(moments).map(OffsetDateTime::parse).toList());
    }
}
