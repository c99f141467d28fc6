package io.github.cameldaraja.transaction;

import io.github.cameldaraja.api.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings each outcome to exactly one taker: the exchange that waits for it, or else, in every group of consumers, one of them.
 * Failures are repeated with a growing pause; what nobody takes is kept for a consumer that comes later.
 */
public final class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final int KEPT = 10_000;

    private record Failed(Outcome outcome, String group, int attempts) {
    }

    // group: whose copy it is; null when no group was there
    private record Untaken(Outcome outcome, String group, int attempt) {

        boolean isFor(String taker) {
            return group == null || group.equals(taker);
        }
    }

    private final Clock clock;
    private final Deadlines deadlines;
    private final int maximumDeliveries;
    private final Duration pause;
    private final Map<String, List<Taker>> waiting = new ConcurrentHashMap<>();
    private final Map<String, List<Taker>> groups = new ConcurrentHashMap<>();
    // one for each group: a common one would always meet the same consumer of each
    private final Map<String, AtomicInteger> turns = new ConcurrentHashMap<>();
    private final ConcurrentLinkedDeque<Failed> parked = new ConcurrentLinkedDeque<>();
    private final ConcurrentLinkedDeque<Untaken> untaken = new ConcurrentLinkedDeque<>();

    /**
     * @param maximumDeliveries how often a group is tried
     * @param pause             before the second attempt; doubled each time
     */
    public Delivery(Clock clock, Deadlines deadlines, int maximumDeliveries, Duration pause) {
        this.clock = clock;
        this.deadlines = deadlines;
        this.maximumDeliveries = maximumDeliveries;
        this.pause = pause;
    }

    /** Lets an exchange wait for the outcome of that payment. */
    public void await(String reference, Taker exchange) {
        join(waiting, reference, exchange);
    }

    /** It waits no longer. */
    public void leave(String reference, Taker exchange) {
        leave(waiting, reference, exchange);
    }

    public void subscribe(String group, Taker consumer) {
        join(groups, group, consumer);
        offerUntaken(group, consumer);
    }

    public void unsubscribe(String group, Taker consumer) {
        leave(groups, group, consumer);
    }

    // in one step with the look for the list: who is added to one that has just been dropped would never be told
    private static void join(Map<String, List<Taker>> map, String name, Taker taker) {
        map.compute(name, (key, takers) -> {
            List<Taker> all = takers == null ? new CopyOnWriteArrayList<>() : takers;
            all.add(taker);
            return all;
        });
    }

    private static void leave(Map<String, List<Taker>> map, String name, Taker taker) {
        map.computeIfPresent(name, (key, takers) -> {
            takers.remove(taker);
            return takers.isEmpty() ? null : takers;
        });
    }

    /** Offers what nobody took so far to a consumer that has come, or come back. */
    public void offerUntaken(String group, Taker consumer) {
        for (Iterator<Untaken> all = untaken.iterator(); all.hasNext();) {
            Untaken kept = all.next();
            if (kept.isFor(group) && consumer.wants(kept.outcome) && untaken.remove(kept)) {
                if (kept.group == null) {
                    deliver(kept.outcome);
                } else {
                    toGroup(kept.outcome, group, kept.attempt);
                }
            }
        }
    }

    /**
     * Delivers an outcome that passed the door.
     *
     * @return done when the first taker has ended, well or not; never exceptionally
     */
    public CompletableFuture<Void> deliver(Outcome outcome) {
        List<Taker> exchanges = waiting.remove(outcome.reference());
        if (exchanges == null) {
            return toGroups(outcome);
        }
        List<CompletableFuture<Boolean>> taken = new ArrayList<>();
        for (Taker exchange : exchanges) {
            taken.add(exchange.take(outcome, 1));
        }
        return CompletableFuture.allOf(taken.toArray(new CompletableFuture<?>[0]))
                .thenCompose(done -> taken.stream().anyMatch(CompletableFuture::join) ? done() : toGroups(outcome));
    }

    /** Outcomes that no consumer took although each was told as often as allowed. */
    public int parkedCount() {
        return parked.size();
    }

    /** Outcomes for which no consumer exists, or none that is not suspended. */
    public int untakenCount() {
        return untaken.size();
    }

    private CompletableFuture<Void> toGroups(Outcome outcome) {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        groups.forEach((group, takers) -> {
            if (takers.stream().anyMatch(taker -> taker.concerns(outcome))) {
                all.add(toGroup(outcome, group, 1));
            }
        });
        if (all.isEmpty()) {
            LOG.warn("No route takes {}; add one from(\"daraja:{}\")", outcome, outcome.operation());
            keep(new Untaken(outcome, null, 1));
            return done();
        }
        return CompletableFuture.allOf(all.toArray(new CompletableFuture<?>[0]));
    }

    private CompletableFuture<Void> toGroup(Outcome outcome, String group, int attempt) {
        List<Taker> takers = groups.getOrDefault(group, List.of()).stream().filter(taker -> taker.wants(outcome)).toList();
        if (takers.isEmpty()) {
            LOG.debug("{} is kept until group '{}' takes outcomes again", outcome, group);
            keep(new Untaken(outcome, group, attempt));
            return done();
        }
        int turn = turns.computeIfAbsent(group, name -> new AtomicInteger()).getAndIncrement();
        Taker taker = takers.get(Math.floorMod(turn, takers.size()));
        return taker.take(outcome, attempt).thenAccept(taken -> {
            if (!taken) {
                again(outcome, group, attempt);
            }
        });
    }

    private void again(Outcome outcome, String group, int attempt) {
        if (attempt >= maximumDeliveries) {
            LOG.error("{} was delivered {} times to group '{}' and failed each time; it is parked", outcome, attempt, group);
            parked.addLast(new Failed(outcome, group, attempt));
            if (parked.size() > KEPT) {
                // its payment stays in the repository, and it has been named in an error
                parked.pollFirst();
            }
            return;
        }
        Duration wait = pause.multipliedBy(1L << Math.min(attempt - 1, 16));
        deadlines.at(clock.instant().plus(wait.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : wait),
                () -> toGroup(outcome, group, attempt + 1));
    }

    private void keep(Untaken kept) {
        untaken.addLast(kept);
        Untaken dropped = untaken.size() > KEPT ? untaken.pollFirst() : null;
        if (dropped != null) {
            LOG.error("{} was taken by nobody and is dropped, for {} newer ones are kept", dropped.outcome, KEPT);
        }
        // somebody may have come between the look and the keeping
        groups.forEach((group, takers) -> takers.stream().filter(taker -> kept.isFor(group) && taker.wants(kept.outcome)).findFirst()
                .ifPresent(taker -> offerUntaken(group, taker)));
    }

    private static CompletableFuture<Void> done() {
        return CompletableFuture.completedFuture(null);
    }
}
