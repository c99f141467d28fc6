package io.github.cameldaraja.transaction;

import io.github.cameldaraja.api.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings each outcome to exactly one taker: the exchange that waits for it, or else, in every group of consumers, one of them. What
 * fails is repeated with a growing pause and in the end parked; what nobody takes waits. Who has what is the {@link Outbox}'s
 * decision alone: this only does the work of one node.
 */
public final class Deliveries {

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    // more than these would only wait for a thread here instead of on another node
    private static final int MOST_RUNNING = 500;
    private static final int BATCH = 50;
    /** How long a node counts as alive after it was heard of. */
    static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration BEAT = Duration.ofSeconds(5);
    /** How long a group that nobody belongs to any more gets its copies. */
    private static final Duration REMEMBERED = Duration.ofDays(7);

    private final Clock clock;
    private final Outbox outbox;
    private final Predicate<String> questions;
    private final int maximumDeliveries;
    private final Duration pause;
    private final Map<String, List<Taker>> waiting = new ConcurrentHashMap<>();
    private final Map<String, List<Subscriber>> groups = new ConcurrentHashMap<>();
    // one for each group: a common one would always meet the same consumer of each
    private final Map<String, AtomicInteger> turns = new ConcurrentHashMap<>();
    private final Set<Delivery.Id> running = ConcurrentHashMap.newKeySet();
    // done, and the outbox could not be told so far
    private final Map<Delivery, Delivery> unmarked = new ConcurrentHashMap<>();
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicBoolean beating = new AtomicBoolean();
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile Set<Interest> remembered = Set.of();
    // held by the books and not known to us, when we looked last
    private volatile Set<Delivery.Id> suspects = Set.of();
    private volatile Instant nextBeat = Instant.MIN;
    private volatile Instant nextLook = Instant.MIN;
    private volatile Node node;
    private volatile Consumer<Delivery> whenParked = parked -> { };

    /**
     * @param questions         which operations only ask: an answer that nobody waits for leaves no debt
     * @param maximumDeliveries how often a group is tried
     * @param pause             before the second attempt; doubled each time
     */
    public Deliveries(Clock clock, Outbox outbox, Predicate<String> questions, int maximumDeliveries, Duration pause) {
        this.clock = clock;
        this.outbox = outbox;
        this.questions = questions;
        this.maximumDeliveries = maximumDeliveries;
        this.pause = pause;
    }

    /** Lets somebody know of what a route failed on as often as allowed. */
    public void whenParked(Consumer<Delivery> whenParked) {
        this.whenParked = whenParked;
    }

    /** Begins to work as that node. The repository runs. */
    public void start(Node node) {
        this.node = node;
        running.clear();
        suspects = Set.of();
        Instant now = clock.instant();
        nextBeat = now.plus(BEAT);
        nextLook = nextBeat;
        outbox.alive(node, now.plus(LEASE)).join();
        remembered = outbox.interests(node.application(), now.minus(REMEMBERED)).join();
    }

    /** Ends: what it holds is free for others, and for this process after its next start. */
    public CompletableFuture<Void> stop() {
        return CompletableFuture.allOf(markAgain()).thenCompose(marked -> outbox.leave(node));
    }

    public Node node() {
        return node;
    }

    /** Lets an exchange wait for the outcome of that payment. */
    public void await(String reference, Taker exchange) {
        join(waiting, reference, exchange);
    }

    /** It waits no longer. */
    public void leave(String reference, Taker exchange) {
        leave(waiting, reference, exchange);
    }

    public void subscribe(Subscriber consumer) {
        join(groups, consumer.interest().group(), consumer);
        // with the next look, which is now
        nextLook = Instant.MIN;
    }

    public void unsubscribe(Subscriber consumer) {
        leave(groups, consumer.interest().group(), consumer);
    }

    // in one step with the look for the list: who is added to one that has just been dropped would never be told
    private static <T> void join(Map<String, List<T>> map, String name, T taker) {
        map.compute(name, (key, takers) -> {
            List<T> all = takers == null ? new CopyOnWriteArrayList<>() : takers;
            all.add(taker);
            return all;
        });
    }

    private static <T> void leave(Map<String, List<T>> map, String name, T taker) {
        map.computeIfPresent(name, (key, takers) -> {
            takers.remove(taker);
            return takers.isEmpty() ? null : takers;
        });
    }

    /**
     * Brings an outcome that has just passed the door here.
     *
     * @return done when the first taker has ended, well or not; never exceptionally
     */
    public CompletableFuture<Void> bring(Delivery delivery) {
        if (delivery.state() != DeliveryState.HELD) {
            // one that is offered to another node is claimed there, and one that an earlier one is before, when that is told
            return done();
        }
        // heard here, and for the routes of others
        return delivery.application().equals(node.application()) ? begin(delivery) : letGo(delivery);
    }

