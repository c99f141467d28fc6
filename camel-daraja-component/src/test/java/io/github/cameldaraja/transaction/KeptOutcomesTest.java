package io.github.cameldaraja.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What cannot be delivered is kept within bounds. */
class KeptOutcomesTest {

    private static final int MORE_THAN_KEPT = 10_050;

    private final Delivery delivery =
            new Delivery(Clock.systemUTC(), new Deadlines(Clock.systemUTC(), Runnable::run), 1, Duration.ofSeconds(1));

    private static Outcome paid(int number) {
        return Outcome.builder().reference("payment " + number).operation("stkPush").status(PaymentStatus.COMPLETED).build();
    }

    @Test
    void aRouteThatFailsForDaysDoesNotFillTheMemory() {
        delivery.subscribe("group", new Taker() {
            @Override
            public boolean wants(Outcome outcome) {
                return true;
            }

            @Override
            public CompletableFuture<Boolean> take(Outcome outcome, int attempt) {
                return CompletableFuture.completedFuture(false);
            }
        });
        for (int i = 0; i < MORE_THAN_KEPT; i++) {
            delivery.deliver(paid(i)).join();
        }
        assertThat(delivery.parkedCount()).isEqualTo(10_000);
    }

    @Test
    void theNewestAreKeptForAConsumerThatComesLater() {
        for (int i = 0; i < MORE_THAN_KEPT; i++) {
            delivery.deliver(paid(i)).join();
        }
        assertThat(delivery.untakenCount()).isEqualTo(10_000);
    }
}
