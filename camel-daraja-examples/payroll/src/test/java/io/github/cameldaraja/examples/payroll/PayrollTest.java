package io.github.cameldaraja.examples.payroll;

import static io.github.cameldaraja.examples.payroll.LineStatus.FAILED;
import static io.github.cameldaraja.examples.payroll.LineStatus.NOT_SENT;
import static io.github.cameldaraja.examples.payroll.LineStatus.PAID;
import static io.github.cameldaraja.examples.payroll.LineStatus.PENDING;
import static io.github.cameldaraja.examples.payroll.LineStatus.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.ResultScript;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.simulator.Transfer;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Payrolls from file to result, with the routes in Java and in YAML. After each test the books are compared. */
@ParameterizedClass
@EnumSource
class PayrollTest {

    @RegisterExtension
    static final DarajaSimulatorExtension SAFARICOM =
            new DarajaSimulatorExtension(SimulatorSettings.defaults().withAnswerDelay(Duration.ofMillis(50)));

    private static final String RUN = "payroll-2026-11";
    private static final String FILE = RUN + ".csv";
    private static final String LATE = RUN + "-late";

    private final DarajaSimulator safaricom = SAFARICOM.simulator();

    @Parameter
    PayrollApp.Dsl dsl;

    @TempDir
    Path folder;

    private LocalPayroll payroll;

    @BeforeEach
    void open() {
        fund(5_000_000);
        payroll = LocalPayroll.open(safaricom, dsl, folder, Map.of());
    }

    @AfterEach
    void theBooksAgreeToTheShilling() throws IOException {
        payroll.close();
        safaricom.books().verify();
        Map<String, BigDecimal> ours = new HashMap<>();
        for (String run : List.of(RUN, LATE)) {
            Account account = payroll.latest(run);
            if (account != null) {
                account.with(PAID).forEach(row -> assertThat(ours.put(row.receipt(), BigDecimal.valueOf(row.amount())))
                        .as("receipt of %s", row).isNull());
            }
        }
        Map<String, BigDecimal> theirs = new HashMap<>();
        payouts().forEach(payout -> theirs.put(payout.receipt(), payout.amount()));
        assertThat(ours).isEqualTo(theirs);
    }

    @Test
    void everyLineIsAccountedFor() {
        List<String> people = people(100);
        // by the digits of the phone: what becomes of it
        fate(7, ResultScript.result(2040));
        fate(13, ResultScript.result(2040));
        fate(20, ResultScript.succeeds().lostCallback());
        fate(31, ResultScript.result(4).lostCallback());
        fate(42, ResultScript.succeeds().resetAfterAccepting());
        fate(43, ResultScript.succeeds().resetAfterAccepting().lostCallback());
        fate(55, ResultScript.succeeds().duplicateCallback());
        fate(66, ResultScript.timesOut());
        fate(67, ResultScript.succeeds().toldAsTimeout());
        fate(78, ResultScript.succeeds().callbackBeforeAnswer());
        fate(79, ResultScript.succeeds().errorAfterAccepting());
        safaricom.clock().speed(30);

        payroll.takes(FILE, people);
        Account result = payroll.result(RUN);

        assertThat(result.rows()).extracting(Account.Row::line)
                .containsExactlyElementsOf(IntStream.rangeClosed(2, 101).boxed().toList());
        assertThat(result.with(FAILED)).extracting(Account.Row::id).containsExactly("E007", "E013", "E031", "E066");
        assertThat(result.with(PAID)).hasSize(96).allSatisfy(row -> {
            assertThat(row.receipt()).isNotBlank();
            assertThat(row.when()).isNotBlank();
        });
        assertThat(result.row("E007")).satisfies(row -> {
            assertThat(row.code()).isEqualTo("2040");
            assertThat(row.description()).startsWith("Credit Party customer type");
        });
        long failed = Stream.of(7, 13, 31, 66).mapToLong(PayrollTest::amount).sum();
        long total = IntStream.rangeClosed(1, 100).mapToLong(PayrollTest::amount).sum();
        assertThat(result.sums()).containsEntry("# PAID", "96," + (total - failed)).containsEntry("# FAILED", "4," + failed)
                .containsEntry("# UNKNOWN", "0,0").containsEntry("# TOTAL", "100," + total);
        assertThat(folder.resolve("out")).isDirectoryNotContaining("glob:**interim.csv");
        assertThat(requests()).isEqualTo(100);
    }

    @Test
    void theSameFileAgainPaysNobodyTwice() {
        payroll.takes(FILE, people(10));
        payroll.result(RUN);

        payroll.takes(FILE, people(10));
        payroll.hasWorkedThrough(FILE);

        assertThat(payroll.result(RUN).with(PAID)).hasSize(10);
        assertThat(requests()).isEqualTo(10);
        assertThat(payouts()).hasSize(10);
    }