    /** Whether a consumer takes such an outcome, or did not long ago, here or elsewhere. */
    boolean isWanted(Outcome outcome) {
        return !concerned(outcome).isEmpty();
    }

    /** Tells the consumers of this node what cannot be kept, once, whatever becomes of it. */
    void tellHere(Delivery delivery) {
        for (String group : concerned(delivery.outcome())) {
            groups.getOrDefault(group, List.of()).stream()
                    .filter(taker -> taker.isTaking() && taker.interest().concerns(delivery.outcome())).findFirst()
                    .ifPresent(taker -> taker.take(delivery));
        }
    }

    /** Does what is due; returns at once. */
    public void tick() {
        Instant now = clock.instant();
        if (!now.isBefore(nextBeat)) {
            beat(now);
        }
        if (!now.isBefore(nextLook)) {
            look(now);
        }
        int room = Math.min(BATCH, MOST_RUNNING - running.size());
        if (room > 0 && busy.compareAndSet(false, true)) {
            guarded(() -> outbox.claim(node, interests(Subscriber::isTaking), now, room))
                    .whenComplete((claimed, failure) -> {
                        busy.set(false);
                        if (failure != null) {
                            LOG.warn("Cannot read which outcomes are to be delivered: {}", failure.toString());
                        } else {
                            claimed.forEach(this::begin);
                        }
                    });
        }
    }

    /** How it stands. */
    public CompletableFuture<OutboxCounts> count() {
        return outbox.count(node.application(), clock.instant());
    }

    private void beat(Instant now) {
        if (!beating.compareAndSet(false, true)) {
            return;
        }
        nextBeat = now.plus(BEAT);
        guarded(() -> outbox.alive(node, now.plus(LEASE))).whenComplete((alive, failure) -> {
            beating.set(false);
            if (failure != null) {
                LOG.warn("Cannot tell the store that this node is alive: {}", failure.toString());
            }
        });
    }

    // apart from the sign of life, which waits for nothing that a busy store takes its time for
    private void look(Instant now) {
        if (!looking.compareAndSet(false, true)) {
            return;
        }
        nextLook = now.plus(BEAT);
        String application = node.application();
        guarded(() -> outbox.remember(application, interests(subscriber -> true), now))
                .thenCompose(done -> outbox.interests(application, now.minus(REMEMBERED)))
                .thenCompose(all -> {
                    remembered = all;
                    markAgain();
                    return outbox.heldBy(node);
                }).whenComplete((held, failure) -> {
                    looking.set(false);
                    if (failure != null) {
                        LOG.warn("Cannot read what this node holds: {}", failure.toString());
                    } else {
                        findLost(held);
                    }
                });
    }

    // a commit whose answer was lost, for instance: held by us, and we know nothing of it
    private void findLost(List<Delivery> held) {
        Set<Delivery.Id> unknown = new HashSet<>();
        for (Delivery one : held) {
            if (isRunning(one)) {
                continue;
            }
            if (suspects.contains(one.id())) {
                LOG.warn("{} was lost on its way, and is brought again", one);
                begin(one);
            } else {
                // it may have been stored in this very moment
                unknown.add(one.id());
            }
        }
        suspects = unknown;
    }

    private CompletableFuture<?>[] markAgain() {
        Map<Delivery, Delivery> marks = Map.copyOf(unmarked);
        marks.keySet().forEach(unmarked::remove);
        return marks.entrySet().stream().map(mark -> finish(mark.getKey(), mark.getValue())).toArray(CompletableFuture<?>[]::new);
    }

    private CompletableFuture<Void> begin(Delivery delivery) {
        if (isRunning(delivery) || !running.add(delivery.id())) {
            // this node was taken for dead, and its route has not ended yet. Nobody is told twice at once: found lost, it is brought then
            LOG.info("{} is brought when its route, which runs here still, has ended", delivery);
            return done();
        }
        try {
            return delivery.group() != null ? toGroup(delivery) : first(delivery);
        } catch (RuntimeException e) {
            LOG.error("{} could not be brought to anybody", delivery, e);
            return letGo(delivery);
        }
    }

    // what ran before it was known whose copy it is, too
    private boolean isRunning(Delivery delivery) {
        return running.contains(delivery.id()) || running.contains(delivery.copyFor(null).id());
    }

    private CompletableFuture<Void> first(Delivery delivery) {
        List<Taker> exchanges = waiting.remove(delivery.reference());
        if (exchanges == null) {
            return toGroups(delivery);
        }
        List<CompletableFuture<Taker.Taken>> taken = new ArrayList<>();
        for (Taker exchange : exchanges) {
            taken.add(exchange.take(delivery));
        }
        return CompletableFuture.allOf(taken.toArray(new CompletableFuture<?>[0])).thenCompose(done ->
                taken.stream().anyMatch(one -> one.join() != Taker.Taken.NOT) ? finish(delivery, delivery.delivered())
                        : toGroups(delivery));
    }

