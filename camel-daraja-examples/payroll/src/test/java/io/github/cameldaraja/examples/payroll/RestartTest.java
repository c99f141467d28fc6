package io.github.cameldaraja.examples.payroll;

import static io.github.cameldaraja.examples.payroll.LineStatus.FAILED;
import static io.github.cameldaraja.examples.payroll.LineStatus.PAID;
import static io.github.cameldaraja.examples.payroll.LineStatus.PENDING;
import static io.github.cameldaraja.examples.payroll.LineStatus.SENDING;
import static io.github.cameldaraja.examples.payroll.LineStatus.UNKNOWN;
import static io.github.cameldaraja.examples.payroll.LineStatus.UNSENT;
import static io.github.cameldaraja.examples.payroll.LineStatus.WITHDRAWN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldaraja.api.B2c;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.ResultScript;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.simulator.Transfer;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs that are stopped, end with their process, or lose what they know; with the routes in Java and in YAML. */
@ParameterizedClass
@MethodSource("io.github.cameldaraja.examples.payroll.Dsls#tested")
class RestartTest {

    @RegisterExtension
    static final DarajaSimulatorExtension SAFARICOM =
            new DarajaSimulatorExtension(SimulatorSettings.defaults().withAnswerDelay(Duration.ofMillis(50)));

    private static final Staff STAFF = new Staff(0);
    private static final String RUN = "payroll-2026-11";
    private static final String FILE = RUN + ".csv";
    private static final String STRANGER = "254722099999";

    // so that what is to happen in the middle does, on a slow machine, too; nobody waits for the end
    private static final Map<String, String> SLOWLY = Map.of("payroll.perSecond", "3");

    private final DarajaSimulator safaricom = SAFARICOM.simulator();

    @Parameter
    PayrollApp.Dsl dsl;

    @TempDir
    Path folder;

    private LocalPayroll payroll;

    @AfterEach
    void theBooksAgreeToTheShilling() {
        payroll.close();
        safaricom.books().verify();
        Map<String, BigDecimal> ours = new HashMap<>();
        Account.read(folder, RUN).with(PAID).forEach(row ->
                assertThat(ours.put(row.receipt(), BigDecimal.valueOf(row.amount()))).as("receipt of %s", row).isNull());
        Map<String, BigDecimal> theirs = new HashMap<>();
        payouts().forEach(payout -> theirs.put(payout.receipt(), payout.amount()));
        assertThat(ours).isEqualTo(theirs);
    }

    @Test
    void nothingIsSentBeforeTheMoneyIsThere() {
        open(2_500, Map.of());

        payroll.takes(FILE, STAFF.people(3));
        Account waiting = payroll.account(RUN, account -> account.waiting() != null && account.waiting().startsWith("insufficient"));

        assertThat(waiting.waiting()).isEqualTo("insufficient funds: 3006 shillings are to be paid, and the Utility Account holds 2500.00"
                + " for it; top up 506.00 or more, then it goes on by itself");
        assertThat(waiting.with(UNSENT)).hasSize(3);
        assertThat(requests()).isZero();

        fund(506);
        safaricom.clock().advance(Duration.ofSeconds(2));

        assertThat(payroll.result(RUN).with(PAID)).hasSize(3);
        assertThat(safaricom.books().balance(safaricom.credentials().shortCode(), "Utility Account")).isZero();
    }

    @Test
    void aRunWithoutMoneyStopsAndGoesOnAfterTheTopUp() {
        long total = Staff.sum(40);
        open(total, SLOWLY);
        payroll.takes(FILE, STAFF.people(40));
        payroll.account(RUN, account -> account.with(PAID).size() >= 3);
        // somebody else pays out of the same account
        payroll.template().requestBody("daraja:b2c?idempotencyKey=stranger", new B2c.Request(STRANGER, 30_000));

        Account stopped = payroll.account(RUN, account -> account.waiting() != null && account.with(PENDING).isEmpty()
                && account.with(SENDING).isEmpty() && account.waiting().contains(" are to be paid"));

        assertThat(stopped.waiting()).startsWith("insufficient funds: ");
        assertThat(stopped.isFinal()).isFalse();
        assertThat(stopped.with(FAILED)).isEmpty();
        assertThat(stopped.with(PAID).size() + stopped.with(UNSENT).size()).isEqualTo(40);
        assertThat(stopped.with(UNSENT)).hasSizeGreaterThan(5).anySatisfy(row -> assertThat(row.code()).isEqualTo("1"));
        long sent = requests();
        assertThat(sent).isLessThan(40);

        reopen(Map.of());
        fund(30_000);
        safaricom.clock().advance(Duration.ofSeconds(2));
        Account result = payroll.result(RUN);

        assertThat(result.with(PAID)).hasSize(40);
        assertThat(result.sum(PAID)).isEqualTo(total);
        assertThat(payouts()).hasSize(40);
    }

    @Test
    void aLockedOperatorStopsTheRun() {
        safaricom.results().next(ResultApi.B2C, ResultScript.result(8006));
        open(5_000_000, SLOWLY);

        payroll.takes(FILE, STAFF.people(40));
        Account stopped = payroll.account(RUN, account -> account.stopped() != null && account.with(PENDING).isEmpty());

        assertThat(stopped.stopped()).startsWith("M-Pesa said 8006, ").contains("puts the file in again");
        assertThat(stopped.with(UNSENT)).hasSizeGreaterThan(10);
        assertThat(stopped.with(FAILED)).isEmpty();
    }

