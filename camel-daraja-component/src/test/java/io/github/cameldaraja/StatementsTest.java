package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.api.Alert;
import io.github.cameldaraja.api.AlertKind;
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
import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How far a statement has been read. */
class StatementsTest {

    @RegisterExtension
    static final DarajaSimulatorExtension SAFARICOM = new DarajaSimulatorExtension();

    private final DarajaSimulator safaricom = SAFARICOM.simulator();

    private final List<Alert> alerts = new CopyOnWriteArrayList<>();

    @Test
    void aClockThatWasSetBackReadsNothingAndLosesNothing() {
        try (Shop shop = Shop.at(safaricom).open()) {
            String cursor = cursor(shop);
            Instant ahead = safaricom.clock().instant().plus(Duration.ofHours(1));
            shop.repository().moveCursor(cursor, ahead.toString()).join();

            assertThat(read(shop, new PullTransactions())).isZero();

            assertThat(shop.repository().cursor(cursor).join()).isEqualTo(ahead.toString());
        }
    }

    /** A server that does not look at the offset, which nobody has seen Safaricom's do. */
    private static final class Repeating implements StatementApi<PullTransactions.Answer> {
        private final PullTransactions pull = new PullTransactions();
        private final int mostPages;
        private final int times;
        private int pages;

        /** @param times how many rows it claims to have for each */
        Repeating(int mostPages, int times) {
            this.mostPages = mostPages;
            this.times = times;
        }

        @Override
        public Map<String, String> page(OffsetDateTime from, OffsetDateTime until, int offset) {
            if (++pages > mostPages) {
                throw new IllegalStateException("it goes on and on");
            }
            return pull.page(from, until, 0);
        }

        @Override
        public int rows(PullTransactions.Answer answer) {
            return pull.rows(answer) * times;
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

    private Shop open() {
        Shop shop = Shop.at(safaricom).route("register", "daraja:pullRegister?phoneNumber=0722000000").routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("daraja:alerts").process(e -> alerts.add(e.getMessage().getBody(Alert.class)));
            }
        }).open();
        assertThat(shop.send("direct:register", null).getException()).isNull();
        return shop;
    }

    private static int read(Shop shop, StatementApi<?> api) {
        return shop.component().services().statements().read(api, account(shop), Duration.ofMinutes(5), Duration.ofMinutes(1),
                Duration.ofMinutes(5)).join();
    }

    private static Account account(Shop shop) {
        return shop.component().services().accounts().get("default");
    }

    private static String cursor(Shop shop) {
        return "pullTransactions/default/" + account(shop).shortCode();
    }

    // payments at even distances, the last one five minutes ago
    private void record(int number, Duration distance) {
        String payBill = safaricom.credentials().shortCode();
        Instant last = safaricom.clock().instant().minus(Duration.ofMinutes(5)).truncatedTo(ChronoUnit.MINUTES);
        for (int i = 0; i < number; i++) {
            safaricom.books().record(new LedgerEntry("UKL" + (1_000_000 + i), last.minus(distance.multipliedBy(i)), "2547130" + (10_000 + i),
                    payBill, payBill, BigDecimal.TEN, "inv", null, null));
        }
    }

    @Test
    void aStatementThatRepeatsItselfComesToAnEnd() {
        try (Shop shop = open()) {
            record(1, Duration.ZERO);

            assertThat(read(shop, new Repeating(3, 1))).isEqualTo(1);
            assertThat(alerts).isEmpty();
        }
    }

    @Test
    void whatARepeatedPageMayLeaveOutIsReadInShorterSlices() {
        try (Shop shop = open()) {
            record(250, Duration.ofSeconds(10));

            assertThat(read(shop, new Repeating(200, 1))).isEqualTo(250);
            assertThat(alerts).isEmpty();
        }
    }

    @Test
    void whatARepeatedPageLeavesOutOfAMinuteIsTold() {
        try (Shop shop = open()) {
            record(101, Duration.ofMillis(1));

            assertThat(read(shop, new Repeating(200, 1))).isEqualTo(100);

            await().until(() -> !alerts.isEmpty());
            assertThat(alerts).allMatch(alert -> alert.kind() == AlertKind.STATEMENT_GAP && alert.message().contains("same full page"));
            assertThat(Instant.parse(shop.repository().cursor(cursor(shop)).join())).as("what comes later is told all the same")
                    .isAfter(safaricom.clock().instant().minus(Duration.ofMinutes(2)));
        }
    }

    @Test
    void aStatementWithoutAnEndFailsAndKeepsItsPlace() {
        try (Shop shop = open()) {
            record(1, Duration.ZERO);

            assertThatThrownBy(() -> read(shop, new Repeating(200, 2_000_000))).hasStackTraceContaining("more than 1000000 rows");

            assertThat(Instant.parse(shop.repository().cursor(cursor(shop)).join()))
                    .isBetween(safaricom.clock().instant().minus(Duration.ofMinutes(7)),
                            safaricom.clock().instant().minus(Duration.ofMinutes(5)));
        }
    }

    @Test
    void aPositionThatAnotherNodeHasReachedStays() {
        AtomicReference<String> further = new AtomicReference<>();
        Shop shop = Shop.at(safaricom).route("register", "daraja:pullRegister?phoneNumber=0722000000");
        TransactionRepository store = shop.repository();
        shop.with(component -> component.setRepository(Repositories.of(store, (call, arguments) -> {
            if (call.equals("receive")) {
                store.moveCursor(cursor(shop), further.get()).join();
            }
            return null;
        })));
        try (shop) {
            shop.open();
            assertThat(shop.send("direct:register", null).getException()).isNull();
            record(1, Duration.ZERO);
            further.set(safaricom.clock().instant().plus(Duration.ofHours(1)).toString());

            assertThat(read(shop, new PullTransactions())).isEqualTo(1);

            assertThat(store.cursor(cursor(shop)).join()).isEqualTo(further.get());
        }
    }
}
