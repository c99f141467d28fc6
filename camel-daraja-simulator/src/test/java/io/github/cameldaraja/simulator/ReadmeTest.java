package io.github.cameldaraja.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.cameldaraja.simulator.stk.TestNumbers;

class ReadmeTest {

    private final String readme = read();

    @Test
    void listsEveryTestNumber() {
        List<String> rows = new TestNumbers().all().entrySet().stream()
                .map(entry -> "| `" + entry.getKey() + "` | " + entry.getValue().meaning() + " |").toList();
        assertThat(readme).contains(String.join("\n", rows));
    }

    @Test
    void knowsTheKeys() {
        Credentials c = Credentials.defaults();
        assertThat(readme).contains(c.consumerKey() + ":" + c.consumerSecret(), c.passkey(), c.shortCode(),
                c.tillNumber(), c.storeNumber(), SimulatorSettings.defaults().payoutShortCode());
    }

    @Test
    void namesEveryFault() {
        for (QueryFault fault : QueryFault.values()) {
            assertThat(readme).contains("`" + fault + "`");
        }
        for (TokenFault fault : TokenFault.values()) {
            assertThat(readme).contains("`" + fault + "`");
        }
    }

    private static String read() {
        try {
            return Files.readString(Path.of("README.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
