package io.github.cameldaraja.simulator;

import java.util.concurrent.CompletableFuture;

import io.github.cameldaraja.simulator.express.ExpressFamily;
import io.github.cameldaraja.simulator.express.ExpressFates;

/**
 * The operators of tills that B2B Express asks to pay.
 *
 * <p>A prompt follows the first of: a script queued for the next prompt, the lasting script of its till, the default
 * (the operator agrees).
 */
public final class B2bExpress {

    private final ExpressFates fates;
    private final ExpressFamily family;

    B2bExpress(ExpressFates fates, ExpressFamily family) {
        this.fates = fates;
        this.family = family;
    }

    /** The next prompt follows this script; several calls queue up. */
    public void next(ExpressScript script) {
        fates.next(script.fate());
    }

    /** All prompts of this till follow this script until the next reset. */
    public void forTill(String till, ExpressScript script) {
        fates.forTill(till, script.fate());
    }

    /**
     * Sends the callback of a concluded request again, or a lost one for the first time.
     *
     * @return the receiver's HTTP status, -1 if it could not be delivered; fails with
     *         {@link java.util.NoSuchElementException} for an unknown request and with {@link IllegalStateException}
     *         while its prompt is open
     */
    public CompletableFuture<Integer> resend(String requestRefId) {
        return family.resend(requestRefId).toCompletionStage().toCompletableFuture();
    }
}
