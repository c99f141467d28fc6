package io.github.cameldaraja.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.DarajaConstants;
import io.github.cameldaraja.Shop;
import io.github.cameldaraja.api.B2c;
import io.github.cameldaraja.api.DarajaNotSentException;
import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.simulator.RecordedCallback;
import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.ResultScript;
import io.github.cameldaraja.simulator.Script;
import io.github.cameldaraja.transaction.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** A process ends at each line at which it hurts; another one goes on. */
abstract class CrashPoints extends CrashTest {

    private static final String PHONE = "254712345678";
    private static final String KEY = "order-1";
    private static final CompletableFuture<Void> NEVER = new CompletableFuture<>();

    /** What is asked for. Safaricom's callbacks come when a test says so. */
    enum Operation {
        STK("stkPush", "/stkpush/v1/", new StkPush.Request(PHONE, 100, "INV-1")),
        B2C("b2c", "/b2c/v3/", new B2c.Request(PHONE, 100)),
        BALANCE("accountBalance", "/accountbalance/v1/", null);

        private final String route;
        private final String path;
        private final Object body;

        Operation(String route, String path, Object body) {
            this.route = route;
            this.path = path;
            this.body = body;
        }
    }

    /** When the owner of a waiting exchange dies. */
    enum Moment { BEFORE_IT_GOES_ON, WHILE_IT_BOOKS, WHEN_IT_HAS_BOOKED }

    private CompletableFuture<Exchange> start(LivingNode node, Operation operation) {
        return start(node, operation, operation.route);
    }

    /** It waits for its outcome, once it has been sent. */
    private CompletableFuture<Exchange> startWaiting(LivingNode node, Operation operation) {
        CompletableFuture<Exchange> waiting = start(node, operation, operation.route + "-wait");
        await().until(() -> pending() == 1);
        return waiting;
    }

    private long pending() {
        return ground.count("select count(*) from daraja_payment where status = 'PENDING'");
    }

    private CompletableFuture<Exchange> start(LivingNode node, Operation operation, String route) {
        safaricom.faults().nextPush(Script.pays().lostCallback());
        safaricom.results().next(ResultApi.B2C, ResultScript.succeeds().lostCallback());
        safaricom.results().next(ResultApi.BALANCE, ResultScript.succeeds().lostCallback());
        return node.send(route, operation.body, KEY);
    }

    private int calledBack(Operation operation) {
        return operation == Operation.STK ? pushCalledBack() : resultCalledBack();
    }

    private int sent(Operation operation) {
        return requests(operation.path).size();
    }

    /** The same key once more, on that node: whatever is known, nothing is sent. */
    private void assertNotSentAgain(LivingNode node, Operation operation) {
        if (operation != Operation.BALANCE) {
            int before = sent(operation);
            CompletableFuture<Exchange> joining = start(node, operation);
            while (!joining.isDone()) {
                // it waits for whoever may just be sending
                pass(Duration.ofSeconds(6));
            }
            Exchange again = joining.join();
            assertThat(again.getException() instanceof DarajaOutcomeUnknownException
                    || Boolean.TRUE.equals(again.getMessage().getHeader(DarajaConstants.REPLAYED))).isTrue();
            assertThat(sent(operation)).isEqualTo(before);
        }
    }

    private void assertTold(Transaction payment, String... lines) {
        await().until(() -> books.told(payment.reference()).size() >= lines.length);
        nothingElseHappens();
        assertThat(books.told(payment.reference())).containsExactly(lines);
        assertThat(books.told()).hasSize(lines.length);
    }

