package io.github.cameldaraja.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.gateway.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A node that said nothing for so long that it was taken for dead, and whose route still runs. */
class SilentNodeTest {

    private static final Outcome PAID = Outcome.builder().reference("a").operation("stkPush").status(PaymentStatus.COMPLETED).build();

    private final SettableClock clock = new SettableClock();
    private final MemoryOutbox outbox = new MemoryOutbox();
    private final Deliveries silent = node("silent");
    private final Deliveries other = node("other");
    private final List<CompletableFuture<Taker.Taken>> runs = new ArrayList<>();
    private final TestSubscriber slow = new TestSubscriber("group", outcome -> Taker.Taken.WELL) {
        @Override
        public CompletableFuture<Taken> take(Delivery delivery) {
            CompletableFuture<Taken> run = new CompletableFuture<>();
            runs.add(run);
            return run;
        }
    };
    private final TestSubscriber failing = new TestSubscriber("group", outcome -> Taker.Taken.NOT);

    private Deliveries node(String id) {
        Deliveries node = new Deliveries(clock, outbox, operation -> false, 10, Duration.ofSeconds(1));
        node.start(new Node("default", id));
        return node;
    }

    private void pass(Deliveries node, int seconds) {
        for (int i = 0; i < seconds; i++) {
            clock.advance(Duration.ofSeconds(1));
            node.tick();
        }
    }

    @Test
    void isNotGivenTheSameOutcomeOnceMoreBeforeItsRouteHasEnded() {
        silent.subscribe(slow);
        Delivery delivery = new Delivery("a", 1, null, "default", PAID, 1, DeliveryState.HELD, "silent", clock.instant(), clock.instant());
        outbox.add(delivery);
        silent.bring(delivery);
        assertThat(runs).hasSize(1);

        // the other one takes it over, and its route fails
        clock.advance(Deliveries.LEASE.plusSeconds(1));
        other.subscribe(failing);
        other.tick();
        other.unsubscribe(failing);
        pass(silent, 30);
        assertThat(outbox.heldBy(silent.node()).join()).as("it has it back").hasSize(1);
        assertThat(runs).as("its first run goes on").hasSize(1);

        // its mark is that of who has lost it
        runs.get(0).complete(Taker.Taken.WELL);
        pass(silent, 30);
        assertThat(runs).hasSize(2);
        pass(silent, 30);
        assertThat(runs).hasSize(2);

        runs.get(1).complete(Taker.Taken.WELL);
        pass(silent, 30);
        assertThat(runs).hasSize(2);
        assertThat(outbox.heldBy(silent.node()).join()).isEmpty();
        assertThat(outbox.references()).as("what was told is kept no longer").isEmpty();
    }
}
