package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldaraja.transaction.Deliveries;
import io.github.cameldaraja.transaction.MemoryTransactionRepository;
import io.github.cameldaraja.transaction.Node;
import io.github.cameldaraja.transaction.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node whose store is busy is not taken for dead. */
class SignOfLifeTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T09:00:00Z"));
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    private final List<Instant> signs = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"remember", "interests", "heldBy"})
    void itIsGivenWhileTheStoreTakesItsTimeForTheRest(String slow) {
        AtomicReference<String> hanging = new AtomicReference<>();
        Outbox outbox = Repositories.outbox(new MemoryTransactionRepository(clock, 10).outbox(), (call, arguments) -> {
            if (call.equals("alive")) {
                signs.add((Instant) arguments[1]);
            }
            return call.equals(hanging.get()) ? new CompletableFuture<>() : null;
        });
        Deliveries deliveries = new Deliveries(clock, outbox, operation -> false, 3, Duration.ofSeconds(1));
        deliveries.start(new Node("default", "node"));
        hanging.set(slow);
        for (int second = 1; second <= 60; second++) {
            now.updateAndGet(time -> time.plusSeconds(1));
            deliveries.tick();

            assertThat(signs.get(signs.size() - 1)).isAfterOrEqualTo(now.get().plusSeconds(20));
        }
    }
}
