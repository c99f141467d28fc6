package io.github.cameldaraja.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldaraja.api.DarajaKeyUsedException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.api.Verdict;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryTransactionRepositoryTest {

    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    private final MemoryTransactionRepository repository =
            new MemoryTransactionRepository(Clock.fixed(NOW, ZoneOffset.UTC), 3);

    private static Transaction intent(String reference, String key) {
        return Transaction.intent(reference, "stkPush", "shop", "174379", key, BigDecimal.TEN, "254712345678", "INV", Map.of(), NOW)
                .asking("f", null);
    }

    private static Outcome paid(String reference, String receipt) {
        return Outcome.builder().reference(reference).status(PaymentStatus.COMPLETED).resultCode("0").receiptNumber(receipt)
                .source(Source.CALLBACK).build();
    }

    @Test
    void settleAgainstSettleAppliesOnce() throws Exception {
        repository.open(intent("a", null), null).join();
        ExecutorService threads = Executors.newFixedThreadPool(32);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<Verdict>> verdicts = IntStream.range(0, 32).mapToObj(i -> threads.submit(() -> {
                start.await();
                return repository.settle(paid("a", "UKL7ABCDE1"), "node").join().verdict();
            })).toList();
            start.countDown();

            int applied = 0;
            for (Future<Verdict> verdict : verdicts) {
                applied += verdict.get() == Verdict.APPLIED ? 1 : 0;
            }
            assertThat(applied).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aReceiptPaysOnce() {
        repository.open(intent("a", null), null).join();
        repository.open(intent("b", null), null).join();
        repository.settle(paid("a", "UKL7ABCDE1"), "node").join();

        Settlement second = repository.settle(paid("b", "UKL7ABCDE1"), "node").join();

        assertThat(second.verdict()).isEqualTo(Verdict.CONFLICT);
        assertThat(second.transaction().status()).isEqualTo(PaymentStatus.UNRESOLVED);
    }

    @Test
    void anOrphanChangesNothing() {
        assertThat(repository.settle(paid("nobody", "UKL7ABCDE1"), "node").join().verdict()).isEqualTo(Verdict.ORPHAN);
        assertThat(repository.all()).isEmpty();
    }

    @Test
    void aKeyIsPinnedUntilItsPaymentIsAbandoned() {
        assertThat(repository.open(intent("a", "order-1"), null).join().reference()).isEqualTo("a");
        assertThat(repository.open(intent("b", "order-1"), null).join().reference()).isEqualTo("a");

        repository.abandon("a", Outcome.builder().status(PaymentStatus.FAILED).build()).join();

        assertThat(repository.open(intent("c", "order-1"), null).join().reference()).isEqualTo("c");
        assertThat(repository.find("b").join()).isNull();
    }

    @Test
    void whatACallbackHasEndedIsNotAbandoned() {
        repository.open(intent("a", "order-1"), null).join();
        repository.settle(paid("a", "UKL7ABCDE1"), "node").join();

        Transaction after = repository.abandon("a", Outcome.builder().status(PaymentStatus.FAILED).build()).join();

        assertThat(after.status()).isEqualTo(PaymentStatus.COMPLETED);
        assertThat(repository.open(intent("b", "order-1"), null).join().reference()).as("still pinned").isEqualTo("a");
    }

    @Test
    void openPaymentsNeverMakeRoom() {
        repository.open(intent("a", null), null).join();
        repository.open(intent("b", null), null).join();
        repository.open(intent("c", null), null).join();

        assertThatThrownBy(() -> repository.open(intent("d", null), null).join()).hasMessageContaining("memoryCapacity");

        repository.settle(paid("a", "UKL7ABCDE1"), "node").join();
        repository.open(intent("d", null), null).join();
        assertThat(repository.find("a").join()).as("the settled one has gone").isNull();
        assertThat(repository.find("b").join()).isNotNull();
    }

    @Test
    void dueIsClaimedOnce() {
        repository.open(intent("a", null), null).join();
        repository.open(intent("b", null), null).join();
        repository.update("a", payment -> payment.due(NOW.minusSeconds(1))).join();
        repository.update("b", payment -> payment.due(NOW.plusSeconds(60))).join();

        assertThat(repository.claimDue("default", NOW, NOW.plusSeconds(30), 10).join()).extracting(Transaction::reference).containsExactly("a");
        assertThat(repository.claimDue("default", NOW, NOW.plusSeconds(30), 10).join()).as("leased").isEmpty();
        assertThat(repository.claimDue("default", NOW.plusSeconds(30), NOW.plusSeconds(90), 10).join()).as("the lease is over")
                .extracting(Transaction::reference).containsExactly("a");
    }


    @Test
    void whatWasRefusedAndYetPaidPinsItsKeyAgain() {
        repository.open(intent("a", "order-1"), null).join();
        repository.abandon("a", Outcome.builder().status(PaymentStatus.FAILED).build()).join();
        assertThat(repository.settle(paid("a", "UKL7ABCDE1"), "node").join().verdict()).isEqualTo(Verdict.CORRECTED);

        assertThat(repository.open(intent("b", "order-1"), null).join().reference()).as("the payment that has moved").isEqualTo("a");
    }

    @Test
    void thePaymentThatHasMovedTakesItsFreedKeyBack() {
        repository.open(intent("a", "order-1"), null).join();
        repository.abandon("a", Outcome.builder().status(PaymentStatus.FAILED).build()).join();
        repository.open(intent("b", "order-1"), null).join();
        repository.settle(paid("a", "UKL7ABCDE1"), "node").join();
        assertThat(repository.open(intent("c", "order-1"), null).join().reference()).isEqualTo("a");

        repository.abandon("b", Outcome.builder().status(PaymentStatus.FAILED).build()).join();
        assertThat(repository.open(intent("d", "order-1"), null).join().reference()).as("or it would be paid twice").isEqualTo("a");
    }

    @Test
    void aRefusalDoesNotFreeTheKeyOfMoneyThatHasMoved() {
        repository.open(intent("a", "order-1"), null).join();
        Outcome anotherAmount = paid("a", "UKL7ABCDE1").toBuilder().amount(BigDecimal.ONE).build();
        assertThat(repository.settle(anotherAmount, "node").join().verdict()).isEqualTo(Verdict.CONFLICT);

        Transaction after = repository.abandon("a", Outcome.builder().status(PaymentStatus.FAILED).build()).join();

        assertThat(after.status()).isEqualTo(PaymentStatus.UNRESOLVED);
        assertThat(repository.open(intent("b", "order-1"), null).join().reference()).isEqualTo("a");
    }

    @Test
    void aQuestionThatIsAnsweredIsNotAbandoned() {
        repository.open(Transaction.intent("q", "transactionStatus", "shop", "174379", null, null, null, null, Map.of(), NOW)
                .asking("f", null), null).join();
        repository.settle(Outcome.builder().reference("q").status(PaymentStatus.PENDING).source(Source.QUERY).build(), "node").join();

        Transaction after = repository.abandon("q", Outcome.builder().status(PaymentStatus.FAILED).build()).join();

        assertThat(after.outcome().source()).isEqualTo(Source.QUERY);
    }

    @Test
    void nothingIsDueForWhatIsSettled() {
        for (String reference : List.of("a", "b", "c", "d", "e")) {
            repository.open(intent(reference, null), null).join();
            repository.update(reference, payment -> payment.due(NOW.plusSeconds(20))).join();
            repository.update(reference, payment -> payment.due(NOW.plusSeconds(40))).join();
            assertThat(repository.dueCount()).isEqualTo(1);
            repository.settle(paid(reference, "UKL7ABCDE" + reference), "node").join();
            assertThat(repository.dueCount()).as("nobody may ever claim it, with askWhenLate=false").isZero();
        }
    }

    @Test
    void aFailureHoldsNoReceipt() {
        repository.open(intent("a", null), null).join();
        repository.open(intent("b", null), null).join();
        repository.settle(paid("a", "UKL7ABCDE1").toBuilder().status(PaymentStatus.FAILED).resultCode("1").build(), "node").join();

        assertThat(repository.settle(paid("b", "UKL7ABCDE1"), "node").join().verdict()).isEqualTo(Verdict.APPLIED);
    }

    private void payAndMakeRoom(int from, int until) {
        for (int i = from; i < until; i++) {
            repository.open(intent("p" + i, "order-" + i), null).join();
            repository.settle(paid("p" + i, "UKL7ABCDE" + i), "node").join();
        }
    }

    @Test
    void whatHasMadeRoomIsNeitherPaidNorCountedAgain() {
        payAndMakeRoom(0, 4);
        assertThat(repository.find("p0").join()).as("there was no room").isNull();

        assertThatThrownBy(() -> repository.open(intent("again", "order-0"), null).join()).cause()
                .isInstanceOfSatisfying(DarajaKeyUsedException.class, used -> {
                    assertThat(used.getReference()).isEqualTo("p0");
                    assertThat(used.getStatus()).isEqualTo(PaymentStatus.COMPLETED);
                });
        assertThat(repository.find("again").join()).isNull();
        repository.open(intent("other", null), null).join();
        assertThat(repository.settle(paid("other", "UKL7ABCDE0"), "node").join().verdict()).isEqualTo(Verdict.CONFLICT);
    }

    @Test
    void itIsRememberedForFourTimesAsManyPayments() {
        // with the one that is asked for next, twelve have made room
        payAndMakeRoom(0, 14);
        assertThatThrownBy(() -> repository.open(intent("again", "order-0"), null).join())
                .hasCauseInstanceOf(DarajaKeyUsedException.class);

        payAndMakeRoom(14, 17);

        assertThat(repository.open(intent("again", "order-0"), null).join().reference()).as("too long ago").isEqualTo("again");
        assertThatThrownBy(() -> repository.open(intent("no", "order-5"), null).join())
                .hasCauseInstanceOf(DarajaKeyUsedException.class);
    }
}
