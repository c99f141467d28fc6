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
import io.github.cameldaraja.api.Json;
import io.github.cameldaraja.api.JsonObject;
import io.github.cameldaraja.api.NairobiTime;
import io.github.cameldaraja.api.Need;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.Owned;
import io.github.cameldaraja.api.PullTransactions;
import io.github.cameldaraja.api.StatementApi;
import io.github.cameldaraja.api.SuccessRule;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import io.github.cameldaraja.transaction.RawCallback;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.builder.RouteBuilder;
import org.apache.logging.log4j.Level;
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
    private static class Repeating implements StatementApi<PullTransactions.Answer> {
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
        public List<Map<String, Object>> unreadable(PullTransactions.Answer answer) {
            return pull.unreadable(answer);
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
        return open(component -> { });
    }

    private Shop open(Consumer<DarajaComponent> settings) {
        Shop shop = Shop.at(safaricom).with(settings).route("register", "daraja:pullRegister?phoneNumber=0722000000").routes(new RouteBuilder() {
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

    /** One that spoils rows, which nobody has seen Safaricom do. */
    private static final class Spoiling extends Repeating {
        private final Map<String, UnaryOperator<String>> spoilt;

        /** @param spoilt what becomes of the row of that receipt */
        Spoiling(Map<String, UnaryOperator<String>> spoilt) {
            super(100, 1);
            this.spoilt = spoilt;
        }

        @Override
        public PullTransactions.Answer answer(Fields asked, JsonObject answer) {
            String text = new String(Json.write(answer.toMap()), StandardCharsets.UTF_8);
            for (Map.Entry<String, UnaryOperator<String>> row : spoilt.entrySet()) {
                text = Pattern.compile("\\{[^{}]*" + row.getKey() + "[^{}]*}").matcher(text)
                        .replaceAll(found -> Matcher.quoteReplacement(row.getValue().apply(found.group())));
            }
            return super.answer(asked, Json.readObject(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void aRowThatCannotBeReadIsKeptAndToldAndTheOthersCount() {
        List<RawCallback> kept = new CopyOnWriteArrayList<>();
        AtomicBoolean away = new AtomicBoolean(true);
        try (Shop shop = open(component -> component.setRepository(Repositories.of(component.getRepository(), (call, arguments) -> {
            if (call.equals("keep") && away.get()) {
                return CompletableFuture.failedFuture(new IllegalStateException("the store is down"));
            }
            if (call.equals("keep")) {
                kept.add((RawCallback) arguments[0]);
            }
            return null;
        })))) {
            record(6, Duration.ofSeconds(10));
            StatementApi<?> spoiling = new Spoiling(Map.of(
                    "UKL1000000", row -> row.replace("\"10.00\"", "\"1,000.00\""),
                    "UKL1000001", row -> row.replace("UKL1000001", ""),
                    "UKL1000002", row -> "\"a text of 254713010002\"",
                    "UKL1000003", row -> row.replace("c2b-pay-bill-debit", "c2b-reversal").replace("\"10.00\"", "null")));
            String before = shop.repository().cursor(cursor(shop)).join();

            assertThatThrownBy(() -> read(shop, spoiling)).hasStackTraceContaining("the store is down");
            assertThat(shop.repository().cursor(cursor(shop)).join()).as("what is not kept is read again").isEqualTo(before);
            away.set(false);
            try (Logs logs = new Logs(Level.WARN, "io.github.cameldaraja.reconcile.OddRows")) {
                assertThat(read(shop, spoiling)).isEqualTo(2);
                assertThat(logs.lines()).hasSize(3).allSatisfy(line -> assertThat(line).contains("cannot be read and is kept raw")
                        .doesNotContain("2547130").doesNotContain("1,000.00"));
            }

            assertThat(kept).extracting(raw -> new String(raw.body(), StandardCharsets.UTF_8)).satisfiesExactlyInAnyOrder(
                    text -> assertThat(text).contains("UKL1000000", "1,000.00"), text -> assertThat(text).contains("254713010001"),
                    text -> assertThat(text).contains("a text of 254713010002"));
            await().until(() -> alerts.size() == 3);
            assertThat(alerts).allSatisfy(alert -> {
                assertThat(alert.kind()).isEqualTo(AlertKind.UNREADABLE);
                assertThat(alert.toString()).doesNotContain("2547130");
                assertThat(alert.details()).containsKeys("from", "until");
            });
            // the overlap brings them back
            assertThat(read(shop, spoiling)).isZero();
            assertThat(kept).hasSize(3);
            assertThat(alerts).hasSize(3);
        }
    }

    @Test
    void aPageWithoutPaymentsThatIsRepeatedIsTheWhole() {
        try (Shop shop = open(component -> { })) {
            record(2, Duration.ofSeconds(10));

            assertThat(read(shop, new Spoiling(Map.of("UKL1000000", row -> row.replace("UKL1000000", ""),
                    "UKL1000001", row -> row.replace("c2b-pay-bill-debit", "c2b-reversal"))))).isZero();
            assertThat(read(shop, new Spoiling(Map.of("UKL1000000", row -> row.replace("c2b-pay-bill-debit", "c2b-reversal"),
                    "UKL1000001", row -> row.replace("c2b-pay-bill-debit", "c2b-reversal"))))).isZero();
        }
    }

    // how far back each query of it looks
    private List<Duration> depths(Shop shop) {
        return safaricom.requests().stream().filter(request -> request.path().contains("/pulltransactions/v1/query"))
                .map(request -> Duration.between(NairobiTime.parse(Shop.json(request.body()).get("StartDate").asText()).toInstant(),
                        request.at())).toList();
    }

    @Test
    void theEndOfWhatSafaricomKeepsIsNotTouchedWhileTheClockGoesOn() {
        safaricom.clock().freeze();
        try (Shop shop = open(component -> component.setRepository(Repositories.of(component.getRepository(), (call, arguments) -> {
            if (call.equals("cursor")) {
                // between the reckoning and the question
                safaricom.clock().advance(Duration.ofMinutes(2));
            }
            return null;
        })))) {
            read(shop, new PullTransactions());
            safaricom.clock().advance(Duration.ofHours(60));
            read(shop, new PullTransactions());

            assertThat(depths(shop)).hasSize(2).allSatisfy(depth -> assertThat(depth).isBetween(Duration.ofHours(47), Duration.ofHours(48)
                    .minusMinutes(2)));
            await().until(() -> !alerts.isEmpty());
            assertThat(alerts).singleElement().satisfies(alert -> assertThat(alert.kind()).isEqualTo(AlertKind.STATEMENT_GAP));
        }
    }

    @Test
    void whatHasBecomeTooOldWhileItWasReadIsToldAndTheRestIsRead() {
        safaricom.clock().freeze();
        try (Shop shop = open()) {
            record(1, Duration.ZERO);
            AtomicInteger pages = new AtomicInteger();
            // so many rows that the first slice is read eleven times, each time a shorter one
            Repeating slow = new Repeating(200, 1) {
                @Override
                public Map<String, String> page(OffsetDateTime from, OffsetDateTime until, int offset) {
                    if (pages.incrementAndGet() <= 11) {
                        safaricom.clock().advance(Duration.ofMinutes(1));
                    }
                    return super.page(from, until, offset);
                }

                @Override
                public int rows(PullTransactions.Answer answer) {
                    return pages.get() <= 11 ? 3_000 : super.rows(answer);
                }
            };

            read(shop, slow);

            assertThat(depths(shop)).hasSizeGreaterThan(15).allSatisfy(depth ->
                    assertThat(depth).isLessThan(Duration.ofHours(48)));
            await().until(() -> !alerts.isEmpty());
            assertThat(alerts).singleElement().satisfies(alert -> assertThat(alert.kind()).isEqualTo(AlertKind.STATEMENT_GAP));
            assertThat(shop.repository().all()).hasSize(1);
        }
    }
}
