package io.github.cameldaraja.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AskScheduleTest {

    private final AskSchedule schedule =
            new AskSchedule(Duration.ofSeconds(20), Duration.ofSeconds(15), 20, Duration.ofSeconds(30));

    @Test
    void oftenWhileTheCustomerMayHoldThePhoneThenRarelyThenNoMore() {
        Duration at = schedule.first();
        int soon = 0;
        int asked = 1;
        for (Duration pause = schedule.pauseAfter(asked); pause != null; pause = schedule.pauseAfter(++asked)) {
            at = at.plus(pause);
            soon += at.compareTo(Duration.ofMinutes(2)) <= 0 ? 1 : 0;
            assertThat(pause).isBetween(Duration.ofSeconds(15), Duration.ofHours(1));
        }
        assertThat(asked).isEqualTo(20);
        assertThat(soon).isBetween(4, 7);
        assertThat(at).isBetween(Duration.ofHours(4), Duration.ofHours(12));
    }
}
