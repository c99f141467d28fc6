package io.github.cameldaraja.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.transaction.Taker.Taken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What cannot be delivered is kept within bounds. */
class KeptOutcomesTest {

    private static final int MORE_THAN_KEPT = 10_050;

    private final MemoryOutbox outbox = new MemoryOutbox();
    private final Deliveries deliveries = new Deliveries(Clock.systemUTC(), outbox, operation -> false, 1, Duration.ofSeconds(1));

    @BeforeEach
    void start() {
        deliveries.start(new Node("default", "node"));
    }

    private void bring(int number) {
        Outcome paid = Outcome.builder().reference("payment " + number).operation("stkPush").status(PaymentStatus.COMPLETED).build();
        Delivery delivery = new Delivery(paid.reference(), 1, null, "default", paid, 1, DeliveryState.HELD, "node", Instant.now(),
                Instant.now());
        outbox.add(delivery);
        deliveries.bring(delivery).join();
    }

    @Test
    void aRouteThatFailsForDaysDoesNotFillTheMemory() {
        deliveries.subscribe(new TestSubscriber("group", outcome -> Taken.NOT));
        for (int i = 0; i < MORE_THAN_KEPT; i++) {
            bring(i);
        }
        assertThat(deliveries.count().join().parked()).isEqualTo(10_000);
    }

    @Test
    void theNewestAreKeptForAConsumerThatComesLater() {
        for (int i = 0; i < MORE_THAN_KEPT; i++) {
            bring(i);
        }
        assertThat(deliveries.count().join().open()).isEqualTo(10_000);
    }
}