    @Test
    void anotherFileWithTheSameIdsIsRefused() {
        payroll.takes(FILE, people(3));
        payroll.result(RUN);

        payroll.takes(LATE + ".csv", List.of(person(2), person(3), person(4)));
        assertThat(payroll.refusal(LATE + ".csv")).satisfiesExactly(
                problem -> assertThat(problem).startsWith("line 2: id: is paid by payroll-2026-11.csv; "),
                problem -> assertThat(problem).startsWith("line 3: id: is paid by payroll-2026-11.csv; "));
        assertThat(requests()).isEqualTo(3);

        payroll.takes(LATE + ".csv", List.of(person(4)));
        assertThat(payroll.result(LATE).with(PAID)).hasSize(1);
    }

    @Test
    void aFileThatWasChangedIsRefused() {
        payroll.takes(FILE, people(3));
        payroll.result(RUN);

        payroll.takes(FILE, List.of(person(1), person(2).replace(",1002,", ",9002,"), person(4), person(5)));

        assertThat(payroll.refusal(FILE)).containsExactly(
                "line 3: is not what payroll-2026-11.csv said before; put what is new into a file of another name",
                "line 4: is not what payroll-2026-11.csv said before; put what is new into a file of another name",
                "line 5: is not what payroll-2026-11.csv said before; put what is new into a file of another name");
        assertThat(requests()).isEqualTo(3);
    }

    @Test
    void badLinesAreAllNamedAndNothingIsSent() {
        payroll.takes(FILE, List.of(person(1), "E002,Wanjiru,0712,12.50,x", "E001,Otieno,0722000003,500,Salary", "E004,Akinyi"));

        assertThat(payroll.refusal(FILE)).satisfiesExactly(
                problem -> assertThat(problem).startsWith("line 3: phone: must be a Kenyan mobile number; write it as"),
                problem -> assertThat(problem).startsWith("line 3: amount: must be whole shillings from 10 to 250000; "),
                problem -> assertThat(problem).startsWith("line 3: reason: must have at least 2 characters"),
                problem -> assertThat(problem).startsWith("line 4: id: is that of line 2, too; "),
                problem -> assertThat(problem).startsWith("line 5: has 2 columns instead of 5; "));
        assertThat(requests()).isZero();
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void anEmptyAccountStopsTheRun() {
        // seconds in which the first code 1 may come back
        reopen(Map.of("payroll.perSecond", "5"));
        safaricom.reset();
        fund(amount(1) + amount(2) + amount(3));

        payroll.takes(FILE, people(20));
        payroll.hasWorkedThrough(FILE);
        Account stopped = payroll.account(RUN, account -> account.stopped() != null && account.with(PENDING).isEmpty());

        assertThat(stopped.isFinal()).isFalse();
        assertThat(stopped.stopped()).contains("M-Pesa said 1, ", "what was not sent stays so until the file is put in again");
        assertThat(stopped.with(PAID)).extracting(Account.Row::id).containsExactly("E001", "E002", "E003");
        int failed = stopped.with(FAILED).size();
        assertThat(failed).isBetween(1, 16);
        assertThat(stopped.with(FAILED)).allSatisfy(row -> assertThat(row.code()).isEqualTo("1"));
        assertThat(stopped.with(NOT_SENT)).hasSize(20 - 3 - failed);
        assertThat(requests()).isEqualTo(3 + failed);

        // topped up, and somebody says so by putting the file in again
        fund(100_000);
        reopen(Map.of());
        payroll.takes(FILE, people(20));

        Account result = payroll.result(RUN);
        assertThat(result.stopped()).isNull();
        assertThat(result.with(FAILED)).hasSize(failed);
        assertThat(result.with(PAID)).hasSize(20 - failed);
        assertThat(requests()).isEqualTo(20);
    }

    @Test
    void aLockedOperatorStopsTheRun() {
        reopen(Map.of("payroll.perSecond", "2"));
        safaricom.results().lockOperator();

        payroll.takes(FILE, people(10));
        payroll.hasWorkedThrough(FILE);
        Account stopped = payroll.account(RUN, account -> account.stopped() != null && account.with(PENDING).isEmpty());

        assertThat(stopped.stopped()).contains("M-Pesa said 8006, ");
        assertThat(stopped.with(NOT_SENT)).isNotEmpty();
        assertThat(stopped.with(PAID)).isEmpty();
    }

    @Test
    void whatWasNotSentIsSentAgain() {
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().spikeArrest());
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().quota());

        payroll.takes(FILE, people(2));

