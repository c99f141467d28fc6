package io.github.cameldaraja.transaction;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Outcomes on their way to routes. They come into it within {@link TransactionRepository#settle}, in the very step that changes the
 * payment, and each change of hands is one conditional step: of all who want a delivery exactly one gets it. A group is told the
 * outcomes of a payment in their order: one is free, and not to be had, until those before it are delivered or parked. Futures are
 * as those of the repository.
 */
public interface Outbox {

    /**
     * Takes in what is no outcome of a payment: once for its reference, however often it is raised.
     *
     * @return as it is held; null if it was raised before
     */
    CompletableFuture<Delivery> raise(Delivery alert);

    /** This node lives until that time at least; who holds something and is not alive any more has lost it. */
    CompletableFuture<Void> alive(Node node, Instant until);

    /** It ends: what it holds, or is offered, is free at once. */
    CompletableFuture<Void> leave(Node node);

    /**
     * Remembers what the consumers of an application take, so that a group gets its copies also while none of its consumers runs.
     */
    CompletableFuture<Void> remember(String application, Collection<Interest> interests, Instant now);

    /** What is remembered, of those that were seen since then. */
    CompletableFuture<Set<Interest>> interests(String application, Instant since);

    /** Forgets a group for good, with whatever it was not told. */
    CompletableFuture<Integer> forget(String application, String group);

    /**
     * Takes deliveries of the node's application that are due, the longest overdue first: those that it was offered itself, and those
     * that are free, or whose holder is dead, and that one of the interests concerns; copies of a group by its own interests only.
     *
     * @param interests of the consumers that take outcomes now
     * @return held by the node
     */
    CompletableFuture<List<Delivery>> claim(Node node, Collection<Interest> interests, Instant now, int limit);

    /** What the node holds, by the books: what it does not know of itself it has lost. */
    CompletableFuture<List<Delivery>> heldBy(Node node);

    /**
     * Makes a copy for each group of a delivery that is not shared out, in its stead.
     *
     * @param held as it was claimed
     * @return the copies, held by the same node, or free for those groups that are not told an earlier one yet; none if it is not its
     *         holder any more
     */
    CompletableFuture<List<Delivery>> share(Delivery held, Set<String> groups);

    /**
     * The one conditional step of a delivery.
     *
     * @param held  as it was claimed
     * @param after made of it
     * @return whether it was done; false if the node is not its holder any more, and then nothing has changed
     */
    CompletableFuture<Boolean> replace(Delivery held, Delivery after);

    /** Parked deliveries, the oldest first. */
    CompletableFuture<List<Delivery>> parked(String application, int limit);

    /** Frees a parked delivery, to be tried anew; false if there is none. */
    CompletableFuture<Boolean> release(Delivery.Id parked, Instant now);

    /** How many there are, but for alerts: nobody need want them. */
    CompletableFuture<OutboxCounts> count(String application, Instant now);
}
