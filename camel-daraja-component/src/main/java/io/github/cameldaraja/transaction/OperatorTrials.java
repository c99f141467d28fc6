package io.github.cameldaraja.transaction;

import io.github.cameldaraja.account.Commons;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Lets only a few requests go until one of them has shown that the operator is right: five wrong ones in a row would lock him. Where
 * nodes share a store these are a few of all nodes.
 */
final class OperatorTrials {

    private static final int MOST = 2;
    /** How long a request may take to be answered before another one is tried in its place. */
    private static final Duration LONGEST = Duration.ofSeconds(15);
    /** How long a good answer stands for the next requests. */
    private static final Duration PROOF = Duration.ofSeconds(30);

    private record Turn(String name, String holder) {
    }

    private final Commons commons;
    private final String operator;
    private final Deque<Instant> open = new ArrayDeque<>();
    private final Deque<Turn> turns = new ArrayDeque<>();
    private Instant proven;

    /**
     * @param commons what nodes share, or null
     */
    OperatorTrials(Commons commons, String operator) {
        this.commons = commons;
        this.operator = operator;
    }

    /** Whether one more may go now; then it counts. Fails if the other nodes' trials are not known, and then none may go. */
    CompletableFuture<Boolean> begin(Instant now) {
        synchronized (this) {
            if (isProven(now)) {
                return CompletableFuture.completedFuture(true);
            }
            if (!beginHere(now)) {
                return CompletableFuture.completedFuture(false);
            }
        }
        return commons == null ? CompletableFuture.completedFuture(true) : take(0, now).whenComplete((taken, failure) -> {
            if (failure != null || !taken) {
                leaveHere();
            }
        });
    }

    private boolean beginHere(Instant now) {
        while (!open.isEmpty() && !open.peekFirst().plus(LONGEST).isAfter(now)) {
            open.removeFirst();
        }
        return open.size() < MOST && open.add(now);
    }

    private synchronized void leaveHere() {
        open.pollLast();
    }

    private CompletableFuture<Boolean> take(int number, Instant now) {
        if (number == MOST) {
            return CompletableFuture.completedFuture(false);
        }
        Turn turn = new Turn("trial/" + operator + '/' + number, UUID.randomUUID().toString());
        return commons.lease(turn.name(), turn.holder(), now, now.plus(LONGEST)).thenCompose(until -> {
            if (until != null) {
                return take(number + 1, now);
            }
            keep(turn);
            return CompletableFuture.completedFuture(true);
        });
    }

    private synchronized void keep(Turn turn) {
        if (turns.size() == MOST) {
            // over long ago
            turns.removeFirst();
        }
        turns.add(turn);
    }

    /** One has not come to the operator at all. */
    synchronized void cancelled() {
        open.pollLast();
        giveBack(turns.pollLast());
    }

    /** One was answered, and the operator was right. */
    synchronized void succeeded(Instant now) {
        proven = now;
        open.clear();
        turns.forEach(this::giveBack);
        turns.clear();
    }

    /** One was answered, and he was wrong. Its turn is not given back: another node may not know that yet. */
    synchronized void failed() {
        proven = null;
        open.clear();
    }

    /** Everything begins anew. */
    synchronized void forget() {
        proven = null;
        open.clear();
        turns.forEach(this::giveBack);
        turns.clear();
    }

    // nobody waits for that: it ends by itself
    private void giveBack(Turn turn) {
        if (turn != null) {
            commons.release(turn.name(), turn.holder());
        }
    }

    private boolean isProven(Instant now) {
        return proven != null && proven.plus(PROOF).isAfter(now);
    }
}
