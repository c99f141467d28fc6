package io.github.cameldaraja.transaction;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Lets only a few requests go until one of them has shown that the operator is right: five wrong ones in a row would lock him. Those of
 * this node alone.
 */
final class OperatorTrials {

    private static final int MOST = 2;
    /** How long a request may take to be answered before another one is tried in its place. */
    private static final Duration LONGEST = Duration.ofSeconds(15);
    /** How long a good answer stands for the next requests. */
    private static final Duration PROOF = Duration.ofSeconds(30);

    private final Deque<Instant> open = new ArrayDeque<>();
    private Instant proven;

    /** Whether one more may go now; then it counts. */
    synchronized boolean begin(Instant now) {
        if (isProven(now)) {
            return true;
        }
        while (!open.isEmpty() && !open.peekFirst().plus(LONGEST).isAfter(now)) {
            open.removeFirst();
        }
        return open.size() < MOST && open.add(now);
    }

    /** One has not come to the operator at all. */
    synchronized void cancelled() {
        open.pollLast();
    }

    /** One was answered, and the operator was right. */
    synchronized void succeeded(Instant now) {
        proven = now;
        open.clear();
    }

    /** One was answered, and he was wrong; or everything begins anew. */
    synchronized void forget() {
        proven = null;
        open.clear();
    }

    private boolean isProven(Instant now) {
        return proven != null && proven.plus(PROOF).isAfter(now);
    }
}
