package io.github.cameldaraja.transaction;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import io.github.cameldaraja.api.DarajaKeyUsedException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentIds;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.PhoneTraces;
import io.github.cameldaraja.api.Verdict;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Payments in the memory of this process: gone with it. Bounded; the oldest settled payments make room, open ones never do. Their keys
 * and receipts are remembered longer, for four times as many payments as there is room for.
 */
public final class MemoryTransactionRepository implements TransactionRepository {

    private static final int KEPT_CALLBACKS = 1_000;
    private static final int REMEMBERED = 4;
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

    /**
     * What outlives a payment, or its personal fields.
     *
     * @param key     its key's, or null
     * @param receipt its receipt's, or null
     * @param ids     Safaricom's ids that its personal fields had
     */
    private record Trace(PaymentStatus status, Instant endedAt, String key, String receipt, List<String> ids) {
    }

    private final Clock clock;
    private final int capacity;
    // of payments whose personal fields have gone
    private final Map<String, Trace> nameless = new ConcurrentHashMap<>();
    // of payments that have gone, the oldest first; guarded by itself
    private final LinkedHashMap<String, Trace> gone = new LinkedHashMap<>();
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
    // who had the last turn in each line; guarded by itself
    private final Map<String, Line.Place> places = new HashMap<>();
    // by account and day
    private final Map<String, BigDecimal> spent = new ConcurrentHashMap<>();
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
    public CompletableFuture<Transaction> open(Transaction intent, String after, Terms terms) {
        if (terms.isEmpty()) {
            return open(intent, after);
        }
        // of two that come at once the second one must see the first
        synchronized (places) {
            return open(intent, after).thenApply(stored -> {
                return stored == intent ? admit(intent, terms) : stored;
            });
        }
    }

    private Transaction admit(Transaction intent, Terms terms) {
        Map<String, Line.Place> taken = new HashMap<>();
        Instant turn = intent.createdAt();
        try {
            terms.check(intent, terms.budget() == null ? null : spentOf(terms.budget().account(), terms.budget().day()));
            for (Line line : terms.lines()) {
                Line.Place place = places.getOrDefault(line.name(), Line.Place.NOBODY);
                Transaction holder = payments.get(place.reference());
                Instant one = line.turnOf(intent, place, holder);
                taken.put(line.name(), line.taken(intent, one, place, holder));
                turn = one.isAfter(turn) ? one : turn;
            }
        } catch (TermsException e) {
            if (intent.idempotencyKey() != null) {
                giveUpKey(intent);
            }
            takeBack(intent, null);
            if (intent.dueAt() != null) {
                due.remove(new Moment(intent.dueAt(), intent.reference()));
            }
            throw e;
        }
        places.putAll(taken);
        spend(BigDecimal.ZERO, intent);
        Instant last = turn;
        return payments.computeIfPresent(intent.reference(), (reference, stored) -> replace(stored, stored.inTurn(last, Line.TAKE_OVER)));
    }

    private BigDecimal spentOf(String account, String day) {
        return spent.getOrDefault(account + '/' + day, BigDecimal.ZERO);
    }

    private void spend(BigDecimal before, Transaction after) {
        BigDecimal more = after.spends().subtract(before);
        if (more.signum() != 0) {
            spent.merge(after.account() + '/' + after.repetition().budget(), more, BigDecimal::add);
        }
    }

    @Override
    public CompletableFuture<BigDecimal> spent(String account, String day) {
        return completedFuture(spentOf(account, day));
    }

