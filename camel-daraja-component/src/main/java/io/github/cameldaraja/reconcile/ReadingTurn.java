package io.github.cameldaraja.reconcile;

import io.github.cameldaraja.account.Commons;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * One node's turn to read a statement: nobody else reads it meanwhile, nor for most of the pause until the next turn. A node that dies
 * keeps it no longer than that.
 */
final class ReadingTurn {

    // longer than one page takes
    private static final Duration LEASE = Duration.ofMinutes(2);

    private final Commons commons;
    private final Clock clock;
    private final String name;
    private final String node;
    private final Instant rest;
    private volatile Instant end;

    private ReadingTurn(Commons commons, Clock clock, String name, String node, Instant rest, Instant end) {
        this.commons = commons;
        this.clock = clock;
        this.name = name;
        this.node = node;
        this.rest = rest;
        this.end = end;
    }

    /**
     * Takes the turn.
     *
     * @param node  whose own turns do not hold it back
     * @param pause until it wants to read again
     * @return null if it is another's
     */
    static CompletableFuture<ReadingTurn> take(Commons commons, Clock clock, String statement, String node, Duration pause) {
        Instant now = clock.instant();
        // a little less, for clocks and schedules are never quite even
        Instant rest = now.plus(pause.multipliedBy(9).dividedBy(10));
        Instant end = later(rest, now.plus(LEASE));
        String name = "statement/" + statement;
        return commons.lease(name, node, now, end)
                .thenApply(until -> until == null ? new ReadingTurn(commons, clock, name, node, rest, end) : null);
    }

    /** Makes sure of it for a while; fails if another node has taken this one for dead and reads itself. */
    CompletableFuture<Void> hold() {
        Instant now = clock.instant();
        if (now.plus(LEASE.dividedBy(2)).isBefore(end)) {
            return CompletableFuture.completedFuture(null);
        }
        Instant longer = now.plus(LEASE);
        return commons.prolong(name, node, longer).thenAccept(ours -> {
            if (!ours) {
                throw new IllegalStateException("reading took too long without a sign of life, and another node has gone on with it");
            }
            end = longer;
        });
    }

    /**
     * Ends it.
     *
     * @return done in any case, for the lease ends by itself
     */
    CompletableFuture<Void> end(boolean well) {
        CompletableFuture<?> ended = well && rest.isAfter(clock.instant()) ? commons.prolong(name, node, rest)
                : commons.release(name, node);
        return ended.handle((done, failure) -> null);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
