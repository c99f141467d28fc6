package io.github.cameldaraja.examples.marketplace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program is killed between any two movements of money, or during one, started again, and in the end every shilling is where it
 * belongs. {@code -Dseed=…} repeats what was chosen, though not what the machine made of it.
 */
class KillTest {

    @TempDir
    Path data;

    @Test
    void aKillLosesNothingAndRepeatsNothing() {
        survives(2, 18);
    }

    @Test
    @Tag("long")
    void manyKillsLoseNothingAndRepeatNothing() {
        survives(Integer.getInteger("kills", 20), Integer.getInteger("orders", 300));
    }

    private void survives(int kills, int orders) {
        try (KilledMarket market = new KilledMarket(data, Long.getLong("seed", System.nanoTime()))) {
            KilledMarket.Result result = market.survives(kills, orders);
            System.out.println(result);

            assertThat(result.kills()).isEqualTo(kills);
            assertThat(result.figures().orders()).isEqualTo(orders);
            assertThat(result.figures().states().keySet()).as("%s", result).allMatch(OrderState::isFinal);
            assertThat(result.parked()).as("%s", result).isZero();
            // one prompt for each order, and one request for each attempt at a payment
            assertThat(result.pushes()).as("%s", result).isPositive().isLessThanOrEqualTo(orders);
            assertThat(result.accepted()).as("%s", result).isLessThanOrEqualTo(result.attempts());
        }
    }
}
