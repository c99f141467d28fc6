package io.github.cameldaraja.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.github.cameldaraja.simulator.bonga.BongaFamily;
import io.github.cameldaraja.simulator.c2b.C2bFamily;
import io.github.cameldaraja.simulator.pull.PullFamily;
import io.github.cameldaraja.simulator.ratiba.RatibaFamily;

class CustomerPaymentsReadmeTest {

    @Test
    void namesEveryFaultOddityAndPath() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        assertThat(Stream.of(RequestFault.values())).allMatch(fault -> readme.contains("`" + fault + "`"));
        assertThat(Stream.of(PullOddity.values())).allMatch(oddity -> readme.contains("`" + oddity + "`"));
        assertThat(readme).contains(C2bFamily.REGISTER_PATH, C2bFamily.SIMULATE_PATH, PullFamily.REGISTER_PATH,
                PullFamily.QUERY_PATH, RatibaFamily.PATH, BongaFamily.CALCULATE_PATH, BongaFamily.REDEEM_PATH);
    }
}