    @Test
    void anIntentThatWasStoredAndNotSentIsNeverSent() {
        LivingNode first = node("first");
        first.doom().after("open");
        start(first, Operation.STK);
        first.death().join();

        LivingNode second = node("second");
        assertThat(onlyPayment(second).status()).isEqualTo(PaymentStatus.INITIATED);
        pass(LONGEST_SENDING);
        await().until(() -> onlyPayment(second).status() == PaymentStatus.UNKNOWN);
        assertNotSentAgain(second, Operation.STK);
        pass(Duration.ofHours(49));

        await().until(() -> onlyPayment(second).status() == PaymentStatus.UNRESOLVED);
        assertNotSentAgain(second, Operation.STK);
        assertThat(sent(Operation.STK)).isZero();
        assertTold(onlyPayment(second));
    }

    @Test
    void aPayoutThatWasStoredAndNotSentIsSentByWhoeverFindsIt() {
        LivingNode first = node("first");
        first.doom().after("open");
        start(first, Operation.B2C);
        first.death().join();
        assertThat(sent(Operation.B2C)).isZero();

        LivingNode second = node("second");
        pass(LONGEST_SENDING);
        await().until(() -> onlyPayment(second).status() == PaymentStatus.PENDING);
        assertThat(ownIds()).containsExactly(onlyPayment(second).ownId());
        pass(ASK_AFTER);

        await().until(() -> onlyPayment(second).status() == PaymentStatus.COMPLETED);
        assertPaidOnce(second);
        assertNotSentAgain(second, Operation.B2C);
        assertThat(sent(Operation.B2C)).isEqualTo(1);
    }

    // to Safaricom each is the same request, or a second payment
    private List<String> ownIds() {
        return requests(Operation.B2C.path).stream().map(request -> Shop.json(request.body()).get("OriginatorConversationID").asText())
                .toList();
    }

    private void assertPaidOnce(LivingNode node) {
        assertThat(safaricom.books().transfers()).hasSize(1);
        assertThat(onlyPayment(node).outcome().receiptNumber()).isEqualTo(safaricom.books().transfers().get(0).receipt());
        assertTold(onlyPayment(node), "second from: COMPLETED applied");
    }

    @Test
    void aQuestionThatWasStoredAndNotSentLeavesNoDebt() {
        LivingNode first = node("first");
        first.doom().after("open");
        start(first, Operation.BALANCE);
        first.death().join();

        LivingNode second = node("second");
        pass(Duration.ofMinutes(61));

        await().until(() -> onlyPayment(second).status() == PaymentStatus.FAILED);
        assertThat(onlyPayment(second).dueAt()).isNull();
        assertThat(sent(Operation.BALANCE)).isZero();
        assertTold(onlyPayment(second));
    }

    private LivingNode diesWhileSending(Operation operation, boolean answerRead) {
        LivingNode node = node("first");
        if (answerRead) {
            node.doom().before("update");
        } else {
            node.out().holdAnswerTo(operation.path, NEVER).thenRun(node::die);
        }
        start(node, operation);
        node.death().join();
        return node;
    }

    @ParameterizedTest
    @CsvSource({"STK, false", "STK, true", "B2C, false", "B2C, true", "BALANCE, false", "BALANCE, true"})
    void anAnswerThatWasNotHeardOrNotStoredIsNoReasonToSendAgain(Operation operation, boolean answerRead) {
        diesWhileSending(operation, answerRead);

        LivingNode second = node("second");
        Transaction payment = onlyPayment(second);
        assertThat(payment.status()).isEqualTo(PaymentStatus.INITIATED);
        assertNotSentAgain(second, operation);
        assertThat(calledBack(operation)).isEqualTo(200);

        assertTold(payment, "second from: COMPLETED applied");
        assertNotSentAgain(second, operation);
        assertThat(sent(operation)).isEqualTo(1);
    }

