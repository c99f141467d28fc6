package io.github.cameldaraja.examples.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The program is killed at any line, started again, and in the end every shilling is where it belongs. */
class KillTest {

    @TempDir
    Path data;

    @ParameterizedTest
    @EnumSource
    void aKillLosesNothingAndRepeatsNothing(WalletApp.Dsl dsl) {
        survives(dsl, 2, 40);
    }

    @Test
    @Tag("long")
    void manyKillsLoseNothingAndRepeatNothing() {
        survives(WalletApp.Dsl.JAVA, Integer.getInteger("kills", 30), Integer.getInteger("payments", 1200));
    }

    private void survives(WalletApp.Dsl dsl, int kills, int payments) {
        long seed = Long.getLong("seed", System.nanoTime());
        try (KilledWallet wallet = new KilledWallet(dsl, data, seed)) {
            KilledWallet.Result result = wallet.survives(kills, payments);
            System.out.println(result);

            assertThat(result.credited()).as("%s", result).containsExactlyElementsOf(result.booked());
            assertThat(result.balances()).as("%s", result).isEqualByComparingTo(result.total());
            assertThat(result.pushes()).as("%s", result).isPositive().isLessThanOrEqualTo(result.orders());
            assertThat(result.open()).as("deliveries that nobody took, %s", result).isZero();
            assertThat(result.kills()).isEqualTo(kills);
        }
    }
}
