package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.api.Field;
import io.github.cameldaraja.api.Fields;
import io.github.cameldaraja.api.JsonObject;
import io.github.cameldaraja.api.Need;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.Owned;
import io.github.cameldaraja.api.PullTransactions;
import io.github.cameldaraja.api.StatementApi;
import io.github.cameldaraja.api.SuccessRule;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
                    .read(new PullTransactions(), account, Duration.ofMinutes(5), Duration.ofMinutes(1), Duration.ofMinutes(5)).join();

            assertThat(counted).isZero();
            assertThat(shop.repository().cursor(cursor).join()).isEqualTo(ahead.toString());
        }
    }

    /** A server that does not look at the offset, which nobody has seen Safaricom's do. */
    private static final class Repeating implements StatementApi<PullTransactions.Answer> {
        private final PullTransactions pull = new PullTransactions();
        private int pages;

        @Override
        public Map<String, String> page(OffsetDateTime from, OffsetDateTime until, int offset) {
            if (++pages > 3) {
                throw new IllegalStateException("it goes on and on");
            }
            return pull.page(from, until, 0);
        }

        @Override
        public int rows(PullTransactions.Answer answer) {
            return pull.rows(answer);
        }

        @Override
        public List<Outcome.Builder> payments(PullTransactions.Answer answer) {
            return pull.payments(answer);
        }

        @Override
        public Duration window() {
            return pull.window();
        }

        @Override
        public PullTransactions.Answer answer(Fields asked, JsonObject answer) {
            return pull.answer(asked, answer);
        }

        @Override
        public String name() {
            return pull.name();
        }

        @Override
        public String path(Fields fields) {
            return pull.path(fields);
        }

        @Override
        public List<Field> fields() {
            return pull.fields();
        }

        @Override
        public Set<String> owned() {
            return pull.owned();
        }

        @Override
        public Set<Need> needs() {
            return pull.needs();
        }

        @Override
        public SuccessRule success() {
            return pull.success();
        }

        @Override
        public JsonNode request(Fields fields, Owned owned) {
            return pull.request(fields, owned);
        }
    }

    @Test
    void aStatementThatRepeatsItselfComesToAnEnd() {
        try (Shop shop = Shop.at(safaricom).route("register", "daraja:pullRegister?phoneNumber=0722000000").open()) {
            assertThat(shop.send("direct:register", null).getException()).isNull();
            safaricom.c2b().pay(Shop.CUSTOMER, safaricom.credentials().shortCode(), "ACC 7", 100).join();
            safaricom.clock().advance(Duration.ofHours(1));
            Account account = shop.component().services().accounts().get("default");

            int counted = shop.component().services().statements()
                    .read(new Repeating(), account, Duration.ofMinutes(5), Duration.ofMinutes(1), Duration.ofMinutes(5)).join();

            assertThat(counted).isEqualTo(1);
        }
    }
}
