package io.github.cameldaraja.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.DarajaKeyUsedException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentIds;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.PhoneTraces;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.api.Verdict;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What every repository promises, wherever it keeps payments. */
public abstract class TransactionRepositoryContract extends TermsContract {

    protected static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    protected static final String SHORT_CODE = "174379";
    protected static final String RECEIPT = "UKL7ABCDE1";
    private static final int THREADS = 32;

    protected static Transaction intent(String reference, String key) {
        return intent(reference, key, "10", NOW);
    }

    protected static Transaction intent(String reference, String key, String amount, Instant at) {
        return Transaction.intent(reference, "stkPush", "shop", SHORT_CODE, key, new BigDecimal(amount), "254712345678", "INV",
                Map.of(), at).asking("f", null);
    }

    protected static Outcome paid(String reference, String receipt) {
        return Outcome.builder().reference(reference).status(PaymentStatus.COMPLETED).resultCode("0")
                .receiptNumber(receipt).source(Source.CALLBACK).build();
    }

    protected static Outcome failed(String reference) {
        return Outcome.builder().reference(reference).status(PaymentStatus.FAILED).resultCode("1").source(Source.CALLBACK)
                .build();
    }

    private static final Outcome REFUSED = Outcome.builder().status(PaymentStatus.FAILED).resultDescription("refused").build();

    protected static Transaction arrival(String receipt) {
        Outcome payment = Outcome.builder().reference(References.ofReceipt(SHORT_CODE, receipt)).operation("c2bConfirmation")
                .account("shop").status(PaymentStatus.COMPLETED).receiptNumber(receipt).amount(BigDecimal.TEN)
                .phoneNumber("2547 ***** 678").accountReference("INV").source(Source.CONFIRMATION).build();
        return Transaction.arrival(payment, SHORT_CODE, NOW).believed(payment, NOW.plusSeconds(30), NOW);
    }

    private static Acknowledgement acknowledgement(String checkout) {
        return new Acknowledgement("stkPush", "shop", "a", PaymentStatus.PENDING, "0", "ok", "m", checkout, null, null, null);
    }

