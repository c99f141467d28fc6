package io.github.cameldaraja.examples.payroll;

import static io.github.cameldaraja.examples.payroll.LineStatus.FAILED;
import static io.github.cameldaraja.examples.payroll.LineStatus.PAID;
import static io.github.cameldaraja.examples.payroll.LineStatus.SENDING;
import static io.github.cameldaraja.examples.payroll.LineStatus.UNSENT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.ResultScript;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.simulator.Transfer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Payrolls from file to result in one process, with the routes in Java and in YAML. After each test the books are compared. */
@ParameterizedClass
@MethodSource("io.github.cameldaraja.examples.payroll.Dsls#tested")
class PayrollTest {

    @TempDir
    private static Path data;
    private static DarajaSimulator safaricom;
    private static LocalPayroll payroll;
    private static Path folder;
    private static int tests;

    private Staff staff;
    private String run;
    private String file;
    private String late;
    private long requestsBefore;
    private int payoutsBefore;

    PayrollTest(PayrollApp.Dsl dsl) {
    }

    @BeforeParameterizedClassInvocation
    static void open(PayrollApp.Dsl dsl) {
        safaricom = DarajaSimulator.start(SimulatorSettings.defaults().withAnswerDelay(Duration.ofMillis(50)));
        safaricom.books().deposit(safaricom.credentials().shortCode(), "Utility Account", BigDecimal.valueOf(5_000_000));
        folder = data.resolve(dsl.name());
        payroll = LocalPayroll.open(safaricom, dsl, folder, Map.of());
    }

    @AfterParameterizedClassInvocation
    static void close() {
        payroll.close();
        safaricom.close();
    }

    @BeforeEach
    void anotherMonth() {
        staff = new Staff(++tests);
        run = "payroll-%d-11".formatted(2026 + tests);
        file = run + ".csv";
        late = run + "-late";
        requestsBefore = safaricom.counters().count("b2c.received");
        payoutsBefore = safaricom.books().transfers().size();
    }

