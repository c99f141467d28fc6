package io.github.cameldaraja.management;

import io.github.cameldaraja.transaction.Transaction;
import java.util.concurrent.CompletableFuture;

/** What a person may do about the questions that this node asks. */
public interface AskingControl {

    /**
     * Asks Safaricom about one payment now.
     *
     * @return the payment after it; fails with an {@link IllegalArgumentException} or an {@link IllegalStateException} that says
     *         why nothing was asked
     */
    CompletableFuture<Transaction> askNow(String reference);

    /** No more questions by itself, nor requests sent once more, on this node. */
    void pause(boolean paused);

    boolean isPaused();
}
