package io.github.cameldaraja.examples.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.examples.reconciliation.ReconciliationApp.Dsl;
import io.github.cameldaraja.simulator.ConfirmationScript;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.PullOddity;
import io.github.cameldaraja.simulator.RequestFault;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import javax.sql.DataSource;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.quartz.CronTrigger;
import org.quartz.TriggerKey;
import org.springframework.jdbc.core.JdbcTemplate;

/** The program as a user starts it, beside a simulated Safaricom, and the reports that it writes. */
class ReconciliationTest {

    private static final LocalTime NIGHT = LocalTime.of(3, 30);
    private static final String ANNE = "254722000001";

    private static DarajaSimulator safaricom;

    @TempDir
    private Path data;

    @BeforeAll
    static void open() {
        safaricom = DarajaSimulator.start();
    }

    @AfterAll
    static void close() {
        safaricom.close();
    }

    @BeforeEach
    void reset() {
        safaricom.reset();
    }

    private LocalReconciliation opened(Dsl dsl, Map<String, String> more) {
        return LocalReconciliation.open(safaricom, dsl, data, more);
    }

    @ParameterizedTest
    @MethodSource("io.github.cameldaraja.examples.reconciliation.Dsls#tested")
    void everyDifferenceOfADayIsFoundAndNoOther(Dsl dsl) throws Exception {
        LocalReconciliation.waitFor(safaricom, NIGHT);
        LocalDate yesterday = LocalReconciliation.today(safaricom).minusDays(1);
        try (LocalReconciliation reconciliation = opened(dsl, Map.of())) {
            PlantedDay day = PlantedDay.plant(safaricom, reconciliation.payments(), yesterday, 1_000, 10);

            List<CSVRecord> report = reconciliation.compares("yesterday", yesterday);

            assertThat(PlantedDay.differences(report)).isEqualTo(day.planted()).hasSize(10);
            assertThat(report).filteredOn(row -> row.get("kind").equals("AGREES")).hasSize(day.agreeing());
            assertThat(report).filteredOn(row -> row.get("kind").equals("NOT_HERE")).extracting(row -> row.get("note"))
                    .anyMatch(note -> note.matches("stkPush [0-9a-f]{32} looks like it, and is CANCELLED here"));
            assertThat(reconciliation.read(yesterday)).contains("10 payments, or the balances, must be looked at",
                    "<td>agrees</td><td class=\"n\">" + "%,d".formatted(day.agreeing()) + "</td>", "Not compared: M-Pesa has told no balances");
            leavesNothingBehind(reconciliation);
            assertThat(count(reconciliation, "daraja_payment where operation <> 'stkPush'")).as("fed into the ledger").isZero();
            assertThat(timeZone(reconciliation, "night")).isEqualTo(TimeZone.getTimeZone("Africa/Nairobi"));
            assertThat(timeZone(reconciliation, "midnight")).isEqualTo(TimeZone.getTimeZone("Africa/Nairobi"));
        }
    }

    private static void leavesNothingBehind(LocalReconciliation reconciliation) {
        await().untilAsserted(() -> assertThat(count(reconciliation, "reconciliation_entry")).isZero());
    }

    private static TimeZone timeZone(LocalReconciliation reconciliation, String name) throws Exception {
        QuartzComponent quartz = reconciliation.main().getCamelContext().getComponent("quartz", QuartzComponent.class);
        return ((CronTrigger) quartz.getScheduler().getTrigger(TriggerKey.triggerKey(name, "reconciliation"))).getTimeZone();
    }

    private static int count(LocalReconciliation reconciliation, String rows) {
        DataSource database = reconciliation.main().lookup(rows.contains("daraja_") ? "ledger" : "own", DataSource.class);
        return new JdbcTemplate(database).queryForObject("select count(*) from " + rows, Integer.class);
    }

