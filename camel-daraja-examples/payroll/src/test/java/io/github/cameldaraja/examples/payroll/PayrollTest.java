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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
    private static final String STRANGER = "254722099999";

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
    void theBooksAgreeToTheShilling() {
        payroll.close();
        safaricom.books().verify();
        Map<String, BigDecimal> ours = new HashMap<>();
        for (String run : List.of(RUN, LATE)) {
            Account account = Account.read(folder, run);
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
        fateOnce(44, ResultScript.succeeds().resetBeforeAccepting());
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
        assertThat(result.ids(FAILED)).containsExactly("E007", "E013", "E031", "E066");
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
    }

    @Test
    void theSameFileAgainPaysNobodyTwice() {
        payroll.takes(FILE, people(10));
        payroll.result(RUN);

        payroll.takes(FILE, people(10));
        payroll.hasTakenIn(FILE);
        reopen(Map.of());
        payroll.takes(FILE, people(10));
        payroll.hasTakenIn(FILE);

        assertThat(payroll.result(RUN).with(PAID)).hasSize(10);
        assertThat(requests()).isEqualTo(10);
    }

    @Test
    void aCorrectedFilePaysOnlyWhatIsNew() {
        fateOnce(5, ResultScript.result(2040));
        payroll.takes(FILE, List.of(person(1), person(2), person(3), "E004,Bad,12,500,Salary", person(5)));
        Account first = payroll.result(RUN);
        assertThat(first.ids(FAILED)).containsExactly("E005");
        assertThat(first.invalid()).containsOnlyKeys(5);

        // an amount that is paid already, a line that is gone, one put right, one with another phone, a new one on top
        payroll.takes(FILE, List.of(person(6), person(1), person(2).replace(",1002,", ",9002,"), person(4),
                person(5).replace("0722000005", "0722000055")));
        Account second = payroll.account(RUN, account -> account.with(PAID).size() == 6);

        assertThat(second.rows()).extracting(Account.Row::id).containsExactlyInAnyOrder("E001", "E002", "E003", "E004", "E005", "E006");
        assertThat(second.row("E006").line()).isEqualTo(2);
        assertThat(second.invalid()).hasSize(1).containsKey(4);
        assertThat(second.invalid().get(4)).isEqualTo("phone or amount: is not what was sent to M-Pesa before, which is PAID; correct it"
                + " after it has failed, or write what is missing as a line with another id");
        assertThat(payouts()).hasSize(6);
        assertThat(payouts().stream().filter(payout -> payout.amount().longValue() == amount(5)).count()).isEqualTo(1);
        assertThat(requests()).isEqualTo(7);
    }

    @Test
    void anotherFileWithTheSameIdsPaysOnlyTheOthers() {
        payroll.takes(FILE, people(3));
        payroll.result(RUN);

        payroll.takes(LATE + ".csv", List.of(person(2), person(3), person(4)));
        Account late = payroll.result(LATE);

        assertThat(late.ids(PAID)).containsExactly("E004");
        assertThat(late.invalid()).containsOnlyKeys(2, 3);
        assertThat(late.invalid().get(2)).startsWith("id: is paid by payroll-2026-11.csv; ");
        assertThat(requests()).isEqualTo(4);
    }

    @Test
    void badLinesAreNamedAndStopNobodyElse() {
        payroll.takes(FILE, List.of(person(1), "E002,Wanjiru,0712,12.50,x", "E001,Otieno,0722000003,500,Salary", "E004,Akinyi",
                person(5)));
        Account result = payroll.result(RUN);

        assertThat(result.ids(PAID)).containsExactly("E001", "E005");
        assertThat(result.invalid()).containsOnlyKeys(3, 4, 5);
        assertThat(result.invalid().get(3)).contains("phone: must be a Kenyan mobile number; write it as",
                "amount: must be whole shillings from 10 to 250000; ", "reason: must have at least 2 characters");
        assertThat(result.invalid().get(4)).startsWith("id: is that of line 2, too; ");
        assertThat(result.invalid().get(5)).startsWith("has 2 columns instead of 5; ");
        assertThat(payroll.progress(RUN).path("invalid").asInt()).isEqualTo(3);
        assertThat(payroll.progress(RUN).path("problems")).hasSize(5)
                .anySatisfy(problem -> assertThat(problem.asText()).startsWith("line 4: id: is that of line 2, too; "));
    }

    @Test
    void nothingIsSentBeforeTheMoneyIsThere() {
        safaricom.reset();
        fund(2_500);

        payroll.takes(FILE, people(3));
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
        safaricom.reset();
        long total = IntStream.rangeClosed(1, 40).mapToLong(PayrollTest::amount).sum();
        fund(total);
        reopen(Map.of("payroll.perSecond", "10"));
        payroll.takes(FILE, people(40));
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
        reopen(Map.of("payroll.perSecond", "10"));

        payroll.takes(FILE, people(40));
        Account stopped = payroll.account(RUN, account -> account.stopped() != null && account.with(PENDING).isEmpty());

        assertThat(stopped.stopped()).startsWith("M-Pesa said 8006, ").contains("puts the file in again");
        assertThat(stopped.with(UNSENT)).hasSizeGreaterThan(10);
        assertThat(stopped.with(FAILED)).isEmpty();
    }

    @Test
    void whatWasNotSentIsSentAgain() {
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().spikeArrest());
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().quota());

        payroll.takes(FILE, people(2));

        assertThat(payroll.result(RUN).with(PAID)).hasSize(2);
    }

    @Test
    void aGatewayThatTakesNothingLetsTheRunWait() {
        safaricom.results().always(ResultApi.B2C, ResultScript.succeeds().spikeArrest());
        payroll.takes(FILE, people(3));
        Account waiting = payroll.account(RUN, account -> account.waiting() != null
                && account.waiting().startsWith("M-Pesa does not take requests: ") && account.with(SENDING).isEmpty());

        assertThat(waiting.with(UNSENT)).hasSize(3);

        safaricom.results().always(ResultApi.B2C, ResultScript.succeeds());
        safaricom.clock().advance(Duration.ofSeconds(2));
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
    void whatAnEarlierProcessLeftIsPaidOnce() {
        safaricom.results().always(ResultApi.B2C, ResultScript.succeeds().lostCallback());
        fate(2, ResultScript.succeeds().resetAfterAccepting().lostCallback());
        fate(3, ResultScript.result(2040).lostCallback());
        payroll.takes(FILE, people(4));
        payroll.account(RUN, account -> account.with(PENDING).size() == 3 && account.with(UNKNOWN).size() == 1);

        reopen(Map.of());
        safaricom.clock().speed(30);

        Account result = payroll.result(RUN);
        assertThat(result.ids(PAID)).containsExactly("E001", "E002", "E004");
        assertThat(result.ids(FAILED)).containsExactly("E003");
    }

    @Test
    void aRunThatWasInterruptedGoesOn() {
        reopen(Map.of("payroll.perSecond", "5"));
        payroll.takes(FILE, people(30));
        payroll.account(RUN, account -> !account.with(PAID).isEmpty());
        JsonNode progress = payroll.progress(RUN);
        assertThat(progress.path("state").asText()).isEqualTo("RUNNING");
        assertThat(progress.path("perSecond").asDouble()).isBetween(0.5, 10.0);
        assertThat(progress.path("end").asText()).isNotEmpty();

        reopen(Map.of());

        assertThat(payroll.result(RUN).with(PAID)).hasSize(30);
        assertThat(requests()).isEqualTo(30);
    }

    @Test
    void whatTheFileAsksForNoMoreIsNotSent() {
        reopen(Map.of("payroll.perSecond", "2"));
        payroll.takes(FILE, people(20));
        payroll.account(RUN, account -> !account.with(PAID).isEmpty());
        payroll.takes(FILE, people(1));

        Account result = payroll.result(RUN);
        assertThat(result.with(WITHDRAWN)).hasSizeGreaterThan(5);
        assertThat(result.with(PAID).size() + result.with(WITHDRAWN).size()).isEqualTo(20);
    }

    @Test
    void thePageShowsHowFarItHasGot() {
        fate(2, ResultScript.result(2040));
        payroll.takes(FILE, people(3));
        payroll.result(RUN);

        assertThat(payroll.page("")).contains("<title>Payroll</title>");
        JsonNode progress = payroll.progress(RUN);
        assertThat(progress.path("state").asText()).isEqualTo("DONE");
        assertThat(progress.path("lines").path("shillings").asLong()).isEqualTo(3006);
        assertThat(progress.path("sent").path("lines").asLong()).isEqualTo(3);
        assertThat(progress.path("paid").path("shillings").asLong()).isEqualTo(2004);
        assertThat(progress.path("failed").path("lines").asLong()).isEqualTo(1);
        assertThat(progress.path("unknown").path("lines").asLong()).isZero();
        assertThat(progress.path("unsent").path("lines").asLong()).isZero();
        assertThat(progress.toString()).doesNotContain("Person", "72200");
    }

    @Test
    void aRunWhoseStateIsLostIsRefused() throws IOException {
        payroll.takes(FILE, people(3));
        payroll.result(RUN);
        payroll.close();
        try (Stream<Path> files = Files.list(folder.resolve("state"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }

        payroll = LocalPayroll.open(safaricom, dsl, folder, Map.of());
        payroll.takes(FILE, people(3));

        assertThat(payroll.refusal(FILE)).singleElement().asString().startsWith("the file: it was begun before, but the table");
        assertThat(requests()).isEqualTo(3);
    }

    @Test
    void aFileThatNobodyCanReadIsRefusedWhole() {
        List<String> broken = new ArrayList<>(people(700));
        broken.add("E999,Müller,0722000001,500,Salary");
        payroll.takes(FILE, new String(LocalPayroll.text(broken), StandardCharsets.UTF_8).getBytes(StandardCharsets.ISO_8859_1));
        payroll.takes("payroll-november.csv", people(1));

        assertThat(payroll.refusal(FILE)).containsExactly("the file: it is not UTF-8; save it as \"CSV UTF-8\"");
        assertThat(payroll.refusal("payroll-november.csv")).singleElement().asString()
                .startsWith("the file: its name must tell the month");
        assertThat(payroll.progress(RUN)).isNull();
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

    private void fateOnce(int person, ResultScript script) {
        safaricom.results().forReceiverOnce(phone(person), script);
    }

    private List<Transfer> payouts() {
        return safaricom.books().transfers().stream().filter(transfer -> !transfer.to().equals(STRANGER)).toList();
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