    protected static <T> List<T> together(int threads, IntFunction<T> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<T>> futures = IntStream.range(0, threads).mapToObj(i -> pool.submit(() -> {
                start.await();
                return work.apply(i);
            })).toList();
            start.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    private List<String> due(Instant now, Instant lease, int limit) {
        return repository.claimDue("default", now, lease, limit).join().stream().map(Transaction::reference).toList();
    }

    @Test
    void whatIsOpenedIsFound() {
        Transaction intent = intent("a", "order-1");

        assertThat(repository.open(intent, null).join()).isEqualTo(intent);
        assertThat(repository.find("a").join()).isEqualTo(intent);
        assertThat(repository.find("b").join()).isNull();
    }

    @RepeatedTest(3)
    void settleAgainstSettleAppliesOnce() throws Exception {
        repository.open(intent("a", null), null).join();

        List<Verdict> verdicts = together(THREADS, i -> repository.settle(paid("a", RECEIPT), "node").join().verdict());

        assertThat(verdicts).containsOnlyOnce(Verdict.APPLIED).contains(Verdict.DUPLICATE).hasSize(THREADS);
        assertThat(verdicts.stream().filter(Verdict.DUPLICATE::equals)).hasSize(THREADS - 1);
    }

    @RepeatedTest(3)
    void oneReceiptPaysOneOfManyPayments() throws Exception {
        for (int i = 0; i < THREADS; i++) {
            repository.open(intent("p" + i, null), null).join();
        }

        List<Verdict> verdicts = together(THREADS, i -> repository.settle(paid("p" + i, RECEIPT), "node").join().verdict());

        assertThat(verdicts).containsOnlyOnce(Verdict.APPLIED);
        assertThat(verdicts.stream().filter(Verdict.CONFLICT::equals)).hasSize(THREADS - 1);
        Transaction holder = repository.find(SHORT_CODE, PaymentIds.receipt(RECEIPT)).join();
        assertThat(holder.status()).isEqualTo(PaymentStatus.COMPLETED);
    }

    @RepeatedTest(3)
    void oneKeyOpensOnePayment() throws Exception {
        List<String> references = together(THREADS, i -> repository.open(intent("p" + i, "order-1"), null).join().reference());

        assertThat(references.stream().distinct()).hasSize(1);
        for (int i = 0; i < THREADS; i++) {
            assertThat(repository.find("p" + i).join() != null).as("p%s", i).isEqualTo(references.get(0).equals("p" + i));
        }
    }

    @RepeatedTest(6)
    void aPaymentThatComesByItselfAndAsAPushCountsOnce() throws Exception {
        repository.open(intent("push", null), null).join();

        List<Verdict> verdicts = together(2, i -> {
            if (i == 0) {
                return repository.settle(paid("push", RECEIPT), "node").join().verdict();
            }
            Transaction stored = repository.receive(arrival(RECEIPT)).join();
            return stored.reference().equals("push") ? Verdict.LATE : repository.settle(stored.held(), "node").join().verdict();
        });

        assertThat(verdicts.stream().filter(Verdict::isDelivered)).as("%s", verdicts).hasSize(1);
        String holder = verdicts.get(0) == Verdict.APPLIED ? "push" : References.ofReceipt(SHORT_CODE, RECEIPT);
        assertThat(repository.find(SHORT_CODE, PaymentIds.receipt(RECEIPT)).join().reference()).isEqualTo(holder);
        if (holder.equals("push")) {
            assertThat(repository.find(References.ofReceipt(SHORT_CODE, RECEIPT)).join()).as("that other one is it").isNull();
        }
    }

    @RepeatedTest(3)
    void changesFollowEachOther() throws Exception {
        repository.open(intent("a", null), null).join();

        together(THREADS, i -> repository.update("a", current -> current.asked(1, NOW, NOW)).join());

        assertThat(repository.find("a").join().questions()).isEqualTo(THREADS);
    }

    @Test
    void aChangeThatFailsChangesNothing() {
        repository.open(intent("a", null), null).join();

        assertThatThrownBy(() -> repository.update("a", current -> {
            throw new IllegalStateException("no");
        }).join()).hasStackTraceContaining("no");

        assertThat(repository.find("a").join()).isEqualTo(intent("a", null));
        assertThat(repository.update("nobody", current -> current.due(NOW)).join()).isNull();
    }

    @Test
    void whatCameByItselfIsStoredOnce() throws Exception {
        List<Transaction> stored = together(THREADS, i ->
                repository.receive(arrival(i % 2 == 0 ? RECEIPT : " ukl7abcde1 ")).join());

        assertThat(stored.stream().map(Transaction::reference).distinct()).hasSize(1);
        assertThat(due(NOW.plusSeconds(30), NOW.plusSeconds(60), 10)).hasSize(1);
    }

    @Test
    void whatCameByItselfIsThePaymentThatHoldsItsReceipt() {
        repository.open(intent("push", null), null).join();
        repository.settle(paid("push", RECEIPT), "node").join();

        assertThat(repository.receive(arrival(RECEIPT)).join().reference()).isEqualTo("push");
        assertThat(repository.find(References.ofReceipt(SHORT_CODE, RECEIPT)).join()).isNull();
    }

    @Test
    void whatCameFirstGoesWhenAPushHoldsItsReceipt() {
        repository.open(intent("push", null), null).join();
        Transaction stored = repository.receive(arrival(RECEIPT)).join();
        repository.settle(paid("push", RECEIPT), "node").join();

        Settlement gone = repository.settle(stored.held(), "node").join();

        assertThat(gone.verdict()).isEqualTo(Verdict.LATE);
        assertThat(gone.transaction()).isNull();
        assertThat(repository.find(stored.reference()).join()).isNull();
        assertThat(due(NOW.plusSeconds(60), NOW.plusSeconds(90), 10)).isEmpty();
        assertThat(repository.findAlike(SHORT_CODE, BigDecimal.TEN, NOW, NOW).join()).extracting(Transaction::reference)
                .containsExactly("push");
    }

    @Test
    void aReceiptIsOfItsShortCodeAndHasNoCase() {
        repository.open(intent("a", null), null).join();
        repository.settle(paid("a", RECEIPT), "node").join();

        assertThat(repository.find(SHORT_CODE, PaymentIds.receipt(" ukl7abcde1")).join().reference()).isEqualTo("a");
        assertThat(repository.find("600000", PaymentIds.receipt(RECEIPT)).join()).isNull();
    }

    @Test
    void aFailureHoldsNoReceipt() {
        repository.open(intent("a", null), null).join();
        repository.open(intent("b", null), null).join();
        repository.settle(failed("a").toBuilder().receiptNumber(RECEIPT).build(), "node").join();

        assertThat(repository.settle(paid("b", RECEIPT), "node").join().verdict()).isEqualTo(Verdict.APPLIED);
    }

    @Test
    void anOrphanChangesNothing() {
        Settlement orphan = repository.settle(paid("nobody", RECEIPT), "node").join();

        assertThat(orphan.verdict()).isEqualTo(Verdict.ORPHAN);
        assertThat(repository.find(SHORT_CODE, PaymentIds.receipt(RECEIPT)).join()).isNull();
    }

    @Test
    void aKeyIsPinnedUntilItsPaymentIsAbandoned() {
        repository.open(intent("a", "order-1"), null).join();
        assertThat(repository.open(intent("b", "order-1"), null).join().reference()).isEqualTo("a");

        Transaction after = repository.abandon("a", REFUSED).join();
        assertThat(after.status()).isEqualTo(PaymentStatus.FAILED);
        assertThat(after.outcome().reference()).isEqualTo("a");
        assertThat(repository.find("a").join()).isEqualTo(after);

        assertThat(repository.open(intent("c", "order-1"), null).join().reference()).isEqualTo("c");
        assertThat(repository.find("b").join()).isNull();
        assertThat(repository.abandon("nobody", REFUSED).join()).isNull();
    }

    @Test
    void keysAreOfAnOperationAndAnAccount() {
        repository.open(intent("a", "order-1"), null).join();
        Transaction payout = Transaction.intent("b", "b2c", "shop", SHORT_CODE, "order-1", BigDecimal.TEN, null, null, null, NOW);
        Transaction branch = Transaction.intent("c", "stkPush", "branch", SHORT_CODE, "order-1", BigDecimal.TEN, null, null, null,
                NOW);

        assertThat(repository.open(payout, null).join()).isEqualTo(payout);
        assertThat(repository.open(branch, null).join()).isEqualTo(branch);
        assertThat(repository.open(intent("d", "ORDER-1"), null).join().reference()).as("keys have case").isEqualTo("d");
        assertThat(repository.open(intent("e", "order-1 "), null).join().reference()).as("and blanks").isEqualTo("e");
    }

    private List<KeyHolder> byKey(String key) {
        return repository.findByKey(List.of("stkPush", "b2c"), List.of("shop", "branch"), key).join();
    }

    @Test
    void aPaymentIsFoundByItsKey() {
        repository.open(intent("a", "order-1"), null).join();
        repository.open(Transaction.intent("b", "b2c", "branch", SHORT_CODE, "order-1", BigDecimal.TEN, null, null, null, NOW), null)
                .join();
        repository.open(Transaction.intent("c", "b2c", "far", SHORT_CODE, "order-1", BigDecimal.TEN, null, null, null, NOW), null).join();

        assertThat(byKey("order-1")).containsExactlyInAnyOrder(new KeyHolder("stkPush", "shop", "a", null, null),
                new KeyHolder("b2c", "branch", "b", null, null));
        assertThat(byKey("ORDER-1")).as("keys have case").isEmpty();
        assertThat(repository.findByKey(List.of(), List.of("shop"), "order-1").join()).isEmpty();

        repository.abandon("b", REFUSED).join();
        assertThat(byKey("order-1")).as("a refusal frees it").extracting(KeyHolder::reference).containsExactly("a");
        fail("a");
        next("d", 2, "a");
        assertThat(byKey("order-1")).containsExactly(new KeyHolder("stkPush", "shop", "d", null, null));
    }

    @Test
    void aKeyTellsWhatBecameOfAPaymentThatHasGone() {
        repository.open(named("a", "order-1"), null).join();
        told(paid("a", RECEIPT));
        assertThat(byKey("order-1")).containsExactly(new KeyHolder("stkPush", "shop", "a", null, null));
        purge(ALL);
        assertThat(byKey("order-1")).containsExactly(new KeyHolder("stkPush", "shop", "a", PaymentStatus.COMPLETED, NOW));
    }

    @Test
    void whatACallbackHasEndedIsNotAbandoned() {
        repository.open(intent("a", "order-1"), null).join();
        repository.settle(paid("a", RECEIPT), "node").join();

        assertThat(repository.abandon("a", REFUSED).join().status()).isEqualTo(PaymentStatus.COMPLETED);
        assertThat(repository.open(intent("b", "order-1"), null).join().reference()).as("still pinned").isEqualTo("a");
    }

    private Settlement decide(String reference, PaymentStatus status, String receipt) {
        return repository.settle(Outcome.builder().reference(reference).status(status).receiptNumber(receipt).source(Source.PERSON)
                .details(Map.of("decidedBy", "Wanjiru")).build(), "node").join();
    }

    @Test
    void aPersonDecidesWhatIsInDoubtAndNothingElse() {
        repository.open(intent("a", "order-1"), null).join();
        repository.update("a", payment -> payment.unresolved(NOW)).join();

        assertThat(decide("a", PaymentStatus.FAILED, null).verdict()).isEqualTo(Verdict.APPLIED);
        assertThat(repository.find("a").join().hasFailed()).isTrue();
        assertThat(decide("a", PaymentStatus.COMPLETED, RECEIPT).verdict()).as("nothing is in doubt").isEqualTo(Verdict.CONFLICT);
        assertThat(repository.find("a").join().disputed()).isFalse();

        Settlement contradicted = repository.settle(paid("a", RECEIPT), "node").join();
        assertThat(contradicted.verdict()).isEqualTo(Verdict.CONFLICT);
        assertThat(repository.find("a").join().status()).isEqualTo(PaymentStatus.FAILED);
        assertThat(repository.find("a").join().hasFailed()).as("its key stays").isFalse();

        Settlement again = decide("a", PaymentStatus.COMPLETED, RECEIPT);
        assertThat(again.verdict()).isEqualTo(Verdict.CORRECTED);
        assertThat(again.delivery()).isNotNull();
        assertThat(repository.find("a").join().disputed()).isFalse();
        assertThat(repository.find(SHORT_CODE, PaymentIds.receipt(RECEIPT)).join().reference()).isEqualTo("a");
        assertThat(repository.open(intent("b", "order-1"), null).join().reference()).isEqualTo("a");
    }

    @Test
    void aPersonWhoAgreesEndsTheDoubt() {
        repository.open(intent("a", null), null).join();
        repository.settle(paid("a", RECEIPT), "node").join();
        assertThat(repository.settle(failed("a"), "node").join().verdict()).isEqualTo(Verdict.CONFLICT);

        Settlement agreed = decide("a", PaymentStatus.COMPLETED, RECEIPT);

        assertThat(agreed.verdict()).isEqualTo(Verdict.LATE);
        assertThat(agreed.delivery()).isNull();
        Transaction payment = repository.find("a").join();
        assertThat(payment.disputed()).isFalse();
        assertThat(payment.outcome().source()).isEqualTo(Source.CALLBACK);
        assertThat(payment.outcome().details()).containsEntry("decidedBy", "Wanjiru");
    }

    @Test
    void aPersonGivesNoReceiptThatCounts() {
        repository.open(intent("a", null), null).join();
        repository.settle(paid("a", RECEIPT), "node").join();
        repository.open(intent("b", null), null).join();
        repository.update("b", payment -> payment.unresolved(NOW)).join();

        assertThat(decide("b", PaymentStatus.COMPLETED, RECEIPT).verdict()).isEqualTo(Verdict.CONFLICT);
        assertThat(repository.find("b").join().status()).isEqualTo(PaymentStatus.UNRESOLVED);
        assertThat(repository.find("b").join().disputed()).isFalse();
    }

    @Test
    void whatIsDisputedIsNotAbandoned() {
        repository.open(intent("a", "order-1"), null).join();
        repository.settle(paid("a", RECEIPT).toBuilder().amount(BigDecimal.ONE).build(), "node").join();

        assertThat(repository.abandon("a", REFUSED).join().status()).isEqualTo(PaymentStatus.UNRESOLVED);
        assertThat(repository.open(intent("b", "order-1"), null).join().reference()).isEqualTo("a");
    }

    @Test
    void thePaymentThatHasMovedTakesItsFreedKeyBack() {
        repository.open(intent("a", "order-1"), null).join();
        repository.abandon("a", REFUSED).join();
        repository.open(intent("b", "order-1"), null).join();
        assertThat(repository.settle(paid("a", RECEIPT), "node").join().verdict()).isEqualTo(Verdict.CORRECTED);
        assertThat(repository.open(intent("c", "order-1"), null).join().reference()).isEqualTo("a");

        repository.abandon("b", REFUSED).join();
        assertThat(repository.open(intent("d", "order-1"), null).join().reference()).as("or it would be paid twice").isEqualTo("a");
    }

    @Test
    void aFreedKeyThatNobodyTookIsPinnedAgain() {
        repository.open(intent("a", "order-1"), null).join();
        repository.abandon("a", REFUSED).join();
        repository.settle(paid("a", RECEIPT), "node").join();

        assertThat(repository.open(intent("b", "order-1"), null).join().reference()).isEqualTo("a");
    }

    @Test
    void aCorrectionWhoseReceiptIsTakenTakesNoKey() {
        repository.open(intent("a", "order-1"), null).join();
        repository.abandon("a", REFUSED).join();
        repository.open(intent("b", "order-1"), null).join();
        repository.settle(paid("b", RECEIPT), "node").join();

        assertThat(repository.settle(paid("a", RECEIPT), "node").join().verdict()).isEqualTo(Verdict.CONFLICT);
        assertThat(repository.open(intent("c", "order-1"), null).join().reference()).isEqualTo("b");
    }

    private Transaction next(String reference, int attempt, String after) {
        return repository.open(intent(reference, "order-1").attempt(attempt), after).join();
    }

    private String holder() {
        return repository.open(intent("whoever comes", "order-1"), null).join().reference();
    }

    private void fail(String reference) {
        assertThat(repository.settle(failed(reference), "node").join().verdict()).isEqualTo(Verdict.APPLIED);
    }

    @Test
    void aFailedPaymentGivesItsKeyToTheNextAttempt() {
        repository.open(intent("a", "order-1"), null).join();
        fail("a");
        assertThat(holder()).as("to nobody else").isEqualTo("a");

        assertThat(next("b", 2, "a").reference()).isEqualTo("b");

        assertThat(repository.find("b").join()).isEqualTo(intent("b", "order-1").attempt(2));
        assertThat(holder()).isEqualTo("b");
        assertThat(next("c", 2, "a").reference()).as("its key has gone on").isEqualTo("b");
        assertThat(repository.find("c").join()).isNull();
    }

    @Test
    void onlyOneThatHasFailedWithoutDoubtGivesItsKeyAway() {
        Outcome another = paid("a", RECEIPT).toBuilder().amount(BigDecimal.ONE).build();
        Map<String, Runnable> states = new LinkedHashMap<>();
        states.put("INITIATED", () -> { });
        states.put("PENDING", () -> repository.update("a", one -> one.acknowledged(acknowledgement("ws_CO_1"), NOW, NOW)).join());
        states.put("a failure that waits for the callback", () -> repository.update("a", one -> one.holding(failed("a"), NOW, NOW)).join());
        states.put("UNKNOWN", () -> repository.update("a", one -> one.expiredInQueue(NOW, NOW)).join());
        states.put("UNRESOLVED", () -> repository.update("a", one -> one.unresolved(NOW)).join());
        states.put("UNRESOLVED and disputed", () -> repository.settle(another, "node").join());
        repository.open(intent("a", "order-1"), null).join();
        states.forEach((state, reach) -> {
            reach.run();
            assertThat(next("b", 2, "a").reference()).as(state).isEqualTo("a");
            assertThat(repository.find("b").join()).as(state).isNull();
        });

        repository.open(intent("f", "order-2"), null).join();
        fail("f");
        repository.settle(paid("f", "R1").toBuilder().amount(BigDecimal.ONE).build(), "node").join();
        assertThat(repository.find("f").join()).matches(one -> one.status() == PaymentStatus.FAILED && one.disputed());
        assertThat(repository.open(intent("b", "order-2").attempt(2), "f").join().reference()).as("disputed").isEqualTo("f");

        repository.open(intent("p", "order-3"), null).join();
        repository.settle(paid("p", "R2"), "node").join();
        assertThat(repository.open(intent("b", "order-3").attempt(2), "p").join().reference()).as("paid").isEqualTo("p");
        assertThat(repository.find("b").join()).isNull();
    }

    @RepeatedTest(3)
    void manyWhoTryAgainMakeOneAttempt() throws Exception {
        repository.open(intent("a", "order-1"), null).join();
        fail("a");

        List<String> references = together(THREADS, i -> next("p" + i, 2, "a").reference());

        assertThat(references.stream().distinct()).hasSize(1);
        for (int i = 0; i < THREADS; i++) {
            assertThat(repository.find("p" + i).join() != null).as("p%s", i).isEqualTo(references.get(0).equals("p" + i));
        }
    }

    @RepeatedTest(10)
    void aCorrectionAgainstANewAttemptIsNeverQuiet() throws Exception {
        repository.open(intent("a", "order-1"), null).join();
        fail("a");

        List<Object> results = together(2, i -> i == 0 ? repository.settle(paid("a", RECEIPT), "node").join() : next("b", 2, "a"));

        Settlement corrected = (Settlement) results.get(0);
        boolean opened = ((Transaction) results.get(1)).reference().equals("b");
        assertThat(corrected.verdict()).isEqualTo(Verdict.CORRECTED);
        assertThat(corrected.rival() != null).as("two payments, and somebody is told").isEqualTo(opened);
        assertThat(repository.find("b").join() != null).isEqualTo(opened);
        assertThat(repository.find("a").join().disputed()).isEqualTo(opened);
        assertThat(holder()).as("whose money has moved").isEqualTo("a");
    }

    @Test
    void twoPaymentsOfOneKeyAreNeverQuiet() {
        repository.open(intent("a", "order-1"), null).join();
        fail("a");
        next("b", 2, "a");

        Settlement corrected = repository.settle(paid("a", "R1"), "node").join();
        assertThat(corrected.rival().reference()).isEqualTo("b");
        assertThat(corrected.transaction().disputed()).isTrue();
        assertThat(repository.find("b").join().disputed()).as("nobody has said anything of it").isFalse();

        Settlement second = repository.settle(paid("b", "R2"), "node").join();
        assertThat(second.verdict()).isEqualTo(Verdict.APPLIED);
        assertThat(second.rival().reference()).isEqualTo("a");
        assertThat(repository.find("b").join().disputed()).isTrue();
        assertThat(repository.settle(paid("b", "R2"), "node").join().rival()).as("once").isNull();
    }

    @Test
    void aCorrectionAfterAFailedAttemptIsTheOnlyPayment() {
        repository.open(intent("a", "order-1"), null).join();
        fail("a");
        next("b", 2, "a");
        fail("b");

        Settlement corrected = repository.settle(paid("a", RECEIPT), "node").join();

        assertThat(corrected.verdict()).isEqualTo(Verdict.CORRECTED);
        assertThat(corrected.rival()).isNull();
        assertThat(holder()).isEqualTo("a");
        assertThat(next("c", 3, "b").reference()).as("whoever still thinks that it has failed").isEqualTo("a");
    }

    @Test
    void anAttemptThatIsGivenUpGivesTheKeyBackToTheFailureBefore() {
        repository.open(intent("a", "order-1"), null).join();
        fail("a");
        next("b", 2, "a");
        repository.abandon("b", REFUSED).join();
        assertThat(holder()).isEqualTo("a");

        assertThat(next("c", 2, "a").reference()).as("the same attempt").isEqualTo("c");
        fail("c");
        next("d", 3, "c");
        repository.abandon("d", REFUSED).join();
        assertThat(holder()).isEqualTo("c");
        assertThat(next("e", 3, "c").reference()).isEqualTo("e");
    }

    @Test
    void anAttemptThatIsGivenUpAfterACorrectionTakesNothingWithIt() {
        repository.open(intent("a", "order-1"), null).join();
        fail("a");
        next("b", 2, "a");
        repository.settle(paid("a", RECEIPT), "node").join();

        repository.abandon("b", REFUSED).join();

        assertThat(holder()).isEqualTo("a");
    }

    @Test
    void whatWasGivenUpAndIsSaidToHaveMovedAnotherAmountTakesItsFreeKeyBack() {
        repository.open(intent("a", "order-1"), null).join();
        repository.abandon("a", REFUSED).join();

        assertThat(repository.settle(paid("a", RECEIPT).toBuilder().amount(BigDecimal.ONE).build(), "node").join().verdict())
                .isEqualTo(Verdict.CONFLICT);

        assertThat(holder()).isEqualTo("a");
        assertThat(next("b", 2, "a").reference()).isEqualTo("a");
    }

    @Test
    void aPaymentIsFoundByTheIdsOfItsAcknowledgement() {
        repository.open(intent("a", null), null).join();
        repository.update("a", current -> current.acknowledged(acknowledgement("ws_CO_1"), NOW, NOW)).join();
        repository.open(intent("b", null), null).join();
        repository.update("b", current -> current.acknowledged(acknowledgement("ws_CO_1"), NOW, NOW)).join();

        assertThat(repository.find(SHORT_CODE, PaymentIds.checkout("ws_CO_1")).join().reference()).as("the first").isEqualTo("a");
        assertThat(repository.find(SHORT_CODE, PaymentIds.checkout("ws_CO_2")).join()).isNull();
        assertThat(repository.find(SHORT_CODE, new PaymentIds("ws_CO_2", null, null, null)).join()).isNull();
        assertThat(repository.find(SHORT_CODE, new PaymentIds("ws_CO_1", "x", "y", "UNKNOWN")).join().reference()).isEqualTo("a");
    }

    @Test
    void ourOwnIdLeadsToTheNewestAttempt() {
        repository.open(intent("a", "order-1").asking("f", "own"), null).join();
        assertThat(repository.open(intent("b", "order-1").asking("f", "own"), null).join().reference()).isEqualTo("a");
        assertThat(repository.find(SHORT_CODE, PaymentIds.originator("own")).join().reference()).isEqualTo("a");

        repository.abandon("a", REFUSED).join();
        repository.open(intent("c", "order-1").asking("f", "own"), null).join();

        assertThat(repository.find(SHORT_CODE, PaymentIds.originator("own")).join().reference()).isEqualTo("c");
    }

    @Test
    void longAndOddIdsAreFoundToo() {
        String id = "x".repeat(20_000) + "\u0000\ud800é";
        repository.open(intent("a", "k".repeat(200)).asking("f", id), null).join();
        repository.settle(paid("a", id), "node").join();

        assertThat(repository.find(SHORT_CODE, PaymentIds.originator(id)).join().reference()).isEqualTo("a");
        assertThat(repository.find(SHORT_CODE, PaymentIds.receipt(id)).join().ownId()).isEqualTo(id);
        assertThat(repository.find(SHORT_CODE, PaymentIds.originator(id + "x")).join()).isNull();
    }

    @Test
    void alikeAreThoseOfAnAmountAndATime() {
        repository.open(intent("b", null, "10.00", NOW), null).join();
        repository.open(intent("a", null, "10", NOW), null).join();
        repository.open(intent("earlier", null, "10", NOW.minusSeconds(1)), null).join();
        repository.open(intent("later", null, "10", NOW.plusSeconds(1)), null).join();
        repository.open(intent("cents", null, "10.01", NOW), null).join();
        repository.open(Transaction.intent("question", "accountBalance", "shop", SHORT_CODE, null, null, null, null, null, NOW), null)
                .join();

        assertThat(repository.findAlike(SHORT_CODE, BigDecimal.TEN, NOW, NOW).join()).extracting(Transaction::reference)
                .as("both times included").containsExactly("a", "b");
        assertThat(repository.findAlike(SHORT_CODE, new BigDecimal("1E+1"), NOW.minusSeconds(5), NOW.plusSeconds(5)).join())
                .extracting(Transaction::reference).containsExactly("earlier", "a", "b", "later");
        assertThat(repository.findAlike("600000", BigDecimal.TEN, NOW, NOW).join()).isEmpty();
    }

    private List<String> open(String account, String after, int limit) {
        return repository.findOpen("default", account, after, limit).join().stream().map(Transaction::reference).toList();
    }

    @Test
    void whatIsNotOverIsReadPageByPage() {
        for (String reference : List.of("e", "b", "d", "a", "c", "f", "g")) {
            repository.open(intent(reference, null), null).join();
        }
        repository.open(intent("other", null).of("other"), null).join();
        repository.open(Transaction.intent("0", "stkPush", "kiosk", SHORT_CODE, null, BigDecimal.TEN, null, null, null, NOW), null).join();
        repository.open(Transaction.intent("question", "accountBalance", "shop", SHORT_CODE, null, null, null, null, null, NOW), null)
                .join();
        repository.settle(paid("a", RECEIPT), "node").join();
        repository.settle(failed("c"), "node").join();
        repository.abandon("d", REFUSED).join();
        repository.update("e", current -> current.unresolved(NOW)).join();
        repository.settle(failed("f"), "node").join();
        repository.update("f", current -> current.disputed(NOW)).join();

        assertThat(open(null, null, 10)).containsExactly("0", "b", "e", "f", "g");
        assertThat(open("shop", null, 2)).containsExactly("b", "e");
        assertThat(open("shop", "e", 2)).containsExactly("f", "g");
        assertThat(open("shop", "g", 2)).isEmpty();
        assertThat(open("kiosk", null, 10)).containsExactly("0");
        assertThat(repository.findOpen("other", null, null, 10).join()).extracting(Transaction::reference).containsExactly("other");
        repository.open(intent("held", null).held(NOW.plusSeconds(60)), null).join();
        repository.open(intent("old", null, "10", NOW.minusSeconds(7)), null).join();
        assertThat(repository.countOpen("default").join()).isEqualTo(new OpenCounts(4, 2, 1, NOW.minusSeconds(7)));
        assertThat(repository.countOpen("nobody").join()).isEqualTo(OpenCounts.NONE);
        assertThat(repository.findOpen("default", "shop", null, 1).join()).as("whole, as it is found")
                .containsExactly(repository.find("b").join());
    }

    @Test
    void aPaymentIsAlikeByTheAmountItHasNow() {
        Outcome told = arrival(RECEIPT).held().toBuilder().amount(new BigDecimal("9000")).build();
        Transaction claim = Transaction.arrival(told, SHORT_CODE, NOW).claimed(told, NOW);
        repository.receive(claim).join();
        repository.update(claim.reference(), current -> current.believed(arrival(RECEIPT).held(), NOW, NOW)).join();

        assertThat(repository.findAlike(SHORT_CODE, new BigDecimal("9000"), NOW, NOW).join()).isEmpty();
        assertThat(repository.findAlike(SHORT_CODE, BigDecimal.TEN, NOW, NOW).join()).hasSize(1);
    }

    private void booked(String reference, Instant stored, Instant at) {
        repository.open(intent(reference, null, "10", stored), null).join();
        told(paid(reference, at == null ? null : "R" + reference).toBuilder().source(Source.QUERY)
                .transactionDate(at == null ? null : at.atOffset(ZoneOffset.ofHours(3))).build());
    }

    private List<String> booked(Instant from, Instant until, int limit) {
        List<String> all = new ArrayList<>();
        Transaction last = null;
        while (true) {
            List<Transaction> page = repository.findBooked(SHORT_CODE, from, until, last, limit).join();
            all.addAll(page.stream().map(Transaction::reference).toList());
            if (page.size() < limit) {
                return all;
            }
            last = page.get(limit - 1);
        }
    }

    @Test
    void paymentsAreListedByWhenTheyWereBooked() {
        Instant end = NOW.plusSeconds(60);
        booked("first", NOW.plusSeconds(90), NOW);
        booked("last", NOW, end.minusSeconds(1));
        booked("after", NOW, end);
        booked("before", NOW, NOW.minusMillis(1));
        // without a time of M-Pesa's
        booked("query", NOW.plusSeconds(20), null);
        booked("query before", NOW.minusSeconds(1), null);
        repository.open(intent("open", null, "10", NOW.plusSeconds(10)), null).join();
        repository.open(Transaction.intent("question", "accountBalance", "shop", SHORT_CODE, null, null, null, null, null, NOW), null)
                .join();
        repository.open(Transaction.intent("other", "stkPush", "shop", "600000", null, BigDecimal.TEN, null, null, null, NOW), null)
                .join();

        assertThat(booked(NOW, end, 100)).containsExactly("first", "open", "query", "last");
        assertThat(booked(NOW, NOW, 100)).isEmpty();
        assertThat(repository.findBooked(SHORT_CODE, NOW, end, null, 1).join()).singleElement().satisfies(first -> {
            assertThat(first).isEqualTo(repository.find("first").join());
            assertThat(first.bookedAt()).isEqualTo(NOW);
        });
    }

    @Test
    void pagesOfBookedPaymentsLeaveNothingOutAndRepeatNothing() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            // three in each second, with and without a time of M-Pesa's; some stored before others that were booked with them
            Instant at = NOW.plusSeconds(i / 3);
            booked("p" + i, i % 3 == 0 ? at.minusSeconds(100 - i) : at, i % 3 == 1 ? null : at);
            expected.add("p" + i);
        }

