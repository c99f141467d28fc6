package io.github.cameldaraja.examples.paybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.simulator.ConfirmationScript;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.PhonePayment;
import io.github.cameldaraja.simulator.RequestFault;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.simulator.junit5.DarajaSimulatorExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom the pay bill lets pay, and what it credits, with the routes in Java and in YAML. */
@ParameterizedClass
@MethodSource("io.github.cameldaraja.examples.paybill.Dsls#tested")
class PaybillTest {

    @RegisterExtension
    static final DarajaSimulatorExtension SAFARICOM = new DarajaSimulatorExtension(
            SimulatorSettings.defaults().withValidation(true).withAnswerDelay(Duration.ofMillis(50))
                    .withConfirmationDelay(Duration.ofMillis(50)));

    private static final String AMINA = "254722000001";
    // older than what Pull leaves to the confirmations
    private static final Duration UNTIL_PULLED = Duration.ofMinutes(3);

    private final DarajaSimulator safaricom = SAFARICOM.simulator();
    private final String database = "paybill-" + UUID.randomUUID();

    @Parameter
    PaybillApp.Dsl dsl;

    private LocalPaybill paybill;

    @BeforeEach
    void open() {
        paybill = LocalPaybill.open(safaricom, dsl, database);
    }

    @AfterEach
    void close() {
        paybill.close();
    }

