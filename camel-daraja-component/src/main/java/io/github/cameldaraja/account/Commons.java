package io.github.cameldaraja.account;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * What nodes that share a store have in common beside payments: who alone does something for a while, and one access token for each
 * app. Every method completes its future off the caller's thread; one that fails has done nothing, or nobody knows.
 *
 * <p>Times are the callers'. A lease that runs for more than a minute longer than whoever wants it would take it for is one by a wrong
 * clock, and holds nobody back.
 */
public interface Commons {

    /**
     * Takes something for oneself alone, if it is free, its time is over, or it is one's own.
     *
     * @param holder who wants it; nobody else says the same
     * @return null if it is ours until then; else the time until which somebody else has it
     */
    CompletableFuture<Instant> lease(String name, String holder, Instant now, Instant until);

    /** Sets a new end to what is ours; false if it is not ours any more. */
    CompletableFuture<Boolean> prolong(String name, String holder, Instant until);

    /** Gives back what is ours. */
    CompletableFuture<Void> release(String name, String holder);

    /** The token stored last, or null if there is none that can be read. */
    CompletableFuture<SharedToken> token(String app);

    /**
     * Stores a token instead of the one before, and gives the lease back.
     *
     * @param app    also the name of the lease
     * @param holder who has fetched it
     * @return false, and nothing is stored, if the lease was lost meanwhile: then another's token is the newer one
     */
    CompletableFuture<Boolean> putToken(String app, String holder, SharedToken token);
}
