package io.github.cameldaraja.transaction;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Outcomes on their way, in the memory of this process. What nobody takes makes room for newer ones in the end. */
final class MemoryOutbox implements Outbox {

    private static final Logger LOG = LoggerFactory.getLogger(MemoryOutbox.class);
    private static final int KEPT = 10_000;
    private static final Comparator<Delivery> BY_AGE = Comparator.comparing(Delivery::since).thenComparing(Delivery::reference)
            .thenComparing(Delivery::number).thenComparing(delivery -> delivery.group() == null ? "" : delivery.group());

    private record Remembered(String application, Interest interest) {
    }

    private final Map<Delivery.Id, Delivery> all = new HashMap<>();
    // those that nobody holds, the longest overdue first
    private final TreeSet<Delivery> waiting = new TreeSet<>(Comparator.comparing(Delivery::dueAt).thenComparing(BY_AGE));
    private final Map<Delivery.Id, Delivery> held = new HashMap<>();
    private final TreeSet<Delivery> parked = new TreeSet<>(BY_AGE);
    private final Map<String, Instant> alive = new HashMap<>();
    private final Map<Remembered, Instant> remembered = new HashMap<>();
    private final Set<String> raised = new LinkedHashSet<>();

    @Override
    public synchronized CompletableFuture<Delivery> raise(Delivery alert) {
        if (!raised.add(alert.reference())) {
            return completedFuture(null);
        }
        if (raised.size() > KEPT) {
            raised.remove(raised.iterator().next());
        }
        return completedFuture(put(null, alert));
    }

    /**
     * Takes in what a settlement tells.
     *
     * @return it as it is now: free if it must wait for an earlier one
     */
    synchronized Delivery add(Delivery delivery) {
        return put(null, delivery.state() == DeliveryState.HELD && isBehind(delivery) ? delivery.letGo(delivery.dueAt()) : delivery);
    }

    // an earlier outcome of the payment is not told yet
    private boolean isBehind(Delivery one) {
        for (int number = 1; number < one.number(); number++) {
            Delivery earlier = all.get(new Delivery.Id(one.reference(), number, one.group()));
            if (earlier != null && earlier.state() != DeliveryState.PARKED) {
                return true;
            }
        }
        return false;
    }

    @Override
    public synchronized CompletableFuture<Void> alive(Node node, Instant until) {
        alive.put(node.id(), until);
        return completedFuture(null);
    }

    @Override
    public synchronized CompletableFuture<Void> leave(Node node) {
        alive.remove(node.id());
        select(one -> node.id().equals(one.node())).forEach(lost -> put(lost, lost.letGo(lost.dueAt())));
        return completedFuture(null);
    }

    @Override
    public synchronized CompletableFuture<Void> remember(String application, Collection<Interest> interests, Instant now) {
        interests.forEach(interest -> remembered.put(new Remembered(application, interest), now));
        return completedFuture(null);
    }

