package io.github.cameldaraja.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who comes in the very moment in which another goes is told all the same. */
class DeliveryRaceTest {

    private static final int ROUNDS = 100_000;

    private static final Outcome PAID = Outcome.builder().reference("a").operation("stkPush").status(PaymentStatus.COMPLETED).build();

    private final MemoryOutbox outbox = new MemoryOutbox();
    private final Deliveries deliveries = new Deliveries(Clock.systemUTC(), outbox, operation -> false, 3, Duration.ofSeconds(1));
    private final ExecutorService other = Executors.newSingleThreadExecutor();

    private static final class Counting extends TestSubscriber {

        private final AtomicInteger taken;

        private Counting() {
            this(new AtomicInteger());
        }

        private Counting(AtomicInteger taken) {
            super("group", outcome -> {
                taken.incrementAndGet();
                return Taken.WELL;
            });
            this.taken = taken;
        }
    }

    @BeforeEach
    void start() {
        deliveries.start(new Node("default", "node"));
    }

    private void bring() {
        Delivery delivery = new Delivery("a", 1, null, "default", PAID, 1, DeliveryState.HELD, "node", Instant.now(), Instant.now());
        outbox.add(delivery);
        deliveries.bring(delivery).join();
    }

    @AfterEach
    void stop() {
        other.shutdownNow();
    }

    private void together(Runnable one, Runnable two) throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        Future<?> done = other.submit(() -> {
            both.await();
            one.run();
            return null;
        });
        both.await();
        two.run();
        done.get();
    }

    @Test
    void aConsumerThatComesWhenTheLastOneGoes() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            Counting going = new Counting();
            Counting coming = new Counting();
            deliveries.subscribe(going);
            together(() -> deliveries.unsubscribe(going), () -> deliveries.subscribe(coming));
            bring();
            assertThat(coming.taken).as("round " + i).hasValue(1);
            deliveries.unsubscribe(coming);
        }
    }

    @Test
    void anExchangeThatComesWhenTheLastOneGoes() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            Counting going = new Counting();
            Counting coming = new Counting();
            deliveries.await("a", going);
            together(() -> deliveries.leave("a", going), () -> deliveries.await("a", coming));
            bring();
            assertThat(coming.taken).as("round " + i).hasValue(1);
        }
    }
}
