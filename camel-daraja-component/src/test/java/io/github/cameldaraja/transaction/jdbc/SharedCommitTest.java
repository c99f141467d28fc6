package io.github.cameldaraja.transaction.jdbc;

import static io.github.cameldaraja.transaction.jdbc.Nodes.NOW;
import static io.github.cameldaraja.transaction.jdbc.Nodes.SHORT_CODE;
import static io.github.cameldaraja.transaction.jdbc.Nodes.intent;
import static io.github.cameldaraja.transaction.jdbc.Nodes.paid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentIds;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.api.Verdict;
import io.github.cameldaraja.transaction.Settlement;
import io.github.cameldaraja.transaction.Transaction;
import io.github.cameldaraja.transaction.TransactionRepository;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Changes that wait share a transaction, and nobody fails, waits or hears of it too early because of that. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SharedCommitTest {

    private static final int THREADS = 32;

    @RegisterExtension
    final Nodes nodes = new Nodes();

    private FaultyDataSource connections;
    private JdbcTransactionRepository repository;
    private final CountDownLatch go = new CountDownLatch(1);

    /** One thread, and payments for it: p0, p1 and so on. */
    private void open(TestDatabase database, int payments) throws Exception {
        connections = new FaultyDataSource(nodes.pool(database, 4));
        repository = nodes.start(connections, 1);
        repository.open(intent("first", null), null).join();
        all(payments, i -> repository.open(intent("p" + i, null), null)).forEach(CompletableFuture::join);
    }

    /** Its only thread is busy from now on. */
    private CompletableFuture<Transaction> keepBusy() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Transaction> first = repository.update("first", current -> {
            begun.countDown();
            await(go);
            return current;
        });
        begun.await();
        return first;
    }

    private CompletableFuture<Settlement> settle(int payment) {
        return repository.settle(paid("p" + payment, "R" + payment), "node");
    }

    private static <T> List<CompletableFuture<T>> all(int count, IntFunction<CompletableFuture<T>> work) {
        return IntStream.range(0, count).mapToObj(work).toList();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void changesThatWaitShareOneCommit(TestDatabase database) throws Exception {
        open(database, 50);
        CompletableFuture<Transaction> first = keepBusy();
        int commits = connections.count("commit");
        List<CompletableFuture<Settlement>> settled = all(50, this::settle);

        go.countDown();

        assertThat(settled).allSatisfy(one -> assertThat(one.join().verdict()).isEqualTo(Verdict.APPLIED));
        first.join();
        assertThat(connections.count("commit") - commits).as("that of the first, and one for all").isEqualTo(2);
        assertThat(repository.find("p49").join().status()).isEqualTo(PaymentStatus.COMPLETED);
    }

    @ParameterizedTest
    @EnumSource
    void oneThatFailsFailsAlone(TestDatabase database) throws Exception {
        open(database, 50);
        keepBusy();
        List<CompletableFuture<Settlement>> settled = all(25, this::settle);
        CompletableFuture<Transaction> throwing = repository.update("p0", current -> {
            throw new IllegalStateException("no");
        });
        CompletableFuture<Transaction> refused = repository.open(intent("p1", null), null);
        List<CompletableFuture<Settlement>> more = all(25, i -> settle(25 + i));

        go.countDown();

        assertThat(settled).allSatisfy(one -> assertThat(one.join().verdict()).isEqualTo(Verdict.APPLIED));
        assertThat(more).allSatisfy(one -> assertThat(one.join().verdict()).isEqualTo(Verdict.APPLIED));
        assertThatThrownBy(throwing::join).hasRootCauseMessage("no");
        assertThatThrownBy(refused::join).hasRootCauseInstanceOf(SQLException.class);
        assertThat(repository.find("p0").join().told()).as("once").isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void nobodyHearsOfItBeforeTheCommit(TestDatabase database) throws Exception {
        open(database, 20);
        CompletableFuture<Transaction> first = keepBusy();
        List<CompletableFuture<Settlement>> settled = new ArrayList<>();
        Queue<Long> done = new ConcurrentLinkedQueue<>();
        connections.before("commit", () -> done.add(settled.stream().filter(CompletableFuture::isDone).count()));
        settled.addAll(all(20, this::settle));

        go.countDown();
        settled.forEach(CompletableFuture::join);
        first.join();

        assertThat(done).containsExactly(0L, 0L);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotCommittedIsNotStored(TestDatabase database) throws Exception {
        open(database, 20);
        keepBusy();
        List<CompletableFuture<Settlement>> settled = all(20, this::settle);
        connections.breakDown("commit");

        go.countDown();

        assertThat(settled).allSatisfy(one -> assertThatThrownBy(one::join)
                .hasMessageContaining("it may have been stored, or not: broken: commit"));
        connections.repair();
        for (int i = 0; i < 20; i++) {
            assertThat(repository.find("p" + i).join().status()).isEqualTo(PaymentStatus.INITIATED);
            assertThat(settle(i).join().verdict()).isEqualTo(Verdict.APPLIED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoWaitsForAPaymentKeepsNobodyElseWaiting(TestDatabase database) throws Exception {
        open(database, 10);
        keepBusy();
        try (Connection other = connections.getConnection(); Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.executeQuery("select reference from daraja_payment where reference = 'p3' for update").next();
            List<CompletableFuture<Settlement>> settled = new ArrayList<>(all(10, this::settle));
            CompletableFuture<Settlement> waiting = settled.remove(3);

            go.countDown();

            settled.forEach(CompletableFuture::join);
            assertThat(waiting).isNotDone();
            other.rollback();
            assertThat(waiting.join().verdict()).isEqualTo(Verdict.APPLIED);
            other.setAutoCommit(true);
        }
    }

    @ParameterizedTest
    @EnumSource
    void sharedTransactionsDoNotWaitInACircle(TestDatabase database) throws Exception {
        open(database, 20);
        FaultyDataSource others = new FaultyDataSource(nodes.pool(connections, 4));
        JdbcTransactionRepository other = nodes.start(others, 1);
        all(20, i -> other.open(intent("q" + i, null), null)).forEach(CompletableFuture::join);
        int rollbacks = connections.count("rollback");
        keepBusy();
        CountDownLatch begun = new CountDownLatch(1);
        other.update("q0", current -> {
            begun.countDown();
            await(go);
            return current;
        });
        begun.await();

        List<CompletableFuture<Settlement>> settled = new ArrayList<>(all(20, this::settle));
        // the same receipts, and from the other end
        settled.addAll(all(20, i -> other.settle(paid("q" + (19 - i), "R" + (19 - i)), "node")));
        go.countDown();

        settled.forEach(CompletableFuture::join);
        assertThat(connections.count("rollback")).as("nobody had to try again").isEqualTo(rollbacks);
        for (int i = 0; i < 20; i++) {
            assertThat(List.of(settled.get(i).join().verdict(), settled.get(39 - i).join().verdict()))
                    .containsExactlyInAnyOrder(Verdict.APPLIED, Verdict.CONFLICT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutAConnectionAllFailAtOnce(TestDatabase database) throws Exception {
        open(database, 30);
        keepBusy();
        List<CompletableFuture<Settlement>> settled = all(30, this::settle);
        connections.breakDown("getConnection");
        int asked = connections.count("getConnection");

        go.countDown();

        assertThat(settled).allSatisfy(one -> assertThatThrownBy(one::join).hasMessageContaining("nothing was stored"));
        assertThat(connections.count("getConnection") - asked).as("not each for itself").isEqualTo(1);
        connections.repair();
        assertThat(settle(0).join().verdict()).isEqualTo(Verdict.APPLIED);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsDoneByHalvesIsNeverCommitted(TestDatabase database) throws Exception {
        open(database, 1);
        connections.breakDown("rollback");

        // its key is pinned first, and then its reference is taken
        assertThatThrownBy(() -> repository.open(intent("p0", "order-1"), null).join()).hasRootCauseInstanceOf(SQLException.class);

        connections.repair();
        assertThat(repository.open(intent("other", "order-1"), null).join().reference()).isEqualTo("other");
    }

    @Test
    void moreThanCanBeWorkedOffAreRefusedAtOnce() throws Exception {
        open(TestDatabase.H2, 1);
        CompletableFuture<Transaction> first = keepBusy();
        List<CompletableFuture<Transaction>> waiting = new ArrayList<>(all(Workers.MOST_WAITING, i ->
                repository.update("p0", current -> current.asked(1, NOW, NOW))));

        CompletableFuture<Transaction> change = repository.update("p0", current -> current.asked(1, NOW, NOW));
        CompletableFuture<Transaction> question = repository.find("p0");

        assertThat(waiting).noneMatch(CompletableFuture::isDone);
        assertThat(change).isCompletedExceptionally();
        assertThatThrownBy(change::join).hasMessageContaining("does not keep up: 10000 callers wait for it already");
        assertThat(question).isCompletedExceptionally();
        go.countDown();
        first.join();
        waiting.forEach(CompletableFuture::join);
        assertThat(repository.find("p0").join().questions()).isEqualTo(Workers.MOST_WAITING);
    }

    @Test
    void changesThatWaitAreMadeBeforeAStop() throws Exception {
        open(TestDatabase.H2, 30);
        keepBusy();
        List<CompletableFuture<Settlement>> settled = all(30, this::settle);
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(repository::stop);
        Awaitility.await().until(() -> repository.find("p0").isCompletedExceptionally());

        go.countDown();

        stopped.join();
        assertThat(settled).allSatisfy(one -> assertThat(one).isCompleted());
        assertThatThrownBy(() -> settle(0).join()).hasMessageContaining("stopped");
    }

    @ParameterizedTest
    @EnumSource
    void settleAgainstSettleOnTwoNodesAppliesEachOnce(TestDatabase database) throws Exception {
        int payments = 20;
        DataSource pool = nodes.pool(database, 16);
        List<TransactionRepository> both = List.of(nodes.start(pool, 8), nodes.start(pool, 8));
        all(payments, i -> both.get(0).open(intent("p" + i, null), null)).forEach(CompletableFuture::join);
        Map<String, AtomicInteger> applied = new ConcurrentHashMap<>();
        Map<Verdict, AtomicInteger> verdicts = new ConcurrentHashMap<>();

        together(thread -> {
            List<Integer> order = new ArrayList<>(IntStream.range(0, payments).boxed().toList());
            Collections.shuffle(order, new Random(thread));
            List<CompletableFuture<Settlement>> settled = order.stream().map(i ->
                    both.get(thread % 2).settle(paid("p" + i, "R" + i), "node" + thread % 2)).toList();
            settled.stream().map(CompletableFuture::join).forEach(one -> {
                verdicts.computeIfAbsent(one.verdict(), verdict -> new AtomicInteger()).incrementAndGet();
                if (one.verdict() == Verdict.APPLIED) {
                    applied.computeIfAbsent(one.outcome().reference(), reference -> new AtomicInteger()).incrementAndGet();
                }
            });
        });

        assertThat(applied).hasSize(payments).allSatisfy((reference, times) -> assertThat(times).as(reference).hasValue(1));
        assertThat(verdicts.get(Verdict.DUPLICATE)).hasValue(payments * (THREADS - 1));
        assertThat(verdicts).containsOnlyKeys(Verdict.APPLIED, Verdict.DUPLICATE);
    }

    @ParameterizedTest
    @EnumSource
    void whoeverMeetsWhomAllEndAndEachReceiptCountsOnce(TestDatabase database) throws Exception {
        int payments = 10;
        DataSource pool = nodes.pool(database, 16);
        List<TransactionRepository> both = List.of(nodes.start(pool, 8), nodes.start(pool, 8));
        List<Outcome> arrivals = new ArrayList<>();
        for (int i = 0; i < payments; i++) {
            both.get(0).open(intent("p" + i, "key" + i).asking("f", "own" + i), null).join();
            Outcome arrived = paid("a" + i, "R" + i).toBuilder().operation("c2bConfirmation").account("shop")
                    .amount(intent("p", null).amount()).source(Source.CONFIRMATION).build();
            arrivals.add(arrived);
        }
        Map<String, AtomicInteger> counted = new ConcurrentHashMap<>();

        together(thread -> {
            TransactionRepository node = both.get(thread % 2);
            List<Supplier<CompletableFuture<?>>> works = new ArrayList<>();
            for (int i = 0; i < payments; i++) {
                int payment = i;
                works.add(() -> node.settle(paid("p" + payment, "R" + payment), "node").thenAccept(one -> count(one, counted)));
                works.add(() -> node.receive(arrival(arrivals.get(payment))).thenCompose(row -> row.held() == null
                        ? CompletableFuture.completedFuture(null)
                        : node.settle(row.held(), "node").thenAccept(one -> count(one, counted))));
                works.add(() -> node.abandon("p" + payment, Outcome.builder().status(PaymentStatus.FAILED).build()));
                works.add(() -> node.open(intent("p" + payment + "-" + thread, "key" + payment).asking("f", "own" + payment), null));
                works.add(() -> node.update("p" + payment, current -> current.asked(1, NOW, NOW)));
            }
            Collections.shuffle(works, new Random(thread));
            List<CompletableFuture<?>> all = new ArrayList<>();
            works.forEach(work -> all.add(work.get()));
            all.forEach(CompletableFuture::join);
        });

        assertThat(counted).hasSize(payments).allSatisfy((receipt, times) -> assertThat(times).as(receipt).hasValue(1));
        for (int i = 0; i < payments; i++) {
            assertThat(both.get(1).find(SHORT_CODE, PaymentIds.receipt("R" + i)).join().status()).isEqualTo(PaymentStatus.COMPLETED);
        }
    }

    private static void count(Settlement settlement, Map<String, AtomicInteger> counted) {
        if (settlement.verdict().isDelivered()) {
            counted.computeIfAbsent(settlement.outcome().receiptNumber(), receipt -> new AtomicInteger()).incrementAndGet();
        }
    }

    private static Transaction arrival(Outcome payment) {
        return new Transaction(payment.reference(), "default", payment.operation(), payment.account(), SHORT_CODE, null, 1,
                PaymentStatus.PENDING, null, payment.amount(), payment.phoneNumber(), payment.accountReference(), null, null, null, NOW,
                NOW, null, null, false, 0, payment, NOW.plusSeconds(30), null, 0);
    }

    private static void together(IntConsumer work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<? extends Future<?>> all = IntStream.range(0, THREADS).mapToObj(thread -> pool.submit(() -> {
                await(start);
                work.accept(thread);
            })).toList();
            start.countDown();
            for (Future<?> one : all) {
                one.get(2, TimeUnit.MINUTES);
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
