package io.github.cameldaraja.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who comes in the very moment in which another goes is told all the same. */
class DeliveryRaceTest {

    private static final int ROUNDS = 100_000;

    private static final Outcome PAID = Outcome.builder().reference("a").operation("stkPush").status(PaymentStatus.COMPLETED).build();

    private final Deadlines deadlines = new Deadlines(Clock.systemUTC(), Runnable::run);
    private final Delivery delivery = new Delivery(Clock.systemUTC(), deadlines, 3, Duration.ofSeconds(1));
    private final ExecutorService other = Executors.newSingleThreadExecutor();

    private static final class Counting implements Taker {

        private final AtomicInteger taken = new AtomicInteger();

        @Override
        public boolean wants(Outcome outcome) {
            return true;
        }

        @Override
        public CompletableFuture<Boolean> take(Outcome outcome, int attempt) {
            taken.incrementAndGet();
            return CompletableFuture.completedFuture(true);
        }
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
            delivery.subscribe("group", going);
            together(() -> delivery.unsubscribe("group", going), () -> delivery.subscribe("group", coming));
            delivery.deliver(PAID).join();
            assertThat(coming.taken).as("round " + i).hasValue(1);
            delivery.unsubscribe("group", coming);
        }
    }

    @Test
    void anExchangeThatComesWhenTheLastOneGoes() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            Counting going = new Counting();
            Counting coming = new Counting();
            delivery.await("a", going);
            together(() -> delivery.leave("a", going), () -> delivery.await("a", coming));
            delivery.deliver(PAID).join();
            assertThat(coming.taken).as("round " + i).hasValue(1);
        }
    }
}