    @AfterEach
    void theBooksAgreeToTheShilling() {
        safaricom.clock().resume();
        safaricom.books().verify();
        Map<String, BigDecimal> ours = new HashMap<>();
        for (String name : List.of(run, late)) {
            Account account = Account.read(folder, name);
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
        List<String> people = staff.people(100);
        // by the digits of the phone: what becomes of it
        fate(7, ResultScript.result(2040));
        fate(13, ResultScript.result(2040));
        fate(20, ResultScript.succeeds().lostCallback());
        fate(31, ResultScript.result(4).lostCallback());
        fate(42, ResultScript.succeeds().resetAfterAccepting());
        fate(43, ResultScript.succeeds().resetAfterAccepting().lostCallback());
        fateOnce(44, ResultScript.succeeds().resetBeforeAccepting());
        fate(55, ResultScript.succeeds().duplicateCallback());
        fate(66, ResultScript.timesOut());
        fate(67, ResultScript.succeeds().toldAsTimeout());
        fate(78, ResultScript.succeeds().callbackBeforeAnswer());
        fate(79, ResultScript.succeeds().errorAfterAccepting());
        safaricom.clock().speed(30);

        payroll.takes(file, people);
        Account result = payroll.result(run);

        assertThat(result.rows()).extracting(Account.Row::line)
                .containsExactlyElementsOf(IntStream.rangeClosed(2, 101).boxed().toList());
        assertThat(result.ids(FAILED)).containsExactly("E007", "E013", "E031", "E066");
        assertThat(result.with(PAID)).hasSize(96).allSatisfy(row -> {
            assertThat(row.receipt()).isNotBlank();
            assertThat(row.when()).isNotBlank();
        });
        assertThat(result.row("E007")).satisfies(row -> {
            assertThat(row.code()).isEqualTo("2040");
            assertThat(row.description()).startsWith("Credit Party customer type");
        });
        long failed = Stream.of(7, 13, 31, 66).mapToLong(Staff::amount).sum();
        long total = Staff.sum(100);
        assertThat(result.sums()).containsEntry("# PAID", "96," + (total - failed)).containsEntry("# FAILED", "4," + failed)
                .containsEntry("# UNKNOWN", "0,0").containsEntry("# TOTAL", "100," + total);
        assertThat(folder.resolve("out")).isDirectoryNotContaining("glob:**interim.csv");
    }

    @Test
    void theSameFileAgainPaysNobodyTwice() {
        payroll.takes(file, staff.people(10));
        payroll.result(run);

        payroll.takes(file, staff.people(10));
        payroll.hasTakenIn(file);

        assertThat(payroll.result(run).with(PAID)).hasSize(10);
        assertThat(requests()).isEqualTo(10);
    }

    @Test
    void aCorrectedFilePaysOnlyWhatIsNew() {
        fateOnce(5, ResultScript.result(2040));
        payroll.takes(file, List.of(staff.person(1), staff.person(2), staff.person(3), "E004,Bad,12,500,Salary", staff.person(5)));
        Account first = payroll.result(run);
        assertThat(first.ids(FAILED)).containsExactly("E005");
        assertThat(first.invalid()).containsOnlyKeys(5);

        // an amount that is paid already, a line that is gone, one put right, one with another phone, a new one on top
        payroll.takes(file, List.of(staff.person(6), staff.person(1), staff.person(2).replace(",1002,", ",9002,"), staff.person(4),
                staff.person(5).replace("0" + staff.phone(5).substring(3), "0" + staff.phone(55).substring(3))));
        Account second = payroll.account(run, account -> account.with(PAID).size() == 6);

        assertThat(second.rows()).extracting(Account.Row::id).containsExactlyInAnyOrder("E001", "E002", "E003", "E004", "E005", "E006");
        assertThat(second.row("E006").line()).isEqualTo(2);
        assertThat(second.invalid()).hasSize(1).containsKey(4);
        assertThat(second.invalid().get(4)).isEqualTo("phone or amount: is not what was sent to M-Pesa before, which is PAID; correct it"
                + " after it has failed, or write what is missing as a line with another id");
        assertThat(payouts()).hasSize(6);
        assertThat(payouts().stream().filter(payout -> payout.amount().longValue() == Staff.amount(5)).count()).isEqualTo(1);
        assertThat(requests()).isEqualTo(7);
    }

    @Test
    void anotherFileWithTheSameIdsPaysOnlyTheOthers() {
        payroll.takes(file, staff.people(3));
        payroll.result(run);

        payroll.takes(late + ".csv", List.of(staff.person(2), staff.person(3), staff.person(4)));
        Account second = payroll.result(late);

        assertThat(second.ids(PAID)).containsExactly("E004");
        assertThat(second.invalid()).containsOnlyKeys(2, 3);
        assertThat(second.invalid().get(2)).startsWith("id: is paid by " + file + "; ");
        assertThat(requests()).isEqualTo(4);
    }

    @Test
    void badLinesAreNamedAndStopNobodyElse() {
        payroll.takes(file, List.of(staff.person(1), "E002,Wanjiru,0712,12.50,x", "E001,Otieno,0722000003,500,Salary", "E004,Akinyi",
                staff.person(5)));
        Account result = payroll.result(run);

        assertThat(result.ids(PAID)).containsExactly("E001", "E005");
        assertThat(result.invalid()).containsOnlyKeys(3, 4, 5);
        assertThat(result.invalid().get(3)).contains("phone: must be a Kenyan mobile number; write it as",
                "amount: must be whole shillings from 10 to 250000; ", "reason: must have at least 2 characters");
        assertThat(result.invalid().get(4)).startsWith("id: is that of line 2, too; ");
        assertThat(result.invalid().get(5)).startsWith("has 2 columns instead of 5; ");
        assertThat(payroll.progress(run).path("invalid").asInt()).isEqualTo(3);
        assertThat(payroll.progress(run).path("problems")).hasSize(5)
                .anySatisfy(problem -> assertThat(problem.asText()).startsWith("line 4: id: is that of line 2, too; "));
    }

    @Test
    void whatWasNotSentIsSentAgain() {
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().spikeArrest());
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().quota());

