package io.github.cameldaraja.examples.payroll;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program is killed at any line, started again, and in the end everybody is paid once. {@code -Dseed=…} repeats what was
 * chosen, though not what the machine made of it.
 */
class KillTest {

    @TempDir
    Path folder;

    @Test
    void aKillLeavesNobodyUnpaidAndPaysNobodyTwice() {
        survives(2, 250);
    }

    @Test
    @Tag("long")
    void manyKillsLeaveNobodyUnpaidAndPayNobodyTwice() {
        survives(Integer.getInteger("kills", 20), Integer.getInteger("lines", 10_000));
    }

    private void survives(int kills, int lines) {
        try (KilledPayroll payroll = new KilledPayroll(folder, Long.getLong("seed", System.nanoTime()))) {
            KilledPayroll.Result result = payroll.survives(kills, lines);
            System.out.println(result);

            assertThat(result.kills()).isEqualTo(kills);
            assertThat(result.booked()).as("%s", result).isEqualTo(result.asked());
            assertThat(result.told()).as("%s", result).containsExactlyElementsOf(result.receipts());
            assertThat(result.sums()).as("%s", result).containsEntry("# PAID", lines + "," + result.shillings())
                    .containsEntry("# FAILED", "0,0").containsEntry("# UNKNOWN", "0,0")
                    .containsEntry("# TOTAL", lines + "," + result.shillings()).doesNotContainKeys("# UNSENT", "# PENDING");
            assertThat(result.left()).as("%s", result).isZero();
            assertThat(result.waited()).as("waited for money").isTrue();
            assertThat(result.parked()).as("%s", result).isZero();
        }
    }
}
