package io.github.cameldaraja.transaction;

import static java.util.concurrent.CompletableFuture.failedFuture;

import io.github.cameldaraja.account.Commons;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentIds;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A repository whose ground gives way where a test says so. */
public final class FailingRepository implements TransactionRepository {

    /** What can fail. */
    public enum Step { OPEN, RECEIVE, ABANDON, UPDATE, SETTLE, KEEP, FIND, CLAIM, DELIVER, PURGE }

    private final TransactionRepository inner;
    private final Set<Step> broken = ConcurrentHashMap.newKeySet();
    private final Map<Step, Runnable> before = new ConcurrentHashMap<>();

    public FailingRepository(TransactionRepository inner) {
        this.inner = inner;
    }

    public void breakDown(Step... steps) {
        broken.addAll(List.of(steps));
    }

    public void repair() {
        broken.clear();
    }

    /** Lets something happen just before the next such step. */
    public void before(Step step, Runnable event) {
        before.put(step, event);
    }

    @Override
    public boolean isDurable() {
        return inner.isDurable();
    }

    @Override
    public CompletableFuture<Transaction> open(Transaction intent, String after, Terms terms) {
        return at(Step.OPEN, () -> inner.open(intent, after, terms));
    }

    @Override
    public CompletableFuture<Transaction> receive(Transaction arrived) {
        return at(Step.RECEIVE, () -> inner.receive(arrived));
    }

    @Override
    public CompletableFuture<List<Transaction>> findAlike(String shortCode, BigDecimal amount, Instant from, Instant until) {
        return at(Step.FIND, () -> inner.findAlike(shortCode, amount, from, until));
    }

    @Override
    public void whenUnreadable(Consumer<Outcome> whenUnreadable) {
        inner.whenUnreadable(whenUnreadable);
    }

    @Override
    public CompletableFuture<List<Transaction>> findOpen(String application, String account, String after, int limit) {
        return at(Step.FIND, () -> inner.findOpen(application, account, after, limit));
    }

    @Override
    public CompletableFuture<OpenCounts> countOpen(String application) {
        return at(Step.FIND, () -> inner.countOpen(application));
    }

    @Override
    public CompletableFuture<List<Transaction>> findBooked(String shortCode, Instant from, Instant until, Transaction after,
                                                           int limit) {
        return at(Step.FIND, () -> inner.findBooked(shortCode, from, until, after, limit));
    }

    @Override
    public CompletableFuture<Transaction> abandon(String reference, Outcome why, Predicate<Transaction> still) {
        return at(Step.ABANDON, () -> inner.abandon(reference, why, still));
    }

    @Override
    public CompletableFuture<List<Transaction>> findHeld(String application, int limit) {
        return at(Step.FIND, () -> inner.findHeld(application, limit));
    }

    @Override
    public CompletableFuture<BigDecimal> spent(String account, String day) {
        return at(Step.FIND, () -> inner.spent(account, day));
    }

    @Override
    public CompletableFuture<Transaction> update(String reference, UnaryOperator<Transaction> change) {
        return at(Step.UPDATE, () -> inner.update(reference, change));
    }

    @Override
    public CompletableFuture<Settlement> settle(Outcome outcome, String node) {
        return at(Step.SETTLE, () -> inner.settle(outcome, node));
    }

    @Override
    public Outbox outbox() {
        return new FailingOutbox(inner.outbox(), broken);
    }

    @Override
    public Optional<Commons> commons() {
        return inner.commons();
    }

    @Override
    public CompletableFuture<Void> keep(RawCallback callback) {
        return at(Step.KEEP, () -> inner.keep(callback));
    }

    @Override
    public CompletableFuture<Transaction> find(String reference) {
        return at(Step.FIND, () -> inner.find(reference));
    }

    @Override
    public CompletableFuture<Transaction> find(String shortCode, PaymentIds ids) {
        return at(Step.FIND, () -> inner.find(shortCode, ids));
    }

    @Override
    public CompletableFuture<List<KeyHolder>> findByKey(Collection<String> operations, Collection<String> accounts, String key) {
        return at(Step.FIND, () -> inner.findByKey(operations, accounts, key));
    }

    @Override
    public CompletableFuture<String> cursor(String name) {
        return at(Step.FIND, () -> inner.cursor(name));
    }

    @Override
    public CompletableFuture<Void> moveCursor(String name, String position) {
        return at(Step.UPDATE, () -> inner.moveCursor(name, position));
    }

    @Override
    public CompletableFuture<List<Transaction>> claimDue(String application, Instant now, Instant lease, int limit) {
        return at(Step.CLAIM, () -> inner.claimDue(application, now, lease, limit));
    }

    @Override
    public CompletableFuture<Integer> purge(PurgeBefore before, int limit) {
        return at(Step.PURGE, () -> inner.purge(before, limit));
    }

    @Override
    public CompletableFuture<PersonalData> export(String phoneNumber) {
        return at(Step.FIND, () -> inner.export(phoneNumber));
    }

    @Override
    public CompletableFuture<Erasure> erase(String phoneNumber) {
        return at(Step.PURGE, () -> inner.erase(phoneNumber));
    }

    private <T> CompletableFuture<T> at(Step step, Supplier<CompletableFuture<T>> work) {
        Runnable event = before.remove(step);
        if (event != null) {
            event.run();
        }
        return at(broken, step, work);
    }

    static <T> CompletableFuture<T> at(Set<Step> broken, Step step, Supplier<CompletableFuture<T>> work) {
        return broken.contains(step) ? failedFuture(new IllegalStateException("the store is down")) : work.get();
    }
}