    private CompletableFuture<Void> toGroups(Delivery delivery) {
        Set<String> concerned = concerned(delivery.outcome());
        if (concerned.isEmpty() && questions.test(delivery.outcome().operation())) {
            LOG.debug("Nobody wants to know {} any more", delivery.outcome());
            return finish(delivery, delivery.delivered());
        }
        if (concerned.isEmpty()) {
            LOG.warn("No route takes {}; add one from(\"daraja:{}\")", delivery.outcome(), delivery.outcome().operation());
            return letGo(delivery);
        }
        if (concerned.size() == 1 && delivery.number() == 1) {
            // no copies needed: what becomes of it is written into itself, and no earlier one is on its way
            return toGroup(delivery, concerned.iterator().next());
        }
        return guarded(() -> outbox.share(delivery, concerned)).handle((copies, failure) -> {
            running.remove(delivery.id());
            if (failure != null) {
                LOG.warn("{} could not be shared out, and will be: {}", delivery, failure.toString());
                return CompletableFuture.<Void>completedFuture(null);
            }
            return CompletableFuture.allOf(copies.stream().filter(copy -> copy.state() == DeliveryState.HELD).map(this::begin)
                    .toArray(CompletableFuture<?>[]::new));
        }).thenCompose(all -> all);
    }

    private Set<String> concerned(Outcome outcome) {
        Set<Interest> all = new HashSet<>(remembered);
        all.addAll(interests(subscriber -> true));
        return all.stream().filter(interest -> interest.concerns(outcome)).map(Interest::group).collect(Collectors.toSet());
    }

    private CompletableFuture<Void> toGroup(Delivery delivery) {
        return toGroup(delivery, delivery.group());
    }

    private CompletableFuture<Void> toGroup(Delivery delivery, String group) {
        List<Subscriber> takers = groups.getOrDefault(group, List.of()).stream()
                .filter(taker -> taker.isTaking() && taker.interest().concerns(delivery.outcome())).toList();
        if (takers.isEmpty()) {
            LOG.debug("{} is kept until group '{}' takes outcomes again", delivery, group);
            return letGo(delivery.copyFor(group), delivery);
        }
        int turn = turns.computeIfAbsent(group, name -> new AtomicInteger()).getAndIncrement();
        Subscriber taker = takers.get(Math.floorMod(turn, takers.size()));
        return taker.take(delivery).thenCompose(taken -> switch (taken) {
            case WELL -> finish(delivery, delivery.delivered());
            case AND_MARKED -> ended(delivery);
            case NOT -> finish(delivery, failed(delivery.copyFor(group), group));
        });
    }

    private Delivery failed(Delivery delivery, String group) {
        if (delivery.attempt() >= maximumDeliveries) {
            LOG.error("{} was delivered {} times to group '{}' and failed each time; it is parked", delivery.outcome(),
                    delivery.attempt(), group);
            whenParked.accept(delivery);
            return delivery.parked();
        }
        Duration wait = pause.multipliedBy(1L << Math.min(delivery.attempt() - 1, 16));
        return delivery.again(clock.instant().plus(wait.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : wait));
    }

    private CompletableFuture<Void> letGo(Delivery delivery) {
        return letGo(delivery, delivery);
    }

    private CompletableFuture<Void> letGo(Delivery delivery, Delivery held) {
        return finish(held, delivery.letGo(clock.instant()));
    }

    private CompletableFuture<Void> ended(Delivery delivery) {
        running.remove(delivery.id());
        return done();
    }

    private CompletableFuture<Void> finish(Delivery held, Delivery after) {
        return guarded(() -> outbox.replace(held, after)).handle((ours, failure) -> {
            if (failure != null) {
                LOG.warn("What became of {} could not be stored, and is tried again: {}", held, failure.toString());
                unmarked.put(held, after);
            } else {
                running.remove(held.id());
                if (!ours) {
                    LOG.warn("{} was taken over by another node while it ran here; its route may see the outcome twice", held);
                }
            }
            return null;
        });
    }

    private List<Interest> interests(Predicate<Subscriber> which) {
        return groups.values().stream().flatMap(Collection::stream).filter(which).map(Subscriber::interest).distinct().toList();
    }

    // one that throws instead of failing must not leave us busy for ever
    private static <T> CompletableFuture<T> guarded(Supplier<CompletableFuture<T>> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static CompletableFuture<Void> done() {
        return CompletableFuture.completedFuture(null);
    }
}
