package io.github.cameldaraja.transaction;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentIds;
import io.github.cameldaraja.api.Verdict;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Payments in the memory of this process: gone with it. Bounded; the oldest settled payments make room, open ones never do.
 */
public final class MemoryTransactionRepository implements TransactionRepository {

    private static final int KEPT_CALLBACKS = 1_000;
    // sorts after every reference
    private static final String LAST = "\uffff";

    /**
     * To which payment a key is pinned.
     *
     * @param previous the failed payment that had it before and gets it back if this one is abandoned; or null
     */
    private record Pin(String reference, String previous) {
    }

    private record Moment(Instant at, String reference) implements Comparable<Moment> {
        private static final Comparator<Moment> ORDER = Comparator.comparing(Moment::at).thenComparing(Moment::reference);

        @Override
        public int compareTo(Moment other) {
            return ORDER.compare(this, other);
        }
    }

    private final Clock clock;
    private final int capacity;
    private final Map<String, Transaction> payments = new ConcurrentHashMap<>();
    private final Map<String, Pin> byKey = new ConcurrentHashMap<>();
    private final Map<String, String> byReceipt = new ConcurrentHashMap<>();
    // Safaricom's ids of requests
    private final Map<String, String> byId = new ConcurrentHashMap<>();
    private final ConcurrentSkipListSet<Moment> due = new ConcurrentSkipListSet<>();
    // by what is common to a push and a payment that comes by itself
    private final Map<String, ConcurrentSkipListSet<Moment>> byAmount = new ConcurrentHashMap<>();
    // settled payments, the oldest first: who goes when room is needed
    private final Deque<String> settled = new ArrayDeque<>();
    private final Map<String, String> cursors = new ConcurrentHashMap<>();
    private final Deque<RawCallback> callbacks = new ArrayDeque<>();
    private final MemoryOutbox outbox = new MemoryOutbox();

    /**
     * @param capacity how many payments are kept at most
     */
    public MemoryTransactionRepository(Clock clock, int capacity) {
        this.clock = clock;
        this.capacity = capacity;
    }

    @Override
    public boolean isDurable() {
        return false;
    }

    @Override
    public CompletableFuture<Transaction> open(Transaction intent, String after) {
        if (isFull()) {
            return full();
        }
        if (payments.putIfAbsent(intent.reference(), intent) != null) {
            return failedFuture(new IllegalStateException("payment " + intent.reference() + " is stored already"));
        }
        remember(intent);
        requestIds(intent.ids()).forEach(id -> byId.put(id, intent.reference()));
        if (intent.idempotencyKey() != null) {
            Transaction earlier = pin(intent, after);
            if (earlier != null) {
                payments.remove(intent.reference());
                forget(intent);
                requestIds(intent.ids()).forEach(id -> byId.replace(id, intent.reference(), earlier.reference()));
                return completedFuture(earlier);
            }
        }
        if (intent.dueAt() != null) {
            due.add(new Moment(intent.dueAt(), intent.reference()));
        }
        return completedFuture(intent);
    }

    @Override
    public CompletableFuture<Transaction> receive(Transaction arrived) {
        if (isFull()) {
            return full();
        }
        String receipt = (arrived.held() == null ? arrived.outcome() : arrived.held()).receiptNumber();
        Transaction[] holder = new Transaction[1];
        Transaction stored = payments.computeIfAbsent(arrived.reference(), reference -> {
            String by = byReceipt.get(receiptKey(arrived.shortCode(), receipt));
            holder[0] = by == null ? null : payments.get(by);
            if (holder[0] != null) {
                return null;
            }
            remember(arrived);
            if (arrived.dueAt() != null) {
                due.add(new Moment(arrived.dueAt(), arrived.reference()));
            }
            return arrived;
        });
        return completedFuture(stored == null ? holder[0] : stored);
    }

    @Override
    public CompletableFuture<Transaction> abandon(String reference, Outcome why) {
        return completedFuture(payments.computeIfPresent(reference, (ref, before) -> {
            Transaction after = before.abandoned(why, clock.instant());
            if (after == before) {
                return before;
            }
            if (before.idempotencyKey() != null) {
                giveUpKey(before);
            }
            return replace(before, after);
        }));
    }

    @Override
    public CompletableFuture<Transaction> update(String reference, UnaryOperator<Transaction> change) {
        return completedFuture(payments.computeIfPresent(reference, (ref, before) -> replace(before, change.apply(before))));
    }