        for (int limit = 1; limit <= 10; limit++) {
            assertThat(booked(NOW, NOW.plusSeconds(60), limit)).as("pages of %s", limit).isEqualTo(expected);
        }
    }

    @Test
    void aBookedPaymentIsListedWithoutItsNames() {
        booked("a", NOW.minusSeconds(9), NOW);
        assertThat(repository.erase("254712345678").join().payments()).isEqualTo(1);

        assertThat(repository.findBooked(SHORT_CODE, NOW, NOW.plusSeconds(1), null, 10).join()).singleElement().satisfies(left -> {
            assertThat(left.phoneNumber()).isNull();
            assertThat(left.bookedAt()).isEqualTo(NOW);
        });
    }

    @Test
    void cursorsMove() {
        assertThat(repository.cursor("pull/shop").join()).isNull();
        repository.moveCursor("pull/shop", "2026-11-21").join();
        repository.moveCursor("pull/shop", "2026-11-22").join();
        repository.moveCursor("pull/branch", "x").join();

        assertThat(repository.cursor("pull/shop").join()).isEqualTo("2026-11-22");
    }

    @Test
    void aMessageIsKept() {
        repository.keep(new RawCallback("a", "shop", NOW, Verdict.UNMATCHED, null, "{".getBytes(StandardCharsets.UTF_8))).join();
        repository.keep(new RawCallback(null, null, NOW, Verdict.ORPHAN, "196.201.214.200", new byte[0])).join();
    }

    @Test
    void dueIsLeasedTheLongestOverdueFirst() {
        for (int i = 0; i < 5; i++) {
            int seconds = i;
            repository.open(intent("p" + i, null), null).join();
            repository.update("p" + i, current -> current.due(NOW.minusSeconds(seconds))).join();
        }
        repository.open(intent("later", null), null).join();
        repository.update("later", current -> current.due(NOW.plusSeconds(1))).join();
        repository.open(intent("never", null), null).join();

        assertThat(due(NOW, NOW.plusSeconds(30), 3)).containsExactly("p4", "p3", "p2");
        assertThat(due(NOW, NOW.plusSeconds(30), 3)).containsExactly("p1", "p0");
        assertThat(due(NOW, NOW.plusSeconds(30), 3)).as("leased").isEmpty();
        assertThat(repository.find("p4").join().dueAt()).isEqualTo(NOW.plusSeconds(30));
        repository.settle(paid("p4", RECEIPT), "node").join();
        assertThat(due(NOW.plusSeconds(30), NOW.plusSeconds(60), 10)).as("the lease is over, one is settled")
                .containsExactly("later", "p0", "p1", "p2", "p3");
    }

    @Test
    void nothingDueIsClaimedTwice() throws Exception {
        int count = 200;
        for (int i = 0; i < count; i++) {
            repository.receive(arrival("R" + i)).join();
        }
        Queue<String> claimed = new ConcurrentLinkedQueue<>();
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();

        together(8, i -> {
            while (claimed.size() < count && System.nanoTime() < end) {
                claimed.addAll(due(NOW.plusSeconds(30), NOW.plusSeconds(60), 7));
            }
            return null;
        });

        assertThat(claimed).hasSize(count).doesNotHaveDuplicates();
    }

    private static final Instant LATER = NOW.plusSeconds(1);
    private static final PurgeBefore NAMES = new PurgeBefore(LATER, NOW);
    private static final PurgeBefore ALL = new PurgeBefore(LATER, LATER);
    private static final String PHONE = "254712345678";

    /** Settles, and lets the route have taken it. */
    protected Settlement told(Outcome outcome) {
        Settlement settlement = repository.settle(outcome, "node").join();
        if (settlement.delivery() != null) {
            assertThat(repository.outbox().replace(settlement.delivery(), settlement.delivery().delivered()).join()).isTrue();
        }
        return settlement;
    }

    /** Until nothing is left; how many rows that were. */
    protected int purge(PurgeBefore before) {
        int all = 0;
        for (int done = -1; done != 0; all += done) {
            done = repository.purge(before, 2).join();
        }
        return all;
    }

    private static RawCallback message(String reference, String body) {
        return new RawCallback(reference, "shop", NOW, Verdict.UNMATCHED, null, body.getBytes(StandardCharsets.UTF_8));
    }

    private Outcome named(String reference) {
        return paid(reference, RECEIPT).toBuilder().resultDescription("done").conversationId("AG_1").originatorConversationId("own")
                .retriable(false).transactionDate(OffsetDateTime.parse("2026-11-21T12:00:00+03:00"))
                .details(Map.of("ReceiverPartyPublicName", PHONE + " - Wanjiku", "Number", 7)).build();
    }

    private static Transaction named(String reference, String key) {
        return Transaction.intent(reference, "stkPush", "shop", SHORT_CODE, key, BigDecimal.TEN, PHONE, "0712 345 678",
                Map.of("name", "Wanjiku"), NOW).asking("fingerprint", "own");
    }

    @Test
    void whatIsOverLosesItsNamesAndInTheEndGoes() {
        repository.open(named("a", "order-1"), null).join();
        repository.update("a", current -> current.acknowledged(acknowledgement("ws_CO_1712345678"), NOW, NOW)).join();
        told(named("a"));
        Transaction before = repository.find("a").join();
        assertThat(purge(new PurgeBefore(NOW, NOW))).as("not yet").isZero();

        assertThat(purge(NAMES)).isPositive();

        Transaction nameless = repository.find("a").join();
        assertThat(nameless).isEqualTo(before.nameless());
        assertThat(nameless.outcome().receiptNumber()).isEqualTo(RECEIPT);
        assertThat(nameless.outcome().conversationId()).isEqualTo("AG_1");
        assertThat(nameless.fingerprint()).isEqualTo("fingerprint");
        assertThat(nameless.isEnded()).isTrue();
        assertThat(repository.find(SHORT_CODE, PaymentIds.receipt(RECEIPT)).join()).isEqualTo(nameless);
        assertThat(repository.find(SHORT_CODE, PaymentIds.checkout("ws_CO_1712345678")).join()).isEqualTo(nameless);
        assertThat(repository.open(named("b", "order-1"), null).join()).as("its key answers").isEqualTo(nameless);
        assertThat(told(named("a")).verdict()).isEqualTo(Verdict.DUPLICATE);
        assertThat(repository.findAlike(SHORT_CODE, BigDecimal.TEN, NOW, NOW).join()).containsExactly(nameless);
        assertThat(purge(NAMES)).as("once").isZero();

        assertThat(purge(ALL)).isPositive();

        assertThat(repository.find("a").join()).isNull();
        assertThat(repository.find(SHORT_CODE, PaymentIds.receipt(RECEIPT)).join()).isNull();
        assertThat(repository.find(SHORT_CODE, PaymentIds.checkout("ws_CO_1712345678")).join()).isNull();
        assertThat(repository.findAlike(SHORT_CODE, BigDecimal.TEN, NOW, NOW).join()).isEmpty();
    }

    @Test
    void whatIsNotOverIsLeftAlone() {
        repository.open(named("open", "1"), null).join();
        repository.open(named("unresolved", "2"), null).join();
        repository.update("unresolved", current -> current.unresolved(NOW)).join();
        repository.open(named("disputed", "3"), null).join();
        told(named("disputed"));
        told(paid("disputed", "UKL7ABCDE2"));
        repository.open(named("untold", "4"), null).join();
        Delivery untold = repository.settle(failed("untold"), "node").join().delivery();
        repository.keep(message("open", PHONE)).join();
        repository.keep(message("untold", PHONE)).join();
        repository.keep(message("nobody", PHONE)).join();
        List<Transaction> before = List.of("open", "unresolved", "disputed", "untold").stream()
                .map(reference -> repository.find(reference).join()).toList();

        assertThat(purge(ALL)).as("the message about nobody").isEqualTo(1);

        assertThat(before).allSatisfy(payment -> assertThat(repository.find(payment.reference()).join()).isEqualTo(payment));
        assertThat(repository.export(PHONE).join().messages()).extracting(PersonalData.Message::reference)
                .containsExactlyInAnyOrder("open", "untold");
        assertThat(repository.outbox().replace(untold, untold.parked()).join()).isTrue();
        assertThat(purge(ALL)).as("parked is not told").isZero();
    }

    @Test
    void questionsAreOverWhenTheyAreAnswered() {
        Transaction question = Transaction.intent("q", "transactionStatus", "shop", SHORT_CODE, null, null, null, null, null, NOW)
                .asking("f", null);
        repository.open(question, null).join();
        assertThat(purge(NAMES)).isZero();
        told(Outcome.builder().reference("q").status(PaymentStatus.UNKNOWN).source(Source.CALLBACK).details(Map.of("Name", "Wanjiku"))
                .build());

        assertThat(purge(NAMES)).isPositive();

        assertThat(repository.find("q").join().isEnded()).isTrue();
        assertThat(repository.find("q").join().outcome().details()).isEmpty();
    }

    @Test
    void aKeyOutlivesItsPayment() {
        repository.open(named("a", "order-1"), null).join();
        told(paid("a", RECEIPT));
        repository.open(named("f", "order-2"), null).join();
        told(failed("f"));
        purge(ALL);

        for (String after : Arrays.asList(null, "a")) {
            assertThatThrownBy(() -> repository.open(named("b", "order-1"), after).join()).cause()
                    .isInstanceOfSatisfying(DarajaKeyUsedException.class, used -> {
                        assertThat(used.getReference()).isEqualTo("a");
                        assertThat(used.getStatus()).isEqualTo(PaymentStatus.COMPLETED);
                        assertThat(used.getEndedAt()).isEqualTo(NOW);
                        assertThat(used).hasMessageContaining("nothing was sent");
                    });
        }
        assertThatThrownBy(() -> repository.open(named("b", "order-2"), "f").join()).cause()
                .isInstanceOfSatisfying(DarajaKeyUsedException.class,
                        used -> assertThat(used.getStatus()).isEqualTo(PaymentStatus.FAILED));
        assertThat(repository.find("b").join()).as("nothing may be sent").isNull();
        assertThat(repository.findAlike(SHORT_CODE, BigDecimal.TEN, NOW, NOW).join()).isEmpty();
        assertThat(repository.find(SHORT_CODE, PaymentIds.originator("own")).join()).isNull();
        assertThat(repository.open(named("c", "order-3"), null).join().reference()).isEqualTo("c");
    }

    @Test
    void aKeyThatARefusalHasFreedStaysFree() {
        repository.open(intent("a", "order-1"), null).join();
        repository.abandon("a", REFUSED).join();
        purge(ALL);

        assertThat(repository.find("a").join()).isNull();
        assertThat(repository.open(intent("b", "order-1"), null).join().reference()).isEqualTo("b");
    }

    @Test
    void aCorrectionOfWhatHasNoNamePinsItsKeyAllTheSame() {
        repository.open(intent("a", "order-1"), null).join();
        repository.abandon("a", REFUSED).join();
        assertThat(purge(NAMES)).isPositive();
        assertThat(repository.find("a").join().idempotencyKey()).isNull();

        assertThat(told(paid("a", RECEIPT)).verdict()).isEqualTo(Verdict.CORRECTED);

        assertThat(repository.open(intent("b", "order-1"), null).join().reference()).as("or it would be paid twice").isEqualTo("a");
        purge(ALL);
        assertThatThrownBy(() -> repository.open(intent("b", "order-1"), null).join()).hasCauseInstanceOf(DarajaKeyUsedException.class);
    }

    @Test
    void aReceiptOutlivesItsPayment() {
        repository.open(intent("push", null), null).join();
        told(paid("push", RECEIPT));
        Transaction arrived = repository.receive(arrival("UKL7ABCDE2")).join();
        told(arrived.held());
        purge(ALL);
        assertThat(repository.find(arrived.reference()).join()).isNull();

        Transaction pushed = repository.receive(arrival(RECEIPT)).join();
        Transaction again = repository.receive(arrival("UKL7ABCDE2")).join();

        assertThat(pushed.reference()).isEqualTo("push");
        assertThat(again.reference()).isEqualTo(arrived.reference());
        assertThat(List.of(pushed, again)).extracting(Transaction::status).containsOnly(PaymentStatus.COMPLETED);
        assertThat(repository.find(arrived.reference()).join()).as("nothing is stored").isNull();
        assertThat(due(NOW.plusSeconds(60), NOW.plusSeconds(90), 10)).isEmpty();
        repository.open(intent("b", null), null).join();
        assertThat(repository.settle(paid("b", RECEIPT), "node").join().verdict()).isEqualTo(Verdict.CONFLICT);
    }

    @Test
    void aPersonSeesEverythingThatIsStored() {
        repository.open(named("a", "order-1"), null).join();
        Delivery untold = repository.settle(named("a"), "node").join().delivery();
        repository.keep(message("a", "not JSON")).join();
        repository.keep(message("0", "{\"MSISDN\":\"+254 712-345-678\"}")).join();
        repository.keep(message("0", "0799999999")).join();
        Outcome hashed = paid(References.ofReceipt(SHORT_CODE, "UKL7ABCDE3"), "UKL7ABCDE3").toBuilder().amount(BigDecimal.ONE)
                .operation("c2bConfirmation").account("shop").phoneNumber(PhoneTraces.of(PHONE).get(1)).build();
        repository.receive(Transaction.arrival(hashed, SHORT_CODE, NOW).believed(hashed, NOW, NOW)).join();
        repository.open(Transaction.intent("z", "b2c", "shop", SHORT_CODE, "key 0712345678", BigDecimal.TEN, "254799999999", null,
                null, NOW), null).join();

        PersonalData theirs = repository.export(PHONE).join();

        assertThat(theirs.payments()).extracting(PersonalData.Payment::reference)
                .containsExactlyInAnyOrder("a", hashed.reference(), "z");
        assertThat(theirs.payments().stream().filter(one -> one.reference().equals("a"))).singleElement().satisfies(payment -> {
            assertThat(payment.phoneNumber()).isEqualTo(PHONE);
            assertThat(payment.metadata()).containsEntry("name", "Wanjiku");
            assertThat(payment.outcome().details()).containsEntry("ReceiverPartyPublicName", PHONE + " - Wanjiku");
            assertThat(payment.createdAt()).isEqualTo(NOW);
        });
        assertThat(theirs.messages()).extracting(PersonalData.Message::body)
                .containsExactlyInAnyOrder("not JSON", "{\"MSISDN\":\"+254 712-345-678\"}");
        assertThat(theirs.undelivered()).singleElement().satisfies(one -> {
            assertThat(one.outcome()).isEqualTo(untold.outcome());
            assertThat(one.state()).isEqualTo(DeliveryState.HELD);
        });
        assertThat(theirs.toString()).doesNotContain(PHONE).doesNotContain("Wanjiku");
        assertThat(theirs.payments().toString() + theirs.messages() + theirs.undelivered()).doesNotContain("712345678");
        assertThat(repository.export("254700000000").join().payments()).isEmpty();
    }

    @Test
    void aPersonIsErasedButForWhatIsNotOver() {
        repository.open(named("a", "order-1"), null).join();
        told(named("a"));
        repository.open(named("open", "order-2"), null).join();
        repository.open(named("untold", "order-3"), null).join();
        repository.settle(failed("untold"), "node").join();
        repository.keep(message("a", "not JSON")).join();
        repository.keep(message("open", "not JSON")).join();
        repository.keep(message("0", PHONE)).join();
        repository.open(Transaction.intent("other", "b2c", "shop", SHORT_CODE, null, BigDecimal.TEN, "254799999999", null, null, NOW),
                null).join();
        Transaction before = repository.find("a").join();

        Erasure erasure = repository.erase(PHONE).join();

        assertThat(erasure.payments()).isEqualTo(1);
        assertThat(erasure.messages()).isEqualTo(2);
        assertThat(erasure.leftPayments()).containsExactlyInAnyOrder("open", "untold");
        assertThat(erasure.leftMessages()).isEqualTo(1);
        assertThat(repository.find("a").join()).as("accounting loses nothing").isEqualTo(before.nameless());
        PersonalData left = repository.export(PHONE).join();
        assertThat(left.payments()).extracting(PersonalData.Payment::reference).containsExactlyInAnyOrder("open", "untold");
        assertThat(left.messages()).extracting(PersonalData.Message::reference).containsExactly("open");
        assertThat(repository.export("254799999999").join().payments()).hasSize(1);
        assertThat(repository.open(named("b", "order-1"), null).join().reference()).as("its key answers").isEqualTo("a");
        assertThat(repository.erase(PHONE).join()).as("there is no more to erase")
                .isEqualTo(new Erasure(0, 0, erasure.leftPayments(), 1));
    }

    @RepeatedTest(3)
    void purgingAndSettlingDoNotHarmEachOther() throws Exception {
        for (int i = 0; i < THREADS; i++) {
            repository.open(intent("p" + i, "order-" + i), null).join();
            repository.abandon("p" + i, REFUSED).join();
        }

        together(THREADS, i -> i % 2 == 0 ? repository.purge(new PurgeBefore(LATER, NOW), 50).join()
                : repository.settle(paid("p" + i, "R" + i), "node").join().verdict());

        for (int i = 1; i < THREADS; i += 2) {
            Transaction corrected = repository.find("p" + i).join();
            assertThat(corrected.status()).isEqualTo(PaymentStatus.COMPLETED);
            assertThat(corrected.outcome().receiptNumber()).isEqualTo("R" + i);
            assertThat(repository.open(intent("n" + i, "order-" + i), null).join().reference()).isEqualTo("p" + i);
        }
    }

    private static final Node NODE = new Node(Transaction.DEFAULT_APPLICATION, "node");
    private static final Interest PUSHES = new Interest("books", "stkPush", null);

    private Delivery settled(Outcome outcome) {
        return repository.settle(outcome, NODE.id()).join().delivery();
    }

    private List<Integer> claimed(Node node, Interest... interests) {
        return repository.outbox().claim(node, List.of(interests), NOW, 10).join().stream().map(Delivery::number).toList();
    }

    @Test
    void outcomesOfAPaymentAreToldInTheirOrder() {
        repository.open(intent("a", null), null).join();
        Delivery first = settled(failed("a"));
        Delivery second = settled(paid("a", RECEIPT));

        assertThat(first.state()).isEqualTo(DeliveryState.HELD);
        assertThat(second.state()).as("the first is on its way").isEqualTo(DeliveryState.FREE);
        assertThat(claimed(NODE, PUSHES)).isEmpty();
        repository.outbox().replace(first, first.again(NOW)).join();
        assertThat(claimed(NODE, PUSHES)).as("the first failed, and is due").containsExactly(1);
        Delivery again = repository.outbox().heldBy(NODE).join().get(0);
        assertThat(again.attempt()).isEqualTo(2);
        repository.outbox().replace(again, again.delivered()).join();

        assertThat(claimed(NODE, PUSHES)).containsExactly(2);
    }

    @Test
    void whatIsParkedHoldsNothingUp() {
        repository.open(intent("a", null), null).join();
        Delivery first = settled(failed("a"));
        repository.outbox().replace(first, first.parked()).join();

        assertThat(settled(paid("a", RECEIPT)).state()).isEqualTo(DeliveryState.HELD);
    }

    @Test
    void aGroupThatIsLateHoldsUpNobodyElse() {
        repository.open(intent("a", null), null).join();
        Delivery first = settled(failed("a"));
        List<Delivery> copies = repository.outbox().share(first, Set.of("books", "late")).join();
        assertThat(copies).extracting(Delivery::group, Delivery::state).containsExactlyInAnyOrder(
                tuple("books", DeliveryState.HELD), tuple("late", DeliveryState.HELD));
        for (Delivery copy : copies) {
            repository.outbox().replace(copy, copy.group().equals("books") ? copy.delivered() : copy.letGo(NOW)).join();
        }

        Delivery second = settled(paid("a", RECEIPT));
        assertThat(second.state()).isEqualTo(DeliveryState.HELD);
        assertThat(repository.outbox().share(second, Set.of("books", "late")).join()).extracting(Delivery::group, Delivery::state)
                .containsExactlyInAnyOrder(tuple("books", DeliveryState.HELD), tuple("late", DeliveryState.FREE));
        assertThat(claimed(NODE, new Interest("late", "stkPush", null))).containsExactly(1);
    }
}
