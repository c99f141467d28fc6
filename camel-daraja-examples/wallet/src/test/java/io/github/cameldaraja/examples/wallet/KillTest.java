package io.github.cameldaraja.examples.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program is killed at any line, started again, and in the end every shilling is where it belongs. {@code -Dseed=…} repeats
 * what was chosen, though not what the machine made of it.
 */
class KillTest {

    @TempDir
    Path data;

    @Test
    void aKillLosesNothingAndRepeatsNothing() {
        survives(2, 40);
    }

    @Test
    @Tag("long")
    void manyKillsLoseNothingAndRepeatNothing() {
        survives(Integer.getInteger("kills", 20), Integer.getInteger("payments", 800));
    }

    private void survives(int kills, int payments) {
        try (KilledWallet wallet = new KilledWallet(data, Long.getLong("seed", System.nanoTime()))) {
            KilledWallet.Result result = wallet.survives(kills, payments);
            System.out.println(result);

            assertThat(result.credited()).as("%s", result).containsExactlyElementsOf(result.booked());
            assertThat(result.balances()).as("%s", result).isEqualByComparingTo(result.total());
            assertThat(result.pushes()).as("%s", result).isPositive().isLessThanOrEqualTo(result.orders());
            assertThat(result.parked()).as("%s", result).isZero();
            assertThat(result.kills()).isEqualTo(kills);
        }
    }
}
