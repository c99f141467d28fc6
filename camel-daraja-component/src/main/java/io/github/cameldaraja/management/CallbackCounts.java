package io.github.cameldaraja.management;

import java.time.Duration;

/**
 * How the keeping of callbacks has gone on this node since its start.
 *
 * @param spooled those that the store did not take in time
 * @param drained those of them that it has taken since
 * @param waiting those that wait in the spool now
 * @param oldest  how long the oldest of these has waited
 * @param refused those that could be kept nowhere
 */
public record CallbackCounts(long spooled, long drained, int waiting, Duration oldest, long refused) {
}
