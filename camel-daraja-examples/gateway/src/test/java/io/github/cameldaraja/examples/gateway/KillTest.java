package io.github.cameldaraja.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program is killed at any line, started again, and in the end the shop has been told of every shilling, and nobody was paid
 * twice. {@code -Dseed=…} repeats what was chosen, though not what the machine made of it.
 */
class KillTest {

    @TempDir
    Path data;

    @Test
    @Tag("long")
    void killsLoseNothingAndPayNobodyTwice() throws Exception {
        try (KilledGateway gateway = new KilledGateway(data, Long.getLong("seed", System.nanoTime()))) {
            KilledGateway.Result result = gateway.survives(Integer.getInteger("kills", 3), Integer.getInteger("payments", 60));
            System.out.println(result);

            assertThat(result.told()).as("%s", result).isNotEmpty().containsExactlyElementsOf(result.booked());
            assertThat(result.paidOut()).as("%s", result).containsExactlyElementsOf(result.payouts());
            // no phone number of a customer: 2547, the till, and the customer
            assertThat(Files.readString(result.log())).doesNotContainPattern("2547[0-3]00[0-9]{5}");
        }
    }
}
