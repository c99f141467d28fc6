package io.github.cameldaraja.examples.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.simulator.ConfirmationScript;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.Prompt;
import io.github.cameldaraja.simulator.RecordedCallback;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.simulator.SimulatorSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What credits a wallet, with the routes in Java and in YAML. One program serves all tests, each with a customer of its own, and
 * after each the books agree.
 */
@ParameterizedClass
@MethodSource("io.github.cameldaraja.examples.wallet.Dsls#tested")
class WalletTest {

    // older than what Pull leaves to the confirmations
    private static final Duration UNTIL_PULLED = Duration.ofMinutes(3);
    private static final int CLICKS = 32;

    @TempDir
    private static Path data;
    private static DarajaSimulator safaricom;
    private static LocalWallet wallet;
    private static int customers;

    private final String order = UUID.randomUUID().toString();
    private String phone;

    WalletTest(WalletApp.Dsl dsl) {
    }

    @BeforeParameterizedClassInvocation
    static void open(WalletApp.Dsl dsl) {
        safaricom = DarajaSimulator.start(SimulatorSettings.defaults().withAnswerDelay(Duration.ofMillis(50))
                .withConfirmationDelay(Duration.ofMillis(50)));
        wallet = LocalWallet.open(safaricom, dsl, data.resolve(dsl.name()));
    }

    @AfterParameterizedClassInvocation
    static void close() {
        try (DarajaSimulator closing = safaricom; LocalWallet closed = wallet) {
            assertThat(closed.wallets().entries()).hasSameSizeAs(closing.books().entries());
            assertThat(closed.database().queryForList("select distinct state from daraja_delivery", String.class))
                    .containsExactly("DELIVERED");
        }
    }

    @BeforeEach
    void aNewCustomer() {
        phone = "2547221%05d".formatted(++customers);
    }

    @AfterEach
    void theBooksAgreeAndStaySo() {
        safaricom.clock().resume();
        wallet.catchesUp();
    }

    @Test
    void anAcknowledgementIsNoPayment() {
        safaricom.faults().forPhoneOnce(phone, Script.pays().offeredToHandset());
        CustomersApp.Page asked = topsUp(250);

        assertThat(asked.http()).isEqualTo(202);
        assertThat(asked.status()).isEqualTo("PENDING");
        assertThat(asked.reference()).isNotBlank();
        assertThat(wallet.app().looksAt(phone).http()).isEqualTo(404);

        enterPin();
        isCredited(250);
        CustomersApp.Page page = wallet.app().looksAt("0" + phone.substring(3));
        assertThat(page.http()).isEqualTo(200);
        assertThat(page.json().path("phone").asText()).isEqualTo(phone);
        assertThat(page.json().path("balance").asInt()).isEqualTo(250);
        assertThat(page.json().path("entries")).singleElement().satisfies(entry -> {
            assertThat(entry.path("reference").asText()).isEqualTo(asked.reference());
            assertThat(entry.path("receipt").asText()).isEqualTo(receipt());
            assertThat(entry.path("source").asText()).isEqualTo("CALLBACK");
        });
    }

    @Test
    void whoDoesNotPayIsNotCredited() {
        safaricom.faults().forPhoneOnce(phone, Script.result(1032));
        String reference = topsUp(250).reference();

        await().until(() -> topsUp(250).http() == 200);
        CustomersApp.Page again = topsUp(250);
        assertThat(again.status()).isEqualTo("CANCELLED");
        assertThat(again.reason()).isEqualTo("Request cancelled by user");
        assertThat(again.reference()).isEqualTo(reference);
        assertThat(wallet.entries(phone)).isEmpty();
        assertThat(safaricom.counters().prompts(phone)).isEqualTo(1);
    }

    @Test
    void repeatedCallbacksAndConfirmationsCreditOnce() {
        safaricom.faults().forPhoneOnce(phone, Script.pays().callbackTimes(5));
        safaricom.c2b().confirmationsFor(phone, ConfirmationScript.usual().times(3));
        topsUp(250);

        await().until(() -> callbacks(receipt()).size() == 8);
        safaricom.resend(payment().checkoutRequestId()).join();
        safaricom.c2b().resend(receipt()).join();
        isCredited(250);
    }

    @Test
    void aLateCallbackCredits() {
        safaricom.faults().forPhoneOnce(phone, Script.pays().callbackAfter(Duration.ofMinutes(8)));
        safaricom.c2b().confirmationsFor(phone, ConfirmationScript.usual().lost());
        topsUp(250);
        await().until(() -> payment() != null);

        safaricom.clock().advance(Duration.ofMinutes(9));
        isCredited(250);
    }

    @Test
    void aLostCallbackIsReplacedByTheConfirmation() {
        safaricom.faults().forPhoneOnce(phone, Script.pays().lostCallback());
        topsUp(250);
        await().until(() -> callbacks(receipt()).size() == 1);

        // the component waits for the callback, then asks, and believes the confirmation
        safaricom.clock().advance(Duration.ofMinutes(1));
        isCredited(250);
    }

