package io.github.cameldaraja.examples.chaos.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.examples.chaos.plan.Kind;
import io.github.cameldaraja.examples.chaos.plan.Payment;
import io.github.cameldaraja.examples.chaos.plan.Product;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.ResultScript;
import io.github.cameldaraja.simulator.Script;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The words that the simulator sends are understood for what they say about money. */
class WordsTest {

    private static final String ONE = "1111";
    private static final String OTHER = "2222";
    private static final Payment PUSH = payment(4, Kind.PUSH);
    private static final Payment PAYOUT = payment(5, Kind.PAYOUT);

    private static DarajaSimulator safaricom;

    private Merchant merchant;

    @BeforeAll
    static void start() {
        safaricom = DarajaSimulator.start();
    }

    @AfterAll
    static void stop() {
        safaricom.close();
    }

    @BeforeEach
    void open() throws Exception {
        safaricom.reset();
        safaricom.clock().freeze();
        safaricom.books().deposit(safaricom.credentials().shortCode(), "Utility Account", new BigDecimal(1_000));
        merchant = new Merchant(safaricom);
    }

    @AfterEach
    void close() {
        merchant.close();
    }

    private static Payment payment(int number, Kind kind) {
        return new Payment(number, kind, kind == Kind.PAYOUT ? Product.V3 : null, Payment.phone(number), 100, false, false);
    }

    @Test
    void aPushWasPaidOrNot() throws Exception {
        merchant.push(PUSH.phone(), 100, ONE);
        safaricom.faults().nextPush(Script.result(1032));
        merchant.push(Payment.phone(8), 100, OTHER);
        callbacks(2);

        assertThat(about(PUSH, ONE)).extracting(Answered::direction, Answered::paid, Answered::isTaken)
                .containsExactly(tuple(Direction.IN, true, true));
        assertThat(about(PUSH, OTHER)).extracting(Answered::direction, Answered::paid).containsExactly(tuple(Direction.IN, false));
        assertThat(about(PUSH, "3333")).isEmpty();
    }

    @Test
    void whatWasNotTakenIsNoWord() throws Exception {
        merchant.answerWith(503);
        merchant.push(PUSH.phone(), 100, ONE);
        callbacks(1);

        assertThat(about(PUSH, ONE)).isEmpty();
    }

    @Test
    void aPayoutWasPaidOrNot() throws Exception {
        merchant.payout(PAYOUT.phone(), 100, ONE);
        safaricom.results().next(ResultApi.B2C, ResultScript.result(8));
        merchant.payout(Payment.phone(9), 100, OTHER);
        callbacks(2);

        assertThat(about(PAYOUT, ONE)).extracting(Answered::direction, Answered::paid).containsExactly(tuple(Direction.OUT, true));
        assertThat(about(PAYOUT, OTHER)).extracting(Answered::direction, Answered::paid).containsExactly(tuple(Direction.OUT, false));
    }

    @Test
    void aTimeoutSaysNothing() throws Exception {
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().toldAsTimeout());
        merchant.payout(PAYOUT.phone(), 100, ONE);
        callbacks(1);

        assertThat(about(PAYOUT, ONE)).isEmpty();
    }

    @Test
    void aFailureInsideSaysNothing() throws Exception {
        safaricom.results().next(ResultApi.B2C, ResultScript.result(17));
        merchant.payout(PAYOUT.phone(), 100, ONE);
        callbacks(1);

        assertThat(about(PAYOUT, ONE)).isEmpty();
    }

    @Test
    void theAnswerToAQuestionSaysWhatItIsAbout() throws Exception {
        merchant.payout(PAYOUT.phone(), 100, "aaaa");
        callbacks(1);
        merchant.ask("aaaa", ONE);
        merchant.ask("bbbb", OTHER);
        callbacks(3);

        assertThat(about(PAYOUT, ONE)).extracting(Answered::direction, Answered::paid).containsExactly(tuple(Direction.OUT, true));
        assertThat(about(PAYOUT, OTHER)).as("a question that failed").isEmpty();
        assertThat(about(payment(7, Kind.RETURN), ONE)).as("of what is to be sent back").isEmpty();
    }

    @Test
    void aConfirmationNamesItsOrder() throws Exception {
        merchant.register();
        safaricom.c2b().pay(Payment.phone(6), safaricom.credentials().shortCode(), Payment.id(6), 100).join();
        callbacks(1);

        assertThat(about(payment(6, Kind.PAY_BILL))).extracting(Answered::direction, Answered::paid)
                .containsExactly(tuple(Direction.IN, true));
        assertThat(about(payment(2, Kind.PAY_BILL))).isEmpty();
    }

    @Test
    void requestsTellWhosePaymentAReferenceIs() throws Exception {
        merchant.push(PUSH.phone(), 100, ONE);
        merchant.payout(PAYOUT.phone(), 100, OTHER);
        String receipt = safaricom.c2b().pay(Payment.phone(7), safaricom.credentials().shortCode(), "R0000007", 100).join().receipt();
        merchant.giveBack(receipt, 100, "3333");
        Requests requests = new Requests(() -> safaricom.books().payments());
        safaricom.requests().forEach(requests);

        assertThat(requests.apply(ONE)).hasValue(4);
        assertThat(requests.apply(OTHER)).hasValue(5);
        assertThat(requests.apply("3333")).hasValue(7);
        assertThat(requests.apply("4444")).isEmpty();
    }

    private List<Answered> about(Payment payment, String... references) {
        Words words = new Words(() -> safaricom.results().requests());
        safaricom.callbacks().forEach(words);
        return words.about(payment, List.of(references));
    }

    private void callbacks(int count) {
        safaricom.clock().advance(Duration.ofMinutes(2));
        await().until(() -> safaricom.callbacks().size() == count);
    }
}