    @Test
    void aLostConfirmationIsReportedWithWhatTheCustomerTyped() {
        LocalReconciliation.waitFor(safaricom, LocalTime.NOON);
        LocalDate today = LocalReconciliation.today(safaricom);
        try (LocalReconciliation reconciliation = opened(Dsl.JAVA, Map.of())) {
            pays("INV 1", 100);
            safaricom.c2b().nextConfirmation(ConfirmationScript.usual().lost());
            String lost = pays("=1+1 <b>&", 40);
            safaricom.clock().advance(Duration.ofMinutes(11));
            await().until(() -> count(reconciliation, "daraja_payment where status = 'COMPLETED'") == 1);
            pays("later than the lag", 9);

            List<CSVRecord> report = reconciliation.compares("today", today);

            assertThat(report).extracting(row -> row.get("kind")).containsExactlyInAnyOrder("AGREES", "NOT_HERE");
            assertThat(report).filteredOn(row -> row.get("kind").equals("NOT_HERE")).singleElement().satisfies(row -> {
                assertThat(row.get("receipt_there")).isEqualTo(lost);
                assertThat(row.get("amount_there")).isEqualTo("40.00");
                assertThat(row.get("time_there")).isEqualTo(today + " 12:00:01");
                assertThat(row.get("account")).as("for a spreadsheet").isEqualTo("'=1+1 <b>&");
                assertThat(row.get("phone")).isEqualTo("2547*****001");
            });
            assertThat(reconciliation.read(today)).contains("1 payments, or the balances", "=1+1 &lt;b&gt;&amp;",
                    "until " + today + " 12:01:03 in Nairobi, for the day is not over").doesNotContain("<b>", ANNE);
        }
    }

    private String pays(String account, long amount) {
        String receipt = safaricom.c2b().pay(ANNE, safaricom.credentials().shortCode(), account, amount).join().receipt();
        safaricom.clock().advance(Duration.ofSeconds(1));
        return receipt;
    }

    @Test
    void balancesShowWhatTheStatementDoesNotList() {
        LocalReconciliation.waitFor(safaricom, LocalTime.MIDNIGHT);
        LocalDate first = LocalReconciliation.today(safaricom);
        try (LocalReconciliation reconciliation = opened(Dsl.YAML, Map.of())) {
            balances(reconciliation, 1);
            LocalReconciliation.waitFor(safaricom, LocalTime.MIDNIGHT);
            balances(reconciliation, 2);

            LocalReconciliation.waitFor(safaricom, LocalTime.NOON);
            safaricom.books().deposit(safaricom.credentials().shortCode(), "Utility Account", new BigDecimal(5_000));
            LocalReconciliation.waitFor(safaricom, LocalTime.MIDNIGHT);
            balances(reconciliation, 3);

            LocalReconciliation.waitFor(safaricom, LocalTime.of(0, 30));
            assertThat(reconciliation.compares("yesterday", first.plusDays(1))).isEmpty();
            assertThat(reconciliation.read(first.plusDays(1))).contains("0 payments, or the balances, must be looked at",
                    "<td>Missing</td><td class=\"n\">-5,000.00</td>", "They do not agree");
            reconciliation.wants(first.toString());
            reconciliation.wants("today");
            reconciliation.report(first.plusDays(2));
            // it began more than two days ago
            assertThat(Files.exists(data.resolve("reports").resolve(first + ".csv"))).isFalse();
        }
    }

    @Test
    void balancesAgreeWithPaymentsAndPayouts() {
        LocalReconciliation.waitFor(safaricom, LocalTime.MIDNIGHT);
        LocalDate day = LocalReconciliation.today(safaricom);
        safaricom.books().deposit(safaricom.credentials().shortCode(), "Utility Account", new BigDecimal(10_000));
        try (LocalReconciliation reconciliation = opened(Dsl.JAVA, Map.of())) {
            balances(reconciliation, 1);
            safaricom.clock().advance(Duration.ofHours(9));
            pays("INV 1", 700);
            reconciliation.template().requestBody("daraja:b2c?idempotencyKey=salary-1",
                    Map.of("phoneNumber", ANNE, "amount", 250, "commandId", "SalaryPayment", "remarks", "May"));
            await().until(() -> {
                safaricom.clock().advance(Duration.ofSeconds(1));
                return count(reconciliation, "daraja_payment where operation = 'b2c' and status = 'COMPLETED'") == 1;
            });
            LocalReconciliation.waitFor(safaricom, LocalTime.MIDNIGHT);
            balances(reconciliation, 2);
            LocalReconciliation.waitFor(safaricom, NIGHT);

            assertThat(reconciliation.compares("yesterday", day)).singleElement()
                    .satisfies(row -> assertThat(row.get("kind")).isEqualTo("AGREES"));
            assertThat(reconciliation.read(day)).contains("Nothing to look at.", "They agree.",
                    "<td>+ in: 1 payments that M-Pesa lists</td><td class=\"n\">700.00</td>",
                    "1 payouts and reversals of the ledger</td><td class=\"n\">250.00</td>",
                    "<td>Missing</td><td class=\"n\">0.00</td>");
        }
    }