        assertThat(payroll.result(RUN).with(PAID)).hasSize(2);
    }

    @Test
    void aGatewayThatTakesNothingStopsTheRun() {
        safaricom.results().always(ResultApi.B2C, ResultScript.succeeds().spikeArrest());
        payroll.takes(FILE, people(3));
        payroll.hasWorkedThrough(FILE);
        Account stopped = payroll.account(RUN, account -> account.stopped() != null);

        assertThat(stopped.with(NOT_SENT)).hasSize(3);
        assertThat(stopped.stopped()).startsWith("M-Pesa does not take requests: ");

        safaricom.results().always(ResultApi.B2C, ResultScript.succeeds());
        payroll.takes(FILE, people(3));
        assertThat(payroll.result(RUN).with(PAID)).hasSize(3);
    }

    @Test
    void aRefusedLineFailsAlone() {
        safaricom.results().forReceiver(phone(2),
                ResultScript.succeeds().errorBeforeAccepting(400, "400.002.02", "Bad Request - Invalid PartyB"));

        payroll.takes(FILE, people(3));

        Account result = payroll.result(RUN);
        assertThat(result.with(PAID)).hasSize(2);
        assertThat(result.row("E002").code()).isEqualTo("400.002.02");
        assertThat(result.row("E002").status()).isEqualTo(FAILED);
    }

    @Test
    void aLineOfUnknownFateIsNeverSentAgain() {
        safaricom.results().forReceiver(phone(2), ResultScript.succeeds().resetBeforeAccepting());
        payroll.takes(FILE, people(3));
        Account interim = payroll.account(RUN, account -> account.with(PAID).size() == 2 && account.with(UNKNOWN).size() == 1);
        assertThat(interim.row("E002").description()).contains("it may have been paid", "never sent again");
        assertThat(interim.sums()).containsEntry("# UNKNOWN", "1," + amount(2));

        payroll.takes(FILE, people(3));
        payroll.hasWorkedThrough(FILE);
        reopen(Map.of());
        payroll.takes(FILE, people(3));
        payroll.hasWorkedThrough(FILE);

        Account later = payroll.account(RUN, account -> account.row("E002").description().contains("a process that has ended"));
        assertThat(later.isFinal()).isFalse();
        assertThat(later.row("E002").status()).isEqualTo(UNKNOWN);
        assertThat(requests()).isEqualTo(3);
    }

    @Test
    void whatAnEarlierProcessLeftIsAskedAbout() {
        safaricom.results().always(ResultApi.B2C, ResultScript.succeeds().lostCallback());
        fate(2, ResultScript.succeeds().resetAfterAccepting().lostCallback());
        fate(3, ResultScript.result(2040).lostCallback());
        payroll.takes(FILE, people(4));
        payroll.hasWorkedThrough(FILE);
        payroll.account(RUN, account -> account.with(PENDING).size() == 3 && account.with(UNKNOWN).size() == 1);

        reopen(Map.of());

        Account result = payroll.result(RUN);
        assertThat(result.with(PAID)).extracting(Account.Row::id).containsExactly("E001", "E002", "E004");
        assertThat(result.with(FAILED)).extracting(Account.Row::id).containsExactly("E003");
        assertThat(requests()).isEqualTo(4);
    }

    @Test
    void aFileThatWasInterruptedIsTakenUpAgain() {
        reopen(Map.of("payroll.perSecond", "5"));
        payroll.takes(FILE, people(30));
        payroll.account(RUN, account -> !account.with(PAID).isEmpty());

        reopen(Map.of());

        assertThat(payroll.result(RUN).with(PAID)).hasSize(30);
        assertThat(requests()).isEqualTo(30);
    }

    @Test
    void aRunWhoseStateIsLostIsRefused() throws IOException {
        payroll.takes(FILE, people(3));
        payroll.result(RUN);
        payroll.close();
        try (Stream<Path> files = Files.list(folder.resolve("state"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }

        payroll = LocalPayroll.open(safaricom, dsl, folder, Map.of());
        payroll.takes(FILE, people(3));

        assertThat(payroll.refusal(FILE)).singleElement().asString().startsWith("the file: it was begun before, but the table");
        assertThat(requests()).isEqualTo(3);
    }

    @Test
    void aFileThatNobodyCanReadIsRefused() {
        String text = LocalPayroll.TITLES + "\nE001,Müller,0722000001,500,Salary\n";
        payroll.takes(FILE, text.getBytes(StandardCharsets.ISO_8859_1));
        payroll.takes("payroll-november.csv", people(1));

        assertThat(payroll.refusal(FILE)).containsExactly("the file: it is not UTF-8; save it as \"CSV UTF-8\"");
        assertThat(payroll.refusal("payroll-november.csv")).singleElement().asString()
                .startsWith("the file: its name must tell the month");
        assertThat(requests()).isZero();
    }

    private void reopen(Map<String, String> settings) {
        payroll.close();
        payroll = LocalPayroll.open(safaricom, dsl, folder, settings);
    }

    private void fund(long shillings) {
        safaricom.books().deposit(safaricom.credentials().shortCode(), "Utility Account", BigDecimal.valueOf(shillings));
    }

    private void fate(int person, ResultScript script) {
        safaricom.results().forReceiver(phone(person), script);
    }

    private List<Transfer> payouts() {
        return safaricom.books().transfers();
    }

    private long requests() {
        return safaricom.requests().stream().filter(request -> request.path().contains("/b2c/")).count();
    }

    private static List<String> people(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(PayrollTest::person).toList();
    }

    private static String person(int number) {
        return "E%03d,\"Person, %d\",0%s,%d,Salary November".formatted(number, number, phone(number).substring(3),
                amount(number));
    }

    private static String phone(int number) {
        return "2547220%05d".formatted(number);
    }

    private static long amount(int number) {
        return 1000L + number;
    }
}
