package io.github.cameldaraja.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;

class SimulatedClockTest extends SimulatorTest {

    @Test
    void followsRealTime() {
        assertThat(sim.clock().instant()).isCloseTo(Instant.now(), within(1, ChronoUnit.SECONDS));
        assertThat(sim.clock().getZone().getId()).isEqualTo("Africa/Nairobi");
        assertThat(sim.clock().withZone(ZoneOffset.UTC).getZone()).isEqualTo(ZoneOffset.UTC);
    }

    @Test
    void firesWhatBecameDueInOrder() {
        SimulatedClock clock = sim.clock();
        clock.freeze();
        Instant start = clock.instant();
        List<String> fired = new CopyOnWriteArrayList<>();
        clock.schedule(Duration.ofSeconds(20), () -> fired.add("late " + seconds(start)));
        clock.schedule(Duration.ofSeconds(10), () -> {
            fired.add("early " + seconds(start));
            clock.schedule(Duration.ofSeconds(5), () -> fired.add("between " + seconds(start)));
        });

        clock.advance(Duration.ofSeconds(9));
        assertThat(fired).isEmpty();
        clock.advance(Duration.ofSeconds(21));

        assertThat(fired).containsExactly("early 10", "between 15", "late 20");
        assertThat(seconds(start)).isEqualTo(30);
    }

    @Test
    void runsFast() {
        SimulatedClock clock = sim.clock();
        List<String> fired = new CopyOnWriteArrayList<>();
        clock.schedule(Duration.ofMinutes(10), () -> fired.add("done"));
        clock.speed(6000);
        await().until(() -> !fired.isEmpty());
        clock.resume();
    }

    @Test
    void standsStill() {
        sim.clock().freeze();
        Instant stopped = sim.clock().instant();
        assertThat(sim.clock().instant()).isEqualTo(stopped);
        sim.clock().advance(Duration.ofSeconds(5));
        assertThat(sim.clock().instant()).isEqualTo(stopped.plusSeconds(5));
        assertThatThrownBy(() -> sim.clock().advance(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sim.clock().speed(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void oneBadTimerDoesNotStopTheOthers() {
        List<String> fired = new CopyOnWriteArrayList<>();
        sim.clock().schedule(Duration.ofSeconds(1), () -> {
            throw new IllegalStateException("expected in this test");
        });
        sim.clock().schedule(Duration.ofSeconds(2), () -> fired.add("second"));
        sim.clock().advance(Duration.ofSeconds(3));
        assertThat(fired).containsExactly("second");
    }

    private long seconds(Instant start) {
        return Duration.between(start, sim.clock().instant()).toSeconds();
    }
}
