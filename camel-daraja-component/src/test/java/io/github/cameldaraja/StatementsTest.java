package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.api.PullTransactions;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How far a statement has been read. */
class StatementsTest {

    @RegisterExtension
    static final DarajaSimulatorExtension SAFARICOM = new DarajaSimulatorExtension();

    private final DarajaSimulator safaricom = SAFARICOM.simulator();

    @Test
    void aClockThatWasSetBackReadsNothingAndLosesNothing() {
        try (Shop shop = Shop.at(safaricom).open()) {
            Account account = shop.component().services().accounts().get("default");
            String cursor = "pullTransactions/default/" + account.shortCode();
            Instant ahead = safaricom.clock().instant().plus(Duration.ofHours(1));
            shop.repository().moveCursor(cursor, ahead.toString()).join();

            int counted = shop.component().services().statements()
                    .read(new PullTransactions(), account, Duration.ofMinutes(5), Duration.ofMinutes(1)).join();

            assertThat(counted).isZero();
            assertThat(shop.repository().cursor(cursor).join()).isEqualTo(ahead.toString());
        }
    }
}