    @Test
    void aPushWithoutAnswerAndCallbackIsForAPersonUntilSafaricomSpeaks() {
        diesWhileSending(Operation.STK, false);

        LivingNode second = node("second");
        pass(LONGEST_SENDING);
        await().until(() -> onlyPayment(second).status() == PaymentStatus.UNKNOWN);
        pass(Duration.ofHours(49));
        await().until(() -> onlyPayment(second).status() == PaymentStatus.UNRESOLVED);
        assertThat(requests("/stkpushquery/")).as("there is no id to ask with").isEmpty();
        assertNotSentAgain(second, Operation.STK);

        assertThat(calledBack(Operation.STK)).isEqualTo(200);
        assertTold(onlyPayment(second), "second from: COMPLETED applied");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPayoutWithoutAnswerAndCallbackIsRepeatedRefusedAndAskedAboutByItsOwnId(boolean answerRead) {
        diesWhileSending(Operation.B2C, answerRead);

        LivingNode second = node("second");
        pass(LONGEST_SENDING);

        await().until(() -> onlyPayment(second).status() == PaymentStatus.COMPLETED);
        assertPaidOnce(second);
        String own = onlyPayment(second).ownId();
        assertThat(ownIds()).as("the identical request, whose second one Safaricom refuses").containsExactly(own, own);
        assertThat(Shop.json(requests("/transactionstatus/").get(0).body()).get("OriginalConversationID").asText()).isEqualTo(own);
    }

    @ParameterizedTest
    @CsvSource({"STK, false", "STK, true", "B2C, false", "B2C, true", "BALANCE, false", "BALANCE, true"})
    void aCallbackThatWasStoredAndNotAnsweredCountsOnce(Operation operation, boolean repeated) {
        LivingNode first = node("first");
        start(first, operation).join();
        first.doom().after("settle");
        assertThat(calledBack(operation)).as("not answered").isEqualTo(-1);

        LivingNode second = node("second");
        Transaction payment = onlyPayment(second);
        assertThat(payment.outcome().isCompleted()).isTrue();
        if (repeated) {
            assertThat(calledBack(operation)).isEqualTo(200);
        }
        nothingElseHappens();
        assertThat(books.told()).as("the first may live").isEmpty();
        pass(LEASE);

        assertTold(payment, "second from: COMPLETED applied");
    }

    @ParameterizedTest
    @EnumSource(names = {"STK", "B2C"})
    void aCallbackThatWasNotStoredIsNotAnsweredAndAskedAbout(Operation operation) {
        LivingNode first = node("first");
        start(first, operation).join();
        first.doom().before("settle");
        assertThat(calledBack(operation)).isEqualTo(-1);

        LivingNode second = node("second");
        Transaction payment = onlyPayment(second);
        assertThat(payment.status()).isEqualTo(PaymentStatus.PENDING);
        pass(ASK_AFTER);
        assertTold(payment, "second from: COMPLETED applied");

        // Safaricom repeats itself after all: only of a push that brings something, the receipt
        assertThat(calledBack(operation)).isEqualTo(200);
        if (operation == Operation.STK) {
            assertTold(payment, "second from: COMPLETED applied", "second from: COMPLETED enriched");
        } else {
            assertTold(payment, "second from: COMPLETED applied");
        }
        assertThat(second.outcome(payment.reference()).receiptNumber()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"before receive, true", "after receive, true", "after receive, false", "before settle, false", "after settle, true",
            "after settle, false"})
    void aConfirmationCountsOnceWhereverItsNodeDies(String point, boolean repeated) {
        LivingNode first = node("first");
        assertThat(first.send("c2bRegister", null, KEY).join().getException()).isNull();
        String call = point.substring(point.indexOf(' ') + 1);
        if (point.startsWith("before")) {
            first.doom().before(call);
        } else {
            first.doom().after(call);
        }
        String receipt = safaricom.c2b().pay(PHONE, safaricom.credentials().shortCode(), "ACC 7", 100).join().receipt();
        await().until(() -> !safaricom.callbacks().isEmpty());
        assertThat(safaricom.callbacks()).extracting(RecordedCallback::status).as("not answered").containsExactly(-1);
        assertThat(ground.count("select count(*) from daraja_payment")).isEqualTo(point.equals("before receive") ? 0 : 1);

        LivingNode second = node("second");
        if (repeated) {
            assertThat(safaricom.c2b().resend(receipt).join()).isEqualTo(200);
        }
        pass(LEASE);

        assertTold(onlyPayment(second), "second from: COMPLETED applied");
        assertThat(onlyPayment(second).outcome().receiptNumber()).isEqualTo(receipt);
    }

    @Test
    void aCallbackBeforeAnAnswerThatIsAnErrorCounts() {
        LivingNode first = node("first");
        first.doom().before("update");
        safaricom.faults().nextPush(Script.pays().callbackBeforeAnswer().errorAfterAccepting());
        first.send("stkPush", Operation.STK.body, KEY);
        first.death().join();

        LivingNode second = node("second");
        Transaction payment = onlyPayment(second);
        assertThat(payment.status()).isEqualTo(PaymentStatus.COMPLETED);
        assertNotSentAgain(second, Operation.STK);
        pass(LEASE);

        // whether the first node was told in time and could mark it, is open
        await().until(() -> !books.told(payment.reference()).isEmpty());
        nothingElseHappens();
        assertThat(books.told(payment.reference())).allMatch(line -> line.endsWith(" from: COMPLETED applied")).hasSizeLessThan(3);
        assertThat(sent(Operation.STK)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void whatWasSettledAndAnsweredAndNotRoutedIsTold(Operation operation) {
        LivingNode first = node("first");
        CompletableFuture<Void> answered = new CompletableFuture<>();
        first.beforeBooking(exchange -> {
            answered.join();
            first.dieHere();
        });
        start(first, operation).join();
        assertThat(calledBack(operation)).isEqualTo(200);
        answered.complete(null);
        first.death().join();

        LivingNode second = node("second");
        List<Integer> attempts = new ArrayList<>();
        second.beforeBooking(exchange ->
                attempts.add(exchange.getMessage().getHeader(DarajaConstants.DELIVERY_ATTEMPT, Integer.class)));
        pass(LEASE);

        assertTold(onlyPayment(second), "second from: COMPLETED applied");
        assertThat(attempts).as("the first may have got somewhere").containsExactly(2);
    }

    @ParameterizedTest
    @EnumSource
    void whatWasBookedAndNotMarkedIsToldAgain(Operation operation) {
        LivingNode first = node("first");
        CompletableFuture<Void> answered = new CompletableFuture<>();
        first.afterBooking(exchange -> answered.join());
        first.doom().before("outbox.replace");
        start(first, operation).join();
        assertThat(calledBack(operation)).isEqualTo(200);
        answered.complete(null);
        first.death().join();

        LivingNode second = node("second");
        pass(LEASE);

        assertTold(onlyPayment(second), "first from: COMPLETED applied", "second from: COMPLETED applied");
        assertThat(books.bookedBlindly()).as("who does not look at the reference").isEqualTo(2);
        assertThat(books.credited()).as("who does").hasSize(operation == Operation.BALANCE ? 0 : 1);
    }

    @ParameterizedTest
    @CsvSource({"STK, BEFORE_IT_GOES_ON", "B2C, BEFORE_IT_GOES_ON", "BALANCE, BEFORE_IT_GOES_ON", "STK, WHILE_IT_BOOKS",
            "STK, WHEN_IT_HAS_BOOKED"})
    void theOutcomeOfAnExchangeWhoseOwnerDiesGoesToTheConsumer(Operation operation, Moment moment) {
        LivingNode first = node("first");
        startWaiting(first, operation);
        if (moment == Moment.BEFORE_IT_GOES_ON) {
            first.die();
        } else if (moment == Moment.WHILE_IT_BOOKS) {
            first.beforeBooking(exchange -> first.dieHere());
        } else {
            first.doom().before("outbox.replace");
        }
        if (moment != Moment.BEFORE_IT_GOES_ON) {
            calledBack(operation);
            first.death().join();
        }

        LivingNode second = node("second");
        if (moment == Moment.BEFORE_IT_GOES_ON) {
            assertThat(calledBack(operation)).isEqualTo(200);
        }
        nothingElseHappens();
        assertThat(books.told()).as("the first may live").hasSize(moment == Moment.WHEN_IT_HAS_BOOKED ? 1 : 0);
        pass(LEASE);

        if (moment == Moment.WHEN_IT_HAS_BOOKED) {
            assertTold(onlyPayment(second), "first exchange: COMPLETED applied", "second from: COMPLETED applied");
        } else {
            assertTold(onlyPayment(second), "second from: COMPLETED applied");
        }
    }

    @Test
    void anOutcomeAfterTheTimeoutGoesToTheConsumer() {
        LivingNode first = node("first", component -> component.setAskWhenLate(false));
        CompletableFuture<Exchange> waiting = startWaiting(first, Operation.STK);
        pass(Duration.ofSeconds(61));
        assertThat(waiting.join().getMessage().getHeader(DarajaConstants.STATUS)).isEqualTo("UNKNOWN");

        assertThat(calledBack(Operation.STK)).isEqualTo(200);

        assertTold(onlyPayment(first), "first exchange: UNKNOWN", "first from: COMPLETED applied");
    }

    @Test
    void anOutcomeAfterTheTimeoutOfAnExchangeWhoseOwnerIsDeadGoesToTheConsumer() {
        LivingNode first = node("first", component -> component.setAskWhenLate(false));
        CompletableFuture<Exchange> waiting = startWaiting(first, Operation.STK);
        pass(Duration.ofSeconds(61));
        waiting.join();
        first.die();

        LivingNode second = node("second");
        assertThat(calledBack(Operation.STK)).isEqualTo(200);
        pass(LEASE);

        assertTold(onlyPayment(second), "first exchange: UNKNOWN", "second from: COMPLETED applied");
    }

    @Test
    void anOutcomeBeforeTheTimeoutGoesToTheExchangeAlone() {
        LivingNode first = node("first");
        CompletableFuture<Exchange> waiting = startWaiting(first, Operation.STK);

        assertThat(calledBack(Operation.STK)).isEqualTo(200);
        assertThat(waiting.join().getMessage().getHeader(DarajaConstants.STATUS)).isEqualTo("COMPLETED");
        pass(Duration.ofSeconds(61));

        assertTold(onlyPayment(first), "first exchange: COMPLETED applied");
    }

    @Test
    void timeoutAgainstSettleInOneInstantTellsExactlyOne() {
        int payments = 40;
        LivingNode first = node("first", component -> component.setAskWhenLate(false));
        List<CompletableFuture<Exchange>> waiting = new ArrayList<>();
        List<String> checkouts = new ArrayList<>();
        for (int i = 0; i < payments; i++) {
            safaricom.faults().nextPush(Script.pays().lostCallback());
            waiting.add(first.send("stkPush-wait", new StkPush.Request("2547110000" + (10 + i), 100, "INV-1"), "order-" + i));
        }
        await().until(() -> safaricom.books().payments().size() == payments
                && pending() == payments);
        requests("/stkpush/v1/").forEach(push -> checkouts.add(Shop.json(push.answer()).get("CheckoutRequestID").asText()));

        // all waits end at the next tick, and the callbacks are on their way
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < payments; i++) {
            if (i == payments / 4) {
                safaricom.clock().advance(Duration.ofSeconds(60));
            }
            answers.add(safaricom.resend(checkouts.get(i)));
        }

        assertThat(answers).allMatch(answer -> answer.join() == 200);
        waiting.forEach(CompletableFuture::join);
        await().until(() -> books.credited().size() == payments);
        nothingElseHappens();
        assertThat(books.bookedBlindly()).as("each outcome was told once: to the exchange, or to the consumer").isEqualTo(payments);
    }

    @Test
    void aCallbackAfterAQueryBringsTheReceipt() {
        LivingNode first = node("first");
        start(first, Operation.STK).join();
        await().until(() -> !safaricom.books().payments().isEmpty());
        pass(ASK_AFTER);
        Transaction payment = onlyPayment(first);
        assertTold(payment, "first from: COMPLETED applied");
        first.die();

        LivingNode second = node("second");
        assertThat(calledBack(Operation.STK)).isEqualTo(200);

        assertTold(payment, "first from: COMPLETED applied", "second from: COMPLETED enriched");
        assertThat(second.outcome(payment.reference()).receiptNumber())
                .isEqualTo(safaricom.books().payments().get(0).receipt());
    }

    @Test
    void aQueryThatIsAnsweredAfterTheCallbackBringsNothing() {
        LivingNode first = node("first");
        start(first, Operation.STK).join();
        await().until(() -> !safaricom.books().payments().isEmpty());
        CompletableFuture<Void> late = new CompletableFuture<>();
        CompletableFuture<Void> asked = first.out().holdAnswerTo("/stkpushquery/", late);
        pass(ASK_AFTER);
        asked.join();

        assertThat(calledBack(Operation.STK)).isEqualTo(200);
        late.complete(null);

        assertTold(onlyPayment(first), "first from: COMPLETED applied");
    }

    private LivingNode diesWhileAFailureByQueryWaits() {
        LivingNode first = node("first");
        safaricom.faults().nextPush(Script.result(1032).lostCallback());
        first.send("stkPush", Operation.STK.body, KEY).join();
        await().until(() -> safaricom.counters().prompts(PHONE) == 1);
        pass(ASK_AFTER);
        await().until(() -> onlyPayment(first).held() != null);
        first.die();
        return node("second");
    }

    private int paidAfterAll() {
        var push = requests("/stkpush/v1/").get(0);
        return safaricom.post(Shop.json(push.body()).get("CallBackURL").asText(), """
                {"Body":{"stkCallback":{"MerchantRequestID":"m-1","CheckoutRequestID":"%s","ResultCode":0,"ResultDesc":"ok",
                "CallbackMetadata":{"Item":[{"Name":"Amount","Value":100},{"Name":"MpesaReceiptNumber","Value":"UKL7ABCDE1"}]}}}}"""
                .formatted(Shop.json(push.answer()).get("CheckoutRequestID").asText())).join();
    }

    @Test
    void aFailureByQueryWaitsForTheCallbackOnAnotherNodeToo() {
        LivingNode second = diesWhileAFailureByQueryWaits();

        assertThat(paidAfterAll()).isEqualTo(200);
        pass(Duration.ofMinutes(3));

        assertTold(onlyPayment(second), "second from: COMPLETED applied");
    }

    @Test
    void aFailureByQueryEndsOnAnotherNodeAndACallbackCorrectsIt() {
        LivingNode second = diesWhileAFailureByQueryWaits();
        pass(Duration.ofMinutes(3));
        Transaction payment = onlyPayment(second);
        assertTold(payment, "second from: CANCELLED applied");

        assertThat(paidAfterAll()).isEqualTo(200);

        assertTold(payment, "second from: CANCELLED applied", "second from: COMPLETED corrected");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCorrectionIsToldAfterWhatItCorrects(boolean marked) {
        LivingNode first = node("first");
        safaricom.faults().nextPush(Script.result(1032).lostCallback());
        first.send("stkPush", Operation.STK.body, KEY).join();
        CompletableFuture<Void> answered = new CompletableFuture<>();
        if (!marked) {
            first.afterBooking(exchange -> answered.join());
            first.doom().before("outbox.replace");
        }
        assertThat(calledBack(Operation.STK)).isEqualTo(200);
        answered.complete(null);
        if (marked) {
            assertTold(onlyPayment(first), "first from: CANCELLED applied");
            first.die();
        }
        first.death().join();

        LivingNode second = node("second");
        Transaction payment = onlyPayment(second);
        assertThat(paidAfterAll()).isEqualTo(200);
        if (marked) {
            assertTold(payment, "first from: CANCELLED applied", "second from: COMPLETED corrected");
        } else {
            nothingElseHappens();
            assertThat(books.told(payment.reference())).as("whether the failure was booked is not known yet").hasSize(1);
            pass(LEASE);
            assertTold(payment, "first from: CANCELLED applied", "second from: CANCELLED applied",
                    "second from: COMPLETED corrected");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void eachGroupIsToldWhereverTheNodeDiesThatShares(boolean shared) {
        LivingNode first = start(newNode("first").audited());
        // both groups are known when the outcome comes
        pass(Duration.ofSeconds(6));
        start(first, Operation.STK).join();
        if (shared) {
            first.doom().after("outbox.share");
        } else {
            first.doom().before("outbox.share");
        }
        calledBack(Operation.STK);
        first.death().join();

        LivingNode second = start(newNode("second").audited());
        pass(LEASE);

        Transaction payment = onlyPayment(second);
        await().until(() -> books.told(payment.reference()).size() >= 2);
        nothingElseHappens();
        assertThat(books.told(payment.reference())).containsExactlyInAnyOrder("second from: COMPLETED applied",
                "second audit: COMPLETED applied");
    }

    @Test
    void aPaymentThatComesThroughTwoDoorsCountsOnceWhenItsNodeDiesBetweenThem() {
        LivingNode first = node("first", component -> component.setAskWhenLate(false));
        assertThat(first.send("c2bRegister", null, KEY).join().getException()).isNull();
        start(first, Operation.STK).join();
        // its confirmation is held for the callback, which does not come, and becomes the outcome of the push
        await().until(() -> ground.count("select count(*) from daraja_payment where held") == 1);
        first.doom().after("settle");
        safaricom.clock().advance(LEASE);
        first.death().join();
        assertThat(ground.ask("select status from daraja_payment order by status")).containsExactly("COMPLETED", "PENDING");

        LivingNode second = node("second", component -> component.setAskWhenLate(false));
        pass(Duration.ofMinutes(3));

        await().until(() -> ground.count("select count(*) from daraja_payment") == 1);
        assertTold(onlyPayment(second), "second from: COMPLETED applied");
        assertThat(onlyPayment(second).operation()).isEqualTo("stkPush");
        assertThat(calledBack(Operation.STK)).as("and then it comes after all").isEqualTo(200);
        assertTold(onlyPayment(second), "second from: COMPLETED applied");
    }

    @ParameterizedTest
    @ValueSource(strings = {"settle", "outbox.replace"})
    void aCommitWhoseAnswerWasLostHasHappened(String call) {
        LivingNode first = node("first");
        start(first, Operation.STK).join();
        CompletableFuture<Void> lost = first.doom().lose(call);

        assertThat(calledBack(Operation.STK)).isEqualTo(200);
        lost.join();

        assertTold(onlyPayment(first), "first from: COMPLETED applied");
        assertThat(ground.ask("select state from daraja_delivery")).containsExactly("DELIVERED");
    }

    @Test
    void anIntentOfWhichNobodyHeardThatItIsStoredIsNotSent() {
        LivingNode first = node("first");
        CompletableFuture<Void> lost = first.doom().lose("open");

        assertThat(start(first, Operation.STK).join().getException()).isInstanceOf(DarajaNotSentException.class);

        lost.join();
        assertNotSentAgain(first, Operation.STK);
        pass(LONGEST_SENDING);
        await().until(() -> onlyPayment(first).status() == PaymentStatus.UNKNOWN);
        assertThat(sent(Operation.STK)).isZero();
        assertTold(onlyPayment(first));
    }

    private LivingNode rotated(String name, String secret, String previous) {
        return node(name, component -> {
            component.getConfiguration().setCallbackSecret(secret);
            component.getConfiguration().setPreviousCallbackSecret(previous);
        });
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "BALANCE")
    void aPaymentFromBeforeASecondRotationOfTheSecretIsFoundByAsking(Operation operation) {
        String[] secrets = {"the first secret of all the secrets", "the second secret of all the secrets",
            "the third secret of all the secrets"};
        LivingNode first = rotated("first", secrets[0], null);
        start(first, operation).join();
        first.die();

        LivingNode third = rotated("third", secrets[2], secrets[1]);
        assertThat(calledBack(operation)).as("nobody knows that capability any more").isEqualTo(404);
        assertThat(onlyPayment(third).status()).isEqualTo(PaymentStatus.PENDING);
        pass(ASK_AFTER);

        assertTold(onlyPayment(third), "third from: COMPLETED applied");
    }

    @Test
    void aPaymentFromBeforeOneRotationOfTheSecretIsHeardOf() {
        LivingNode first = rotated("first", "the first secret of all the secrets", null);
        start(first, Operation.STK).join();
        first.die();

        LivingNode second = rotated("second", "the second secret of all the secrets", "the first secret of all the secrets");
        assertThat(calledBack(Operation.STK)).isEqualTo(200);

        assertTold(onlyPayment(second), "second from: COMPLETED applied");
    }

    @Test
    void nothingIsSentWhileTheStoreIsDown() {
        LivingNode first = node("first");
        first.connections().breakDown();
        assertThat(start(first, Operation.STK).join().getException()).isInstanceOf(DarajaNotSentException.class);
        first.connections().repair();
        assertThat(ground.count("select count(*) from daraja_payment")).isZero();
        assertThat(sent(Operation.STK)).isZero();

        assertThat(start(first, Operation.STK).join().getException()).isNull();
        assertThat(calledBack(Operation.STK)).isEqualTo(200);
        assertTold(onlyPayment(first), "first from: COMPLETED applied");
        assertThat(sent(Operation.STK)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerWhileTheStoreIsDownIsNoFailure(Operation operation) {
        LivingNode first = node("first");
        CompletableFuture<Void> down = new CompletableFuture<>();
        first.out().holdAnswerTo(operation.path, down).thenRun(() -> {
            first.connections().breakDown();
            down.complete(null);
        });
        Exchange done = start(first, operation).join();
        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getHeader(DarajaConstants.STATUS)).isEqualTo("PENDING");
        first.connections().repair();
        assertNotSentAgain(first, operation);

        assertThat(calledBack(operation)).isEqualTo(200);
        assertTold(onlyPayment(first), "first from: COMPLETED applied");
        assertThat(sent(operation)).isEqualTo(1);
    }

    @Test
    void aMarkWhileTheStoreIsDownIsMadeLater() {
        LivingNode first = node("first");
        start(first, Operation.STK).join();
        CompletableFuture<Void> failed = first.doom().fail("outbox.replace");
        assertThat(calledBack(Operation.STK)).isEqualTo(200);
        failed.join();

        assertTold(onlyPayment(first), "first from: COMPLETED applied");
        assertThat(ground.ask("select state from daraja_delivery")).containsExactly("DELIVERED");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "BALANCE")
    void anAnswerToAQuestionThatCannotBeStoredIsAskedForAgain(Operation operation) {
        LivingNode first = node("first");
        start(first, operation).join();
        await().until(() -> safaricom.books().payments().size() + safaricom.books().transfers().size() == 1);
        CompletableFuture<Void> failed = first.doom().fail("settle");
        pass(ASK_AFTER);
        failed.join();
        pass(Duration.ofMinutes(3));

        assertTold(onlyPayment(first), "first from: COMPLETED applied");
    }
}