    @ParameterizedTest
    @ValueSource(strings = { "INV7", " inv #7" })
    void aWelcomePaymentIsCredited(String typed) {
        PhonePayment paid = paybill.isPaid(AMINA, typed, 50).join();

        assertThat(paid.paid()).isTrue();
        paybill.agreesWithSafaricom();
        assertThat(paybill.balance("INV7")).isEqualByComparingTo("50");
        assertThat(paybill.book().payments()).singleElement().satisfies(payment -> {
            assertThat(payment.receipt()).isEqualTo(paid.receipt());
            assertThat(payment.source()).isEqualTo("CONFIRMATION");
            // what we said when we were asked has come back
            assertThat(payment.validation()).matches("V[0-9a-f]{15}");
            assertThat(payment.paidAt()).isNotNull();
        });
        assertThat(safaricom.counters().count("c2b.validations")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({ "INV8,100,C2B00012", "inv 7,49,C2B00013", "INV7,5001,C2B00013" })
    void anUnwelcomePaymentIsRefusedAndNobodyCharged(String typed, long amount, String code) {
        long before = safaricom.books().customerBalance(AMINA);

        PhonePayment refused = paybill.isPaid(AMINA, typed, amount).join();

        assertThat(refused.outcome()).isEqualTo(PhonePayment.Outcome.REFUSED);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(safaricom.books().customerBalance(AMINA)).isEqualTo(before);
        assertThat(safaricom.books().entries()).isEmpty();
        paybill.agreesWithSafaricom();
    }

    @Test
    void aLostConfirmationIsPulled() {
        safaricom.c2b().nextConfirmation(ConfirmationScript.usual().lost());
        String receipt = paybill.isPaid(AMINA, "INV7", 75).join().receipt();

        safaricom.clock().advance(UNTIL_PULLED);

        paybill.agreesWithSafaricom();
        assertThat(paybill.balance("INV7")).isEqualByComparingTo("75");
        assertThat(paybill.book().payments()).singleElement()
                .satisfies(payment -> assertThat(payment.source()).isEqualTo("PULL"));

        // and then it comes after all
        assertThat(safaricom.c2b().resend(receipt).join()).isEqualTo(200);
        staysAsItIs();
        assertThat(paybill.balance("INV7")).isEqualByComparingTo("75");
    }

    @Test
    void aConfirmationThatComesTwiceIsCreditedOnce() {
        safaricom.c2b().nextConfirmation(ConfirmationScript.usual().duplicate());
        String receipt = paybill.isPaid(AMINA, "INV7", 75).join().receipt();
        confirmationsAreIn(2);
        safaricom.c2b().resend(receipt).join();

        paybill.agreesWithSafaricom();
        staysAsItIs();
        assertThat(paybill.balance("INV7")).isEqualByComparingTo("75");
    }

    @Test
    void aConfirmationAfterThePullIsCreditedOnce() {
        safaricom.clock().freeze();
        safaricom.c2b().nextConfirmation(ConfirmationScript.usual().after(Duration.ofMinutes(10)));
        paybill.isPaid(AMINA, "INV7", 75).join();
        safaricom.clock().advance(UNTIL_PULLED);
        paybill.agreesWithSafaricom();
        assertThat(safaricom.counters().count("c2b.confirmations")).isZero();

        safaricom.clock().advance(Duration.ofMinutes(10));
        confirmationsAreIn(1);

        staysAsItIs();
        assertThat(paybill.balance("INV7")).isEqualByComparingTo("75");
    }

    @Test
    void withoutTheValidationRouteTheRegisteredDefaultHolds() throws Exception {
        paybill.stops("validation");

        PhonePayment paid = paybill.isPaid(AMINA, "INV7", 60).join();
        PhonePayment unknown = paybill.isPaid(AMINA, "INV8", 70).join();

        assertThat(paid.paid()).isTrue();
        assertThat(unknown.paid()).isTrue();
        paybill.agreesWithSafaricom();
        assertThat(paybill.balance("INV7")).isEqualByComparingTo("60");
        assertThat(paybill.book().suspense()).singleElement()
                .satisfies(payment -> assertThat(payment.receipt()).isEqualTo(unknown.receipt()));
    }

    @Test
    void aValidationThatIsLateSaysYes() throws Exception {
        safaricom.clock().freeze();
        try (Connection onlyOne = paybill.onlyConnection()) {
            Instant asked = safaricom.clock().instant();
            CompletableFuture<PhonePayment> payment = paybill.isPaid(AMINA, "INV7", 60);
            await().until(() -> paybill.isBusy("validation"));
            // our own limit of 5 s ends before Safaricom's of 8 s, however long the answer is on its way
            await().until(() -> {
                if (safaricom.clock().instant().isBefore(asked.plusSeconds(7))) {
                    safaricom.clock().advance(Duration.ofMillis(500));
                }
                return payment.isDone();
            });
            assertThat(payment.join().paid()).isTrue();
            assertThat(safaricom.counters().count("c2b.validationTimeouts")).isZero();
        }
        safaricom.clock().resume();

        paybill.agreesWithSafaricom();
        assertThat(paybill.balance("INV7")).isEqualByComparingTo("60");
    }

    @Test
    void whatCannotBeBookedIsToldAgain() throws Exception {
        execute("alter table account rename to elsewhere");
        PhonePayment paid = paybill.isPaid(AMINA, "INV7", 60).join();
        assertThat(paid.paid()).as("the default answer").isTrue();
        confirmationsAreIn(1);
        assertThat(paybill.book().payments()).isEmpty();

        execute("alter table elsewhere rename to account");
        safaricom.clock().advance(Duration.ofMinutes(1));

        paybill.agreesWithSafaricom();
        assertThat(paybill.balance("INV7")).isEqualByComparingTo("60");
    }

    @Test
    void aPaymentToNoAccountWaitsInSuspense() {
        safaricom.c2b().validation(safaricom.credentials().shortCode(), false);
        String receipt = paybill.isPaid(AMINA, "0722 000 001", 80).join().receipt();

        paybill.agreesWithSafaricom();
        LocalPaybill.Page suspense = paybill.looksAt("/suspense");
        assertThat(suspense.status()).isEqualTo(200);
        assertThat(suspense.json()).hasSize(1);
        assertThat(suspense.json().get(0).path("receipt").asText()).isEqualTo(receipt);
        assertThat(suspense.json().get(0).path("typed").asText()).isEqualTo("0722 000 001");
        assertThat(paybill.posts("/suspense/" + receipt + "/inv8", "").status()).isEqualTo(404);
        assertThat(paybill.posts("/suspense/" + receipt + "/inv7", "").status()).isEqualTo(200);
        assertThat(paybill.posts("/suspense/" + receipt + "/inv7", "").status()).isEqualTo(404);
        assertThat(paybill.looksAt("/suspense").json()).isEmpty();
        assertThat(paybill.balance("INV7")).isEqualByComparingTo("80");
        paybill.agreesWithSafaricom();
    }

    @Test
    void aPushWhoseConfirmationComesAsWellIsCreditedOnce() {
        LocalPaybill.Page asked = prompts("P1", "inv 7", 90);
        assertThat(asked.status()).isEqualTo(202);
        assertThat(asked.json().path("status").asText()).isEqualTo("PENDING");

        paybill.agreesWithSafaricom();
        confirmationsAreIn(1);
        staysAsItIs();
        assertThat(paybill.balance("INV7")).isEqualByComparingTo("90");
        assertThat(paybill.book().payments()).singleElement()
                .satisfies(payment -> assertThat(payment.reference()).isEqualTo(asked.json().path("reference").asText()));
    }

    @Test
    void aPromptThatIsSentAgainTellsHowItEnded() {
        LocalPaybill.Page asked = prompts("P1", "INV7", 90);
        paybill.agreesWithSafaricom();

        LocalPaybill.Page again = prompts("P1", "INV7", 90);

        assertThat(again.json().path("status").asText()).isEqualTo("COMPLETED");
        assertThat(again.json().path("reference").asText()).isEqualTo(asked.json().path("reference").asText());
        assertThat(safaricom.counters().pushes()).isEqualTo(1);
    }

    @Test
    void aPushWhoseConfirmationComesFirstIsCreditedOnce() {
        safaricom.c2b().nextConfirmation(ConfirmationScript.usual().first());
        LocalPaybill.Page asked = prompts("P1", "INV7", 90);

        paybill.agreesWithSafaricom();
        staysAsItIs();
        assertThat(paybill.balance("INV7")).isEqualByComparingTo("90");
        assertThat(paybill.book().payments()).singleElement()
                .satisfies(payment -> assertThat(payment.reference()).isEqualTo(asked.json().path("reference").asText()));
    }

    @Test
    void aPushWhoseCallbackIsLostIsCreditedByItsConfirmation() {
        safaricom.faults().nextPush(Script.pays().lostCallback());
        prompts("P1", "INV7", 90);
        confirmationsAreIn(1);

        // the component asks, which brings no receipt, and then believes the confirmation
        safaricom.clock().advance(Duration.ofMinutes(1));

        paybill.agreesWithSafaricom();
        staysAsItIs();
        assertThat(paybill.balance("INV7")).isEqualByComparingTo("90");
    }

    @Test
    void aPushThatTellsNothingAtAllIsPulled() {
        safaricom.faults().nextPush(Script.pays().lostCallback());
        safaricom.c2b().nextConfirmation(ConfirmationScript.usual().lost());
        prompts("P1", "INV7", 90);
        await().until(() -> safaricom.books().entries().size() == 1);

        safaricom.clock().advance(UNTIL_PULLED);
        // for the merge of row and push
        await().untilAsserted(() -> {
            safaricom.clock().advance(Duration.ofMinutes(1));
            assertThat(paybill.book().payments()).hasSize(1);
        });

        paybill.agreesWithSafaricom();
        staysAsItIs();
        assertThat(paybill.balance("INV7")).isEqualByComparingTo("90");
    }

    @Test
    void aPromptIsAskedOnceAndOnlyForAnAccount() {
        safaricom.faults().nextPush(Script.result(1032));
        assertThat(prompts("P1", "INV7", 90).status()).isEqualTo(202);
        await().until(() -> prompts("P1", "INV7", 90).json().path("status").asText().equals("CANCELLED"));
        LocalPaybill.Page refused = prompts("P2", "INV8", 90);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("status").asText()).isEqualTo("REFUSED");
        assertThat(refused.json().path("reason").asText()).startsWith("account: does not exist");
        assertThat(paybill.posts("/prompts", "{").status()).isEqualTo(400);
        assertThat(safaricom.counters().pushes()).isEqualTo(1);
        paybill.agreesWithSafaricom();
    }

    @Test
    void aRestartCreditsWhatWasMissedAndNothingTwice() {
        paybill.isPaid(AMINA, "INV7", 50).join();
        prompts("P1", "HOUSE12B", 2000);
        await().until(() -> paybill.book().payments().size() == 2);
        paybill.close();
        // nobody is there to be asked, or told
        safaricom.c2b().validation(safaricom.credentials().shortCode(), false);
        paybill.isPaid(AMINA, "INV7", 60).join();

        paybill = LocalPaybill.open(safaricom, dsl, database);
        safaricom.clock().advance(UNTIL_PULLED);

        paybill.agreesWithSafaricom();
        staysAsItIs();
        assertThat(paybill.balance("INV7")).isEqualByComparingTo("110");
        assertThat(paybill.balance("HOUSE12B")).isEqualByComparingTo("2000");
    }

    @Test
    void aRegistrationThatFailsIsRepeated() {
        paybill.close();
        safaricom.c2b().nextRegistration(RequestFault.SPIKE_ARREST);
        safaricom.pull().nextRegistration(RequestFault.RESET_AFTER);

        paybill = LocalPaybill.open(safaricom, dsl, database);

        assertThat(paybill.isPaid(AMINA, "INV7", 50).join().paid()).isTrue();
        paybill.agreesWithSafaricom();
    }

    @Test
    void whoIsRegisteredOnceMayStartAgain() {
        try (DarajaSimulator production = DarajaSimulator.start(SimulatorSettings.defaults().withRegisterOnce(true))) {
            int port = LocalPaybill.freePort();
            LocalPaybill.open(production, dsl, database, port).close();
            try (LocalPaybill again = LocalPaybill.open(production, dsl, database, port)) {
                assertThat(again.isPaid(AMINA, "INV7", 50).join().paid()).isTrue();
                again.agreesWithSafaricom();
            }
        }
    }

    @Test
    void balancesCanBeLookedAt() {
        paybill.isPaid(AMINA, "METER 0042", 123).join();
        paybill.agreesWithSafaricom();

        LocalPaybill.Page accounts = paybill.looksAt("/accounts");

        assertThat(accounts.status()).isEqualTo(200);
        assertThat(accounts.json()).hasSize(3);
        assertThat(accounts.json().get(2).path("balance").asInt()).isEqualTo(123);
    }

    private LocalPaybill.Page prompts(String id, String account, int amount) {
        return paybill.posts("/prompts", "{\"id\": \"%s\", \"account\": \"%s\", \"phone\": \"0722000001\", \"amount\": %d}"
                .formatted(id, account, amount));
    }

    // told, and answered
    private void confirmationsAreIn(int number) {
        await().until(() -> safaricom.callbacks().stream().filter(callback -> callback.body().contains("\"OrgAccountBalance\":\"")
                && !callback.body().contains("\"OrgAccountBalance\":\"\"") && callback.status() == 200).count() == number);
    }

    // lets everybody have their say once more: what waits in the component, and several looks of Pull
    private void staysAsItIs() {
        int looks = safaricom.counters().count("pull.queries");
        safaricom.clock().advance(Duration.ofMinutes(10));
        await().until(() -> safaricom.counters().count("pull.queries") > looks + 2);
        paybill.agreesWithSafaricom();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = paybill.database(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