    @Override
    public CompletableFuture<List<Transaction>> findHeld(String application, int limit) {
        return completedFuture(payments.values().stream().filter(payment -> payment.status() == PaymentStatus.HELD
                && payment.application().equals(application)).sorted(Comparator.comparing(Transaction::createdAt)
                .thenComparing(Transaction::reference)).limit(limit).toList());
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
            Transaction earlier;
            try {
                earlier = pin(intent, after);
            } catch (DarajaKeyUsedException e) {
                takeBack(intent, null);
                return failedFuture(e);
            }
            if (earlier != null) {
                takeBack(intent, earlier.reference());
                return completedFuture(earlier);
            }
        }
        if (intent.dueAt() != null) {
            due.add(new Moment(intent.dueAt(), intent.reference()));
        }
        return completedFuture(intent);
    }

    private void takeBack(Transaction intent, String earlier) {
        payments.remove(intent.reference());
        forget(intent);
        for (String id : requestIds(intent.ids())) {
            byId.computeIfPresent(id, (key, holder) -> holder.equals(intent.reference()) ? earlier : holder);
        }
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
            if (by != null) {
                holder[0] = holder[0] == null ? arrived.countedBefore(by) : holder[0];
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
    public CompletableFuture<Transaction> abandon(String reference, Outcome why, Predicate<Transaction> still) {
        return completedFuture(payments.computeIfPresent(reference, (ref, before) -> {
            Transaction after = still.test(before) ? before.abandoned(why, clock.instant()) : before;
            if (after == before) {
                return before;
            }
            if (after.isUnattended()) {
                after = after.toldOnceMore();
                outbox.add(Delivery.unclaimed(after, clock.instant()));
            }
            if (keyOf(before) != null) {
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
            String key = keyOf(before);
            if (key != null && settlement.claimsKey()) {
                // whoever took it meanwhile: a refusal has freed it, or a failure was no reason to keep it
                Pin other = byKey.put(key, new Pin(reference, null));
                settlement = settlement.beside(other == null ? null : payments.get(other.reference()), now);
            } else if (key != null && settlement.wantsKey()) {
                byKey.putIfAbsent(key, new Pin(reference, null));
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
    public CompletableFuture<List<KeyHolder>> findByKey(Collection<String> operations, Collection<String> accounts, String key) {
        return completedFuture(operations.stream()
                .flatMap(operation -> accounts.stream().map(account -> holder(operation, account, key))).filter(Objects::nonNull).toList());
    }

    private KeyHolder holder(String operation, String account, String key) {
        Pin pin = byKey.get(keyOf(operation, account, key));
        if (pin == null) {
            return null;
        }
        Trace trace = payments.containsKey(pin.reference()) ? null : trace(pin.reference());
        return new KeyHolder(operation, account, pin.reference(), trace == null ? null : trace.status(),
                trace == null ? null : trace.endedAt());
    }

    @Override
    public CompletableFuture<List<Transaction>> findAlike(String shortCode, BigDecimal amount, Instant from, Instant until) {
        ConcurrentSkipListSet<Moment> alike = byAmount.get(amountKey(shortCode, amount));
        return completedFuture(alike == null ? List.of()
                : alike.subSet(new Moment(from, ""), true, new Moment(until, LAST), true).stream()
                        .map(moment -> payments.get(moment.reference())).filter(Objects::nonNull).toList());
    }

    @Override
    public CompletableFuture<List<Transaction>> findOpen(String application, String account, String after, int limit) {
        return completedFuture(payments.values().stream()
                .filter(payment -> !payment.isOver() && !payment.isQuestion() && payment.application().equals(application)
                        && (account == null || payment.account().equals(account))
                        && (after == null || payment.reference().compareTo(after) > 0))
                .sorted(Comparator.comparing(Transaction::reference)).limit(limit).toList());
    }

    @Override
    public CompletableFuture<OpenCounts> countOpen(String application) {
        OpenCounts counts = OpenCounts.NONE;
        for (Transaction payment : payments.values()) {
            if (!payment.isOver() && !payment.isQuestion() && payment.application().equals(application)) {
                counts = counts.with(payment.status(), payment.disputed(), 1, payment.createdAt());
            }
        }
        return completedFuture(counts);
    }

    @Override
    public CompletableFuture<List<Transaction>> findBooked(String shortCode, Instant from, Instant until, Transaction after,
                                                           int limit) {
        return completedFuture(payments.values().stream()
                .filter(payment -> shortCode.equals(payment.shortCode()) && !payment.isQuestion()
                        && !payment.bookedAt().isBefore(from) && payment.bookedAt().isBefore(until)
                        && (after == null || Transaction.BY_BOOKING.compare(payment, after) > 0))
                .sorted(Transaction.BY_BOOKING).limit(limit).toList());
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
                Trace trace = trace(holder.reference());
                if (trace != null) {
                    throw new DarajaKeyUsedException(intent.operation(), intent.account(), holder.reference(), trace.status(),
                            trace.endedAt());
                }
                // too long ago to remember
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
        spend(before.spends(), after);
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
        for (String oldest = pollSettled(); oldest != null; oldest = pollSettled()) {
            Transaction payment = payments.get(oldest);
            if (payment == null || remove(payment)) {
                return true;
            }
            // it has just changed
            synchronized (settled) {
                settled.addLast(oldest);
            }
        }
        return false;
    }

    private String pollSettled() {
        synchronized (settled) {
            return settled.pollFirst();
        }
    }

    // false if it has changed meanwhile
    private boolean remove(Transaction payment) {
        String reference = payment.reference();
        String receipt = payment.outcome() == null ? null : payment.outcome().receiptNumber();
        // before it goes, or its key would be free in between
        outlive(reference, new Trace(payment.status(), payment.updatedAt(), keyOf(payment),
                receipt == null ? null : receiptKey(payment.shortCode(), receipt), List.of()));
        if (!payments.remove(reference, payment)) {
            synchronized (gone) {
                gone.remove(reference);
            }
            return false;
        }
        forget(payment);
        requestIds(payment.ids()).forEach(id -> byId.remove(id, reference));
        Trace trace = nameless.remove(reference);
        if (trace != null) {
            trace.ids().forEach(id -> byId.remove(id, reference));
        }
        return true;
    }

    private void outlive(String reference, Trace trace) {
        boolean pins = trace.key() != null && isPinned(trace.key(), reference);
        boolean pays = trace.receipt() != null && reference.equals(byReceipt.get(trace.receipt()));
        if (!pins && !pays) {
            return;
        }
        synchronized (gone) {
            gone.put(reference, trace);
            if (gone.size() > (long) capacity * REMEMBERED) {
                Map.Entry<String, Trace> oldest = gone.entrySet().iterator().next();
                gone.remove(oldest.getKey());
                if (oldest.getValue().key() != null) {
                    byKey.computeIfPresent(oldest.getValue().key(), (key, pin) -> pin.reference().equals(oldest.getKey()) ? null : pin);
                }
                if (oldest.getValue().receipt() != null) {
                    byReceipt.remove(oldest.getValue().receipt(), oldest.getKey());
                }
            }
        }
    }

    private boolean isPinned(String key, String reference) {
        Pin pin = byKey.get(key);
        return pin != null && pin.reference().equals(reference);
    }

    private Trace trace(String reference) {
        synchronized (gone) {
            return gone.get(reference);
        }
    }

    @Override
    public CompletableFuture<Integer> purge(PurgeBefore before, int limit) {
        Set<String> untold = outbox.references();
        int[] left = {limit};
        for (Transaction payment : payments.values()) {
            boolean past = payment.updatedAt().isBefore(before.ledger());
            if (left[0] > 0 && payment.isOver() && !untold.contains(payment.reference())
                    && (past || payment.updatedAt().isBefore(before.personal()) && !payment.equals(payment.nameless()))) {
                left[0] -= past ? purge(payment) : makeNameless(payment);
            }
        }
        synchronized (places) {
            places.values().removeIf(place -> left[0] > 0 && place.freeAt().isBefore(before.personal()) && left[0]-- > 0);
        }
        synchronized (callbacks) {
            callbacks.removeIf(callback -> left[0] > 0 && callback.receivedAt().isBefore(before.personal())
                    && isSettled(callback, untold) && left[0]-- > 0);
        }
        return completedFuture(limit - left[0]);
    }

    private int purge(Transaction payment) {
        if (!remove(payment)) {
            return 0;
        }
        synchronized (settled) {
            settled.remove(payment.reference());
        }
        return 1;
    }

    // what has changed meanwhile is left to the next time
    private int makeNameless(Transaction payment) {
        String key = keyOf(payment);
        List<String> ids = requestIds(payment.ids());
        nameless.merge(payment.reference(), new Trace(null, null, key, null, ids), (earlier, now) ->
                new Trace(null, null, now.key(), null, Stream.concat(earlier.ids().stream(), now.ids().stream()).distinct().toList()));
        return payments.replace(payment.reference(), payment, payment.nameless()) ? 1 : 0;
    }

    private boolean isSettled(RawCallback callback, Set<String> untold) {
        Transaction payment = callback.reference() == null ? null : payments.get(callback.reference());
        return payment == null || payment.isOver() && !untold.contains(payment.reference());
    }

    @Override
    public CompletableFuture<PersonalData> export(String phoneNumber) {
        Set<String> traces = Set.copyOf(PhoneTraces.of(phoneNumber));
        List<Transaction> theirs = theirs(traces);
        Set<String> references = theirs.stream().map(Transaction::reference).collect(Collectors.toSet());
        return completedFuture(PersonalData.of(phoneNumber, theirs, messages(traces, references), outbox.about(references)));
    }

    @Override
    public CompletableFuture<Erasure> erase(String phoneNumber) {
        Set<String> traces = Set.copyOf(PhoneTraces.of(phoneNumber));
        Set<String> untold = outbox.references();
        List<Transaction> theirs = theirs(traces);
        int erased = 0;
        List<String> left = new ArrayList<>();
        for (Transaction payment : theirs) {
            if (payment.isOver() && !untold.contains(payment.reference()) && makeNameless(payment) == 1) {
                erased++;
            } else {
                left.add(payment.reference());
            }
        }
        List<RawCallback> messages = messages(traces, theirs.stream().map(Transaction::reference).collect(Collectors.toSet()));
        List<RawCallback> settledMessages = messages.stream().filter(callback -> isSettled(callback, untold)).toList();
        synchronized (callbacks) {
            callbacks.removeAll(settledMessages);
        }
        return completedFuture(new Erasure(erased, settledMessages.size(), left, messages.size() - settledMessages.size()));
    }

    private List<Transaction> theirs(Set<String> traces) {
        return payments.values().stream().filter(payment -> !Collections.disjoint(PersonalData.traces(payment), traces))
                .sorted(Comparator.comparing(Transaction::createdAt).thenComparing(Transaction::reference)).toList();
    }

    private List<RawCallback> messages(Set<String> traces, Set<String> references) {
        return kept().stream().filter(callback -> callback.reference() != null && references.contains(callback.reference())
                || !Collections.disjoint(PersonalData.traces(callback), traces)).toList();
    }

    // null if it has none
    private String keyOf(Transaction payment) {
        if (payment.idempotencyKey() != null) {
            return keyOf(payment.operation(), payment.account(), payment.idempotencyKey());
        }
        Trace trace = nameless.get(payment.reference());
        return trace == null ? null : trace.key();
    }

    private static String keyOf(String operation, String account, String key) {
        return operation + '/' + account + '/' + key;
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