    private void balances(LocalReconciliation reconciliation, int times) {
        reconciliation.template().sendBody("direct:ask-balances", "");
        await().until(() -> {
            safaricom.clock().advance(Duration.ofMillis(100));
            return count(reconciliation, "(select distinct taken from reconciliation_balance) one") == times;
        });
    }

    @Test
    void whateverFormTheStatementHasTheReportIsTheSame() {
        LocalReconciliation.waitFor(safaricom, NIGHT);
        LocalDate yesterday = LocalReconciliation.today(safaricom).minusDays(1);
        // an hour has several pages
        try (LocalReconciliation reconciliation = opened(Dsl.JAVA, Map.of())) {
            PlantedDay day = PlantedDay.plant(safaricom, reconciliation.payments(), yesterday, 2_600, 10);

            safaricom.pull().odd(PullOddity.SHORT_PHONES, true);
            safaricom.pull().odd(PullOddity.UTC_TIMES, true);
            safaricom.pull().odd(PullOddity.NEWEST_FIRST, true);
            safaricom.pull().odd(PullOddity.REPEATED_ROW, true);
            assertThat(PlantedDay.differences(reconciliation.compares("yesterday", yesterday))).isEqualTo(day.planted());

            safaricom.pull().odd(PullOddity.UTC_TIMES, false);
            safaricom.pull().odd(PullOddity.FLAT_LIST, true);
            // pauses before another try need time that goes on
            safaricom.clock().resume();
            safaricom.pull().nextQuery(RequestFault.SPIKE_ARREST);
            safaricom.pull().nextQuery(RequestFault.RESET_AFTER);
            safaricom.pull().nextQuery(RequestFault.REVOKED_TOKEN);
            assertThat(PlantedDay.differences(reconciliation.compares("yesterday", yesterday))).isEqualTo(day.planted());
        }
    }

    @Test
    void whatCannotBeReadIsNotReported() {
        LocalReconciliation.waitFor(safaricom, NIGHT);
        LocalDate yesterday = LocalReconciliation.today(safaricom).minusDays(1);
        try (LocalReconciliation reconciliation = opened(Dsl.YAML, Map.of())) {
            PlantedDay.plant(safaricom, reconciliation.payments(), yesterday, 100, 2);
            int queries = safaricom.counters().count("pull.queries");
            safaricom.pull().nextQueryError(400, "400.001", "Invalid ShortCode");
            reconciliation.wants("yesterday");
            await().until(() -> safaricom.counters().count("pull.queries") > queries);

            assertThat(reconciliation.compares("today", yesterday.plusDays(1))).as("the next one runs").isNotEmpty();
            assertThat(Files.exists(data.resolve("reports").resolve(yesterday + ".html"))).isFalse();
            assertThat(Files.exists(data.resolve("reports").resolve(yesterday + ".csv"))).isFalse();
            leavesNothingBehind(reconciliation);
        }
    }

    @Test
    void theNightComesByItself() {
        LocalReconciliation.waitFor(safaricom, NIGHT);
        try (LocalReconciliation reconciliation = opened(Dsl.YAML, Map.of("reconciliation.night", "0/1 * * * * ?"))) {
            assertThat(reconciliation.report(LocalReconciliation.today(safaricom).minusDays(1))).isEmpty();
        }
    }
}