    @Test
    void aReceiptThatComesLaterCreditsNothingMore() {
        safaricom.faults().forPhoneOnce(phone, Script.pays().lostCallback());
        safaricom.c2b().confirmationsFor(phone, ConfirmationScript.usual().lost());
        topsUp(250);
        await().until(() -> payment() != null);

        // the answer to a question has no receipt
        safaricom.clock().advance(Duration.ofSeconds(30));
        isCredited(250);
        assertThat(wallet.entries(phone)).singleElement().satisfies(entry -> {
            assertThat(entry.source()).isEqualTo("QUERY");
            assertThat(entry.receipt()).isNull();
        });
        wallet.sumsAgree();

        safaricom.clock().advance(UNTIL_PULLED);
        await().untilAsserted(() -> {
            // for the merge of row and push
            safaricom.clock().advance(Duration.ofMinutes(1));
            assertThat(wallet.entries(phone).get(0).receipt()).isEqualTo(receipt());
        });
        isCredited(250);
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void aFailureThatIsCorrectedCreditsOnce(boolean confirmed) {
        safaricom.faults().forPhoneOnce(phone, Script.pays().contradictingFirst("1032"));
        safaricom.c2b().confirmationsFor(phone, confirmed ? ConfirmationScript.usual() : ConfirmationScript.usual().lost());
        topsUp(250);

        isCredited(250);
    }

    @Test
    void aLostAcknowledgementIsNotSentAgain() {
        safaricom.faults().forPhoneOnce(phone, Script.pays().offeredToHandset().resetAfterAccepting());
        CustomersApp.Page asked = topsUp(250);
        CustomersApp.Page again = topsUp(250);

        assertThat(asked.http()).isEqualTo(202);
        assertThat(asked.status()).isEqualTo("UNKNOWN");
        assertThat(again.status()).isEqualTo("UNKNOWN");
        assertThat(again.reference()).isEqualTo(asked.reference()).isNotBlank();
        enterPin();
        isCredited(250);
        assertThat(topsUp(250).status()).isEqualTo("COMPLETED");
        assertThat(safaricom.counters().prompts(phone)).isEqualTo(1);
    }

    @Test
    void whatWasNotTakenMayBeSentAgain() {
        safaricom.faults().forPhoneOnce(phone, Script.pays().spikeArrest());
        CustomersApp.Page refused = topsUp(250);

        assertThat(refused.http()).isEqualTo(503);
        assertThat(refused.status()).isEqualTo("REFUSED");
        assertThat(topsUp(250).http()).isEqualTo(202);
        isCredited(250);
    }

    @Test
    void anOrderIsAskedForOnce() {
        String reference = topsUp(250).reference();
        isCredited(250);

        assertThat(topsUp(250).reference()).isEqualTo(reference);
        assertThat(topsUp(251).http()).isEqualTo(400);
        CustomersApp.Page another = wallet.app().topsUp("254722200001", order, 250);
        assertThat(another.http()).isEqualTo(400);
        assertThat(another.reason()).contains("the idempotency key was used before for another amount, party");
        assertThat(safaricom.counters().prompts(phone)).isEqualTo(1);
        isCredited(250);
    }

    @Test
    void impatientClicksPayOnce() {
        List<CompletableFuture<CustomersApp.Page>> clicks = IntStream.range(0, CLICKS)
                .mapToObj(click -> wallet.app().sends(phone, order, 250)).toList();

        assertThat(clicks).allSatisfy(click -> assertThat(click.join().status()).isIn("PENDING", "COMPLETED"));
        assertThat(clicks.stream().map(click -> click.join().reference()).distinct()).hasSize(1);
        isCredited(250);
        assertThat(safaricom.counters().prompts(phone)).isEqualTo(1);
    }

    @Test
    void everyTopUpCounts() {
        for (int amount = 1; amount <= 5; amount++) {
            wallet.app().topsUp(phone, order + amount, amount);
            int so = amount;
            await().until(() -> wallet.entries(phone).size() == so);
        }
        assertThat(wallet.balance(phone)).isEqualByComparingTo("15");
    }

    @ParameterizedTest
    @ValueSource(strings = { "254%s", "0%s", " +254 %s" })
    void whoPaysByHandIsCredited(String typed) {
        safaricom.c2b().confirmationsFor(phone, ConfirmationScript.usual().times(2));
        String receipt = wallet.isPaid(phone, typed.formatted(phone.substring(3)), 80).join().receipt();

        isCredited(80);
        await().until(() -> callbacks(receipt).size() == 2);
        safaricom.c2b().resend(receipt).join();
        isCredited(80);
    }

    @Test
    void aFriendMayPayByHand() {
        wallet.isPaid("254722300001", phone, 80).join();

        isCredited(80);
        assertThat(wallet.entries("254722300001")).isEmpty();
    }

    @Test
    void aPaymentByHandOfWhichNobodyIsToldIsPulled() {
        safaricom.c2b().confirmationsFor(phone, ConfirmationScript.usual().lost());
        String receipt = wallet.isPaid(phone, phone, 80).join().receipt();
        assertThat(wallet.entries(phone)).isEmpty();

        safaricom.clock().advance(UNTIL_PULLED);
        isCredited(80);
        assertThat(safaricom.c2b().resend(receipt).join()).isEqualTo(200);
    }

    @Test
    void moneyForNoWalletIsKept() {
        String receipt = wallet.isPaid(phone, "rent, May", 80).join().receipt();

        await().untilAsserted(() -> assertThat(wallet.wallets().entries()).filteredOn(entry -> receipt.equals(entry.receipt()))
                .singleElement().satisfies(entry -> assertThat(entry.wallet()).isNull()));
        assertThat(wallet.app().looksAt(phone).http()).isEqualTo(404);
    }

    // nothing tells the two apart, but there are two receipts
    @Test
    void whoAnswersThePromptAndPaysByHandIsCreditedTwice() {
        safaricom.clock().freeze();
        safaricom.faults().forPhoneOnce(phone, Script.pays().offeredToHandset());
        topsUp(300);
        wallet.isPaid(phone, phone, 300).join();
        safaricom.clock().advance(Duration.ofSeconds(1));
        await().until(() -> callbacks("\"BillRefNumber\":\"" + phone).size() == 1);
        assertThat(wallet.entries(phone)).isEmpty();

        // longer than a confirmation waits for the callback
        safaricom.clock().advance(Duration.ofSeconds(35));
        isCredited(300);
        enterPin();
        safaricom.clock().advance(Duration.ofSeconds(1));
        await().untilAsserted(() -> assertThat(wallet.balance(phone)).isEqualByComparingTo("600"));
    }

    @Test
    void aRouteThatFailsHalfwayLeavesNothingBehindAndIsToldAgain() {
        wallet.database().execute("alter table entry add constraint broken check (amount <> 77)");
        topsUp(77);
        // the balance was written, the entry could not be
        await().until(() -> attempts() > 1);
        assertThat(wallet.wallets().find(phone)).isNull();

        wallet.database().execute("alter table entry drop constraint broken");
        safaricom.clock().advance(Duration.ofMinutes(1));
        isCredited(77);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"orderId": "A1"}                 | Amount: is missing
            {"orderId": "A1", "amount": 12.5} | Amount: must be whole shillings from 1 to 250000
            {"orderId": "A1", "amount": 0}    | Amount: must be whole shillings from 1 to 250000
            {"orderId": "", "amount": 10}     | orderId: is missing; choose one for each top-up
            {"amount": 10}                    | orderId: is missing; choose one for each top-up
            {"order": 1, "amount": 10}        | body: is not what was expected; send JSON such as
            null                              | body: is missing; send JSON such as
            {                                 | body: is not what was expected; send JSON such as
            """)
    void badInputIsRefused(String body, String sentence) {
        CustomersApp.Page refused = wallet.app().posts(phone, body).join();

        assertThat(refused.http()).isEqualTo(400);
        assertThat(refused.status()).isEqualTo("REFUSED");
        assertThat(refused.reason()).startsWith(sentence);
        assertThat(safaricom.counters().prompts(phone)).isZero();
    }

    @Test
    void aWalletIsAPhone() {
        CustomersApp.Page refused = wallet.app().topsUp("42", order, 10);

        assertThat(refused.http()).isEqualTo(400);
        assertThat(refused.reason()).startsWith("phone: must be a Kenyan mobile number");
        assertThat(wallet.app().looksAt("42").http()).isEqualTo(404);
    }

    private CustomersApp.Page topsUp(int amount) {
        return wallet.app().topsUp(phone, order, amount);
    }

    private void isCredited(int amount) {
        await().untilAsserted(() -> assertThat(wallet.entries(phone)).hasSize(1));
        assertThat(wallet.balance(phone)).isEqualByComparingTo(String.valueOf(amount));
    }

    private void enterPin() {
        await().until(() -> !safaricom.handset().prompts(phone).isEmpty());
        Prompt prompt = safaricom.handset().prompts(phone).get(0);
        safaricom.handset().enterPin(prompt.checkoutRequestId(), "1234");
    }

    // this customer's one payment; null as long as there is none
    private LedgerEntry payment() {
        return safaricom.books().entries().stream().filter(entry -> entry.payerPhone().equals(phone)).findFirst().orElse(null);
    }

    private String receipt() {
        return payment() == null ? null : payment().receipt();
    }

    // that were answered
    private static List<RecordedCallback> callbacks(String about) {
        return safaricom.callbacks().stream().filter(callback -> about != null && callback.body().contains(about)
                && callback.status() == 200).toList();
    }

    private int attempts() {
        return wallet.database().queryForObject("select coalesce(max(attempt), 0) from daraja_delivery where state <> 'DELIVERED'",
                Integer.class);
    }
}