    @Override
    public synchronized CompletableFuture<Set<Interest>> interests(String application, Instant since) {
        return completedFuture(remembered.entrySet().stream()
                .filter(one -> one.getKey().application().equals(application) && !one.getValue().isBefore(since))
                .map(one -> one.getKey().interest()).collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public synchronized CompletableFuture<Integer> forget(String application, String group) {
        remembered.keySet().removeIf(one -> one.application().equals(application) && one.interest().group().equals(group));
        List<Delivery> gone = select(one -> one.application().equals(application) && group.equals(one.group())
                && one.state() != DeliveryState.HELD);
        gone.forEach(one -> put(one, null));
        return completedFuture(gone.size());
    }

    @Override
    public synchronized CompletableFuture<List<Delivery>> claim(Node node, Collection<Interest> interests, Instant now, int limit) {
        // two components of one process may share us: what one has lost is the other's
        Stream<Delivery> due = Stream.concat(waiting.stream().takeWhile(one -> !one.dueAt().isAfter(now)),
                held.values().stream().filter(one -> !one.dueAt().isAfter(now)));
        List<Delivery> claimed = due.filter(one -> one.application().equals(node.application()))
                .filter(one -> isFor(one, node, interests, now) && !isBehind(one)).sorted(waiting.comparator()).limit(limit).toList();
        return completedFuture(claimed.stream().map(one -> put(one, one.heldBy(node.id()))).toList());
    }

    private boolean isFor(Delivery one, Node node, Collection<Interest> interests, Instant now) {
        if (one.node() != null && (one.node().equals(node.id()) || isAlive(one.node(), now))) {
            return one.state() == DeliveryState.OFFERED && one.node().equals(node.id());
        }
        return interests.stream().anyMatch(interest -> interest.concerns(one.outcome())
                && (one.group() == null || one.group().equals(interest.group())));
    }

    private boolean isAlive(String node, Instant now) {
        Instant until = alive.get(node);
        return until != null && until.isAfter(now);
    }

    @Override
    public synchronized CompletableFuture<List<Delivery>> heldBy(Node node) {
        return completedFuture(held.values().stream().filter(one -> one.node().equals(node.id())).sorted(BY_AGE).toList());
    }

    @Override
    public synchronized CompletableFuture<List<Delivery>> share(Delivery held, Set<String> groups) {
        if (!isHeld(held)) {
            return completedFuture(List.of());
        }
        put(held, null);
        return completedFuture(groups.stream().map(group -> add(held.copyFor(group))).toList());
    }

    @Override
    public synchronized CompletableFuture<Boolean> replace(Delivery held, Delivery after) {
        if (!isHeld(held)) {
            return completedFuture(false);
        }
        // what was delivered is kept no longer: its payment says what was told
        put(held, after.state() == DeliveryState.DELIVERED ? null : after);
        return completedFuture(true);
    }

    @Override
    public synchronized CompletableFuture<List<Delivery>> parked(String application, int limit) {
        return completedFuture(parked.stream().filter(one -> one.application().equals(application)).limit(limit).toList());
    }

    @Override
    public synchronized CompletableFuture<Boolean> release(Delivery.Id id, Instant now) {
        Delivery one = all.get(id);
        boolean isParked = one != null && one.state() == DeliveryState.PARKED;
        if (isParked) {
            put(one, one.released(now));
        }
        return completedFuture(isParked);
    }

    @Override
    public synchronized CompletableFuture<OutboxCounts> count(String application, Instant now) {
        List<Delivery> mine = select(one -> one.application().equals(application) && !one.isAlert());
        int stopped = (int) mine.stream().filter(one -> one.state() == DeliveryState.PARKED).count();
        Instant oldest = mine.stream().filter(one -> one.state() == DeliveryState.FREE && !one.dueAt().isAfter(now))
                .map(Delivery::dueAt).min(Instant::compareTo).orElse(null);
        return completedFuture(new OutboxCounts(mine.size() - stopped, stopped, oldest));
    }

    /** Of which payments routes were not told everything yet. */
    synchronized Set<String> references() {
        return all.keySet().stream().map(Delivery.Id::reference).collect(Collectors.toSet());
    }

    /** What routes were not told yet of those payments. */
    synchronized List<Delivery> about(Set<String> references) {
        return select(one -> references.contains(one.reference()));
    }

    private boolean isHeld(Delivery held) {
        Delivery now = all.get(held.id());
        return now != null && now.state() == DeliveryState.HELD && Objects.equals(now.node(), held.node())
                && now.attempt() == held.attempt();
    }

    private List<Delivery> select(Predicate<Delivery> which) {
        return all.values().stream().filter(which).sorted(BY_AGE).toList();
    }

    private Delivery put(Delivery before, Delivery after) {
        if (before != null) {
            all.remove(before.id());
            waiting.remove(before);
            parked.remove(before);
            held.remove(before.id());
        }
        if (after != null) {
            all.put(after.id(), after);
            if (after.state() == DeliveryState.PARKED) {
                parked.add(after);
            } else if (after.state() == DeliveryState.HELD) {
                held.put(after.id(), after);
            } else {
                waiting.add(after);
            }
        }
        makeRoom(parked);
        makeRoom(waiting);
        return after;
    }

    private void makeRoom(TreeSet<Delivery> kept) {
        if (kept.size() > KEPT) {
            Delivery dropped = kept.first();
            LOG.error("{} was taken by nobody and is dropped, for {} newer ones are kept", dropped.outcome(), KEPT);
            kept.remove(dropped);
            all.remove(dropped.id());
        }
    }
}