    @Override
    public CompletableFuture<Settlement> settle(Outcome outcome, String node) {
        Settlement[] result = {Settlement.orphan(outcome)};
        payments.computeIfPresent(outcome.reference(), (reference, before) -> {
            Instant now = clock.instant();
            Settlement settlement = Settlement.of(before, outcome, now);
            if (!takeReceipt(before, settlement.takenReceipt())) {
                settlement = settlement.receiptTaken(before, now);
            }
            if (settlement.claimsKey()) {
                // whoever took it meanwhile: a refusal has freed it, or a failure was no reason to keep it
                Pin other = byKey.put(keyOf(before), new Pin(reference, null));
                settlement = settlement.beside(other == null ? null : payments.get(other.reference()), now);
            } else if (settlement.wantsKey()) {
                byKey.putIfAbsent(keyOf(before), new Pin(reference, null));
            }
            settlement = settlement.telling(node, now);
            if (settlement.delivery() != null) {
                settlement = settlement.queued(outbox.add(settlement.delivery()));
            }
            result[0] = settlement;
            if (settlement.transaction() == null) {
                // the payment that holds its receipt is it
                replace(before, before.due(null));
                forget(before);
                return null;
            }
            return replace(before, settlement.transaction());
        });
        return completedFuture(result[0]);
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public CompletableFuture<Void> keep(RawCallback callback) {
        synchronized (callbacks) {
            callbacks.addLast(callback);
            if (callbacks.size() > KEPT_CALLBACKS) {
                callbacks.removeFirst();
            }
        }
        return completedFuture(null);
    }

    @Override
    public CompletableFuture<Transaction> find(String reference) {
        return completedFuture(payments.get(reference));
    }

    @Override
    public CompletableFuture<Transaction> find(String shortCode, PaymentIds ids) {
        String reference = ids.receiptNumber() == null ? null : byReceipt.get(receiptKey(shortCode, ids.receiptNumber()));
        for (String id : requestIds(ids)) {
            reference = reference == null ? byId.get(id) : reference;
        }
        return completedFuture(reference == null ? null : payments.get(reference));
    }

    @Override
    public CompletableFuture<List<Transaction>> findAlike(String shortCode, BigDecimal amount, Instant from, Instant until) {
        ConcurrentSkipListSet<Moment> alike = byAmount.get(amountKey(shortCode, amount));
        return completedFuture(alike == null ? List.of()
                : alike.subSet(new Moment(from, ""), true, new Moment(until, LAST), true).stream()
                        .map(moment -> payments.get(moment.reference())).filter(Objects::nonNull).toList());
    }

    @Override
    public CompletableFuture<String> cursor(String name) {
        return completedFuture(cursors.get(name));
    }

    @Override
    public CompletableFuture<Void> moveCursor(String name, String position) {
        cursors.put(name, position);
        return completedFuture(null);
    }

    @Override
    public CompletableFuture<List<Transaction>> claimDue(String application, Instant now, Instant lease, int limit) {
        List<Transaction> claimed = new ArrayList<>();
        List<Moment> others = new ArrayList<>();
        for (Moment next = pollDue(now); next != null; next = claimed.size() < limit ? pollDue(now) : null) {
            Moment moment = next;
            payments.computeIfPresent(moment.reference(), (ref, payment) -> {
                if (!moment.at().equals(payment.dueAt())) {
                    return payment;
                }
                if (!payment.application().equals(application)) {
                    others.add(moment);
                    return payment;
                }
                claimed.add(payment);
                return replace(payment, payment.due(lease));
            });
        }
        due.addAll(others);
        return completedFuture(claimed);
    }

    int dueCount() {
        return due.size();
    }

    /** All payments, for tests and consoles. */
    public List<Transaction> all() {
        return List.copyOf(payments.values());
    }

    /** The messages that could not be settled, the oldest first. */
    public List<RawCallback> kept() {
        synchronized (callbacks) {
            return List.copyOf(callbacks);
        }
    }

    // null when the key is now ours, else the payment that holds it
    private Transaction pin(Transaction intent, String after) {
        String key = keyOf(intent);
        while (true) {
            Pin holder = byKey.putIfAbsent(key, new Pin(intent.reference(), null));
            if (holder == null) {
                return null;
            }
            Transaction earlier = payments.get(holder.reference());
            if (earlier == null) {
                // its payment has made room meanwhile
                byKey.remove(key, holder);
            } else if (!holder.reference().equals(after) || !earlier.hasFailed()) {
                return earlier;
            } else if (takesOver(key, holder, intent)) {
                return null;
            }
            // it has changed this very moment
        }
    }

    // under the guard of the failed payment: it must not be corrected meanwhile
    private boolean takesOver(String key, Pin holder, Transaction intent) {
        boolean[] taken = new boolean[1];
        payments.computeIfPresent(holder.reference(), (reference, failed) -> {
            taken[0] = failed.hasFailed() && byKey.replace(key, holder, new Pin(intent.reference(), holder.reference()));
            return failed;
        });
        return taken[0];
    }

    private void giveUpKey(Transaction payment) {
        byKey.computeIfPresent(keyOf(payment), (key, pin) -> !pin.reference().equals(payment.reference()) ? pin
                : pin.previous() == null ? null : new Pin(pin.previous(), null));
    }

    private Moment pollDue(Instant now) {
        Moment first = due.pollFirst();
        if (first != null && first.at().isAfter(now)) {
            due.add(first);
            return null;
        }
        return first;
    }

    private Transaction replace(Transaction before, Transaction after) {
        requestIds(after.ids()).forEach(id -> byId.putIfAbsent(id, after.reference()));
        if (!Objects.equals(after.amount(), before.amount())) {
            forget(before);
            remember(after);
        }
        if (!Objects.equals(after.dueAt(), before.dueAt())) {
            if (before.dueAt() != null) {
                // nobody claims it where nobody asks
                due.remove(new Moment(before.dueAt(), before.reference()));
            }
            if (after.dueAt() != null) {
                due.add(new Moment(after.dueAt(), after.reference()));
            }
        }
        if (after.isEnded() && !before.isEnded()) {
            synchronized (settled) {
                settled.addLast(after.reference());
            }
        }
        return after;
    }

    private void remember(Transaction payment) {
        if (!payment.isQuestion()) {
            byAmount.compute(amountKey(payment), (key, all) -> {
                ConcurrentSkipListSet<Moment> more = all == null ? new ConcurrentSkipListSet<>() : all;
                more.add(new Moment(payment.createdAt(), payment.reference()));
                return more;
            });
        }
    }

    private void forget(Transaction payment) {
        if (!payment.isQuestion()) {
            byAmount.computeIfPresent(amountKey(payment), (key, all) -> {
                all.remove(new Moment(payment.createdAt(), payment.reference()));
                return all.isEmpty() ? null : all;
            });
        }
    }

    private boolean takeReceipt(Transaction payment, String receipt) {
        String holder = receipt == null ? null
                : byReceipt.putIfAbsent(receiptKey(payment.shortCode(), receipt), payment.reference());
        return holder == null || holder.equals(payment.reference());
    }

    private boolean isFull() {
        return payments.size() >= capacity && !makeRoom();
    }

    private <T> CompletableFuture<T> full() {
        return failedFuture(new IllegalStateException("the memory repository holds " + capacity
                + " payments and all of them are open; use a database, or raise memoryCapacity"));
    }

    private boolean makeRoom() {
        String oldest;
        synchronized (settled) {
            oldest = settled.pollFirst();
        }
        Transaction gone = oldest == null ? null : payments.remove(oldest);
        if (gone != null) {
            forget(gone);
            requestIds(gone.ids()).forEach(id -> byId.remove(id, gone.reference()));
            if (gone.idempotencyKey() != null) {
                giveUpKey(gone);
            }
            if (gone.outcome() != null && gone.outcome().receiptNumber() != null) {
                byReceipt.remove(receiptKey(gone), gone.reference());
            }
        }
        return oldest != null;
    }

    private static String keyOf(Transaction payment) {
        return payment.operation() + '/' + payment.account() + '/' + payment.idempotencyKey();
    }

    private static String receiptKey(Transaction payment) {
        return receiptKey(payment.shortCode(), payment.outcome().receiptNumber());
    }

    private static String receiptKey(String shortCode, String receipt) {
        return shortCode + '/' + References.canonical(receipt);
    }

    private static String amountKey(Transaction payment) {
        return amountKey(payment.shortCode(), payment.amount());
    }

    private static String amountKey(String shortCode, BigDecimal amount) {
        return shortCode + '/' + amount.stripTrailingZeros().toPlainString();
    }

    private static List<String> requestIds(PaymentIds ids) {
        return Stream.of(ids.checkoutRequestId(), ids.conversationId(), ids.originatorConversationId()).filter(Objects::nonNull)
                .toList();
    }
}