        payroll.takes(file, staff.people(2));

        assertThat(payroll.result(run).with(PAID)).hasSize(2);
    }

    @Test
    void aGatewayThatTakesNothingLetsTheRunWait() {
        safaricom.results().always(ResultApi.B2C, ResultScript.succeeds().spikeArrest());
        payroll.takes(file, staff.people(3));
        Account waiting = payroll.account(run, account -> account.waiting() != null
                && account.waiting().startsWith("M-Pesa does not take requests: ") && account.with(SENDING).isEmpty());

        assertThat(waiting.with(UNSENT)).hasSize(3);

        safaricom.results().always(ResultApi.B2C, ResultScript.succeeds());
        safaricom.clock().advance(Duration.ofSeconds(2));
        assertThat(payroll.result(run).with(PAID)).hasSize(3);
    }

    @Test
    void aRefusedLineFailsAlone() {
        safaricom.results().forReceiver(staff.phone(2),
                ResultScript.succeeds().errorBeforeAccepting(400, "400.002.02", "Bad Request - Invalid PartyB"));

        payroll.takes(file, staff.people(3));

        Account result = payroll.result(run);
        assertThat(result.with(PAID)).hasSize(2);
        assertThat(result.row("E002").code()).isEqualTo("400.002.02");
        assertThat(result.row("E002").status()).isEqualTo(FAILED);
    }

    @Test
    void thePageShowsHowFarItHasGot() {
        fate(2, ResultScript.result(2040));
        payroll.takes(file, staff.people(3));
        payroll.result(run);

        assertThat(payroll.page("")).contains("<title>Payroll</title>");
        JsonNode progress = payroll.progress(run);
        assertThat(progress.path("state").asText()).isEqualTo("DONE");
        assertThat(progress.path("lines").path("shillings").asLong()).isEqualTo(3006);
        assertThat(progress.path("sent").path("lines").asLong()).isEqualTo(3);
        assertThat(progress.path("paid").path("shillings").asLong()).isEqualTo(2004);
        assertThat(progress.path("failed").path("lines").asLong()).isEqualTo(1);
        assertThat(progress.path("unknown").path("lines").asLong()).isZero();
        assertThat(progress.path("unsent").path("lines").asLong()).isZero();
        assertThat(progress.toString()).doesNotContain("Person", staff.phone(1).substring(3, 8));
    }

    @Test
    void aFileThatNobodyCanReadIsRefusedWhole() {
        List<String> broken = new ArrayList<>(staff.people(700));
        broken.add("E999,Müller,0722000001,500,Salary");
        payroll.takes(file, new String(LocalPayroll.text(broken), StandardCharsets.UTF_8).getBytes(StandardCharsets.ISO_8859_1));
        payroll.takes("payroll-november.csv", staff.people(1));

        assertThat(payroll.refusal(file)).containsExactly("the file: it is not UTF-8; save it as \"CSV UTF-8\"");
        assertThat(payroll.refusal("payroll-november.csv")).singleElement().asString()
                .startsWith("the file: its name must tell the month");
        assertThat(payroll.progress(run)).isNull();
        assertThat(requests()).isZero();
    }

    private void fate(int person, ResultScript script) {
        safaricom.results().forReceiver(staff.phone(person), script);
    }

    private void fateOnce(int person, ResultScript script) {
        safaricom.results().forReceiverOnce(staff.phone(person), script);
    }

    private List<Transfer> payouts() {
        List<Transfer> all = safaricom.books().transfers();
        return all.subList(payoutsBefore, all.size());
    }

    private long requests() {
        return safaricom.counters().count("b2c.received") - requestsBefore;
    }
}
