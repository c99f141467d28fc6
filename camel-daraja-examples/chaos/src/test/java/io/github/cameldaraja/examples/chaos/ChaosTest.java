package io.github.cameldaraja.examples.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldaraja.examples.chaos.audit.Fault;
import io.github.cameldaraja.examples.chaos.audit.Report;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short run, with everything that a long one has. */
@Tag("long")
@Tag("chaos")
class ChaosTest {

    private static final int PAYMENTS = 1_200;
    private static final int KILLS = 6;
    private static final int AT_ONCE = 48;
    private static final int SPEED = 4;

    @Test
    void nothingIsLostNothingCountsTwiceAndNothingIsForgotten(@TempDir Path directory) throws Exception {
        Report report = Chaos.run(new Settings(PAYMENTS, 1, KILLS, 1, 1, AT_ONCE, SPEED, ""), directory);

        assertThat(report.findings()).filteredOn(finding -> finding.fault() != Fault.EXCUSED).isEmpty();
        assertThat(report.isClean()).as("%s", report.leftovers()).isTrue();
        // excuses are rare, or the rest would prove little
        assertThat(report.count(Fault.EXCUSED)).isLessThan(PAYMENTS / 10);
    }
}