    @Test
    void whatAnEarlierProcessLeftIsPaidOnce() {
        open(5_000_000, Map.of());
        safaricom.results().always(ResultApi.B2C, ResultScript.succeeds().lostCallback());
        fate(2, ResultScript.succeeds().resetAfterAccepting().lostCallback());
        fate(3, ResultScript.result(2040).lostCallback());
        payroll.takes(FILE, STAFF.people(4));
        payroll.account(RUN, account -> account.with(PENDING).size() == 3 && account.with(UNKNOWN).size() == 1);

        reopen(Map.of());
        safaricom.clock().speed(30);

        Account result = payroll.result(RUN);
        assertThat(result.ids(PAID)).containsExactly("E001", "E002", "E004");
        assertThat(result.ids(FAILED)).containsExactly("E003");
    }

    @Test
    void aRunThatWasInterruptedGoesOn() {
        open(5_000_000, SLOWLY);
        payroll.takes(FILE, STAFF.people(30));
        payroll.account(RUN, account -> !account.with(PAID).isEmpty());
        JsonNode progress = payroll.progress(RUN);
        assertThat(progress.path("state").asText()).isEqualTo("RUNNING");
        assertThat(progress.path("perSecond").asDouble()).isBetween(0.5, 20.0);
        assertThat(progress.path("end").asText()).isNotEmpty();

        reopen(Map.of());

        assertThat(payroll.result(RUN).with(PAID)).hasSize(30);
        assertThat(requests()).isEqualTo(30);
    }

    @Test
    void whatTheFileAsksForNoMoreIsNotSent() {
        open(5_000_000, SLOWLY);
        payroll.takes(FILE, STAFF.people(60));
        payroll.account(RUN, account -> !account.with(PAID).isEmpty());
        payroll.takes(FILE, STAFF.people(1));

        Account result = payroll.result(RUN);
        assertThat(result.with(WITHDRAWN)).hasSizeGreaterThan(5);
        assertThat(result.with(PAID).size() + result.with(WITHDRAWN).size()).isEqualTo(60);
    }

    @Test
    void aRunWhoseStateIsLostIsRefused() throws IOException {
        open(5_000_000, Map.of());
        payroll.takes(FILE, STAFF.people(3));
        payroll.result(RUN);
        payroll.close();
        try (Stream<Path> files = Files.list(folder.resolve("state"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }

        payroll = LocalPayroll.open(safaricom, dsl, folder, Map.of());
        payroll.takes(FILE, STAFF.people(3));

        assertThat(payroll.refusal(FILE)).singleElement().asString().startsWith("the file: it was begun before, but the table");
        assertThat(requests()).isEqualTo(3);
    }

    @Test
    void whatTheTableHasForgottenTheComponentKnows() throws IOException {
        open(5_000_000, Map.of());
        payroll.takes(FILE, STAFF.people(3));
        payroll.result(RUN);
        // somebody has emptied the example's tables, and not the component's
        payroll.sql().update("delete from payroll_line");
        payroll.sql().update("delete from payroll_run");
        Files.delete(folder.resolve("out").resolve("." + RUN + ".begun"));

        payroll.takes(FILE, List.of(STAFF.person(1), STAFF.person(2).replace(",1002,", ",9002,"), STAFF.person(3)));
        Account account = payroll.account(RUN, seen -> seen.with(PAID).size() == 2 && seen.stopped() != null);

        assertThat(account.row("E002").status()).isEqualTo(UNKNOWN);
        assertThat(account.stopped()).startsWith("the idempotency key was used before for another amount");
        assertThat(requests()).isEqualTo(3);
        payroll.sql().update("update payroll_line set status = 'PAID', amount = 1002, receipt = ? where id = 'E002'",
                payouts().stream().filter(payout -> payout.to().equals(STAFF.phone(2))).findFirst().orElseThrow().receipt());
        payroll.result(RUN);
    }

    @Test
    void whatARuleForPayoutsRefusesIsNoUsedKeyAndTheOthersGoOn() {
        open(5_000_000, Map.of("camel.component.daraja.payoutDailyMaximum", "2500"));

        payroll.takes(FILE, STAFF.people(3));
        Account result = payroll.result(RUN);

        assertThat(result.with(PAID)).hasSize(2);
        assertThat(result.with(FAILED)).singleElement().satisfies(row -> assertThat(row.toString()).contains("payoutDailyMaximum"));
        assertThat(result.stopped()).isNull();
        assertThat(requests()).isEqualTo(2);
    }

    private void open(long funds, Map<String, String> settings) {
        fund(funds);
        payroll = LocalPayroll.open(safaricom, dsl, folder, settings);
    }

    private void reopen(Map<String, String> settings) {
        payroll.close();
        payroll = LocalPayroll.open(safaricom, dsl, folder, settings);
    }

    private void fund(long shillings) {
        safaricom.books().deposit(safaricom.credentials().shortCode(), "Utility Account", BigDecimal.valueOf(shillings));
    }

    private void fate(int person, ResultScript script) {
        safaricom.results().forReceiver(STAFF.phone(person), script);
    }

    private List<Transfer> payouts() {
        return safaricom.books().transfers().stream().filter(transfer -> !transfer.to().equals(STRANGER)).toList();
    }

    private long requests() {
        return safaricom.counters().count("b2c.received");
    }
}
