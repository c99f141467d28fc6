package io.github.cameldaraja.callback;

import java.time.Duration;

/**
 * How the keeping of callbacks has gone since the component was started.
 *
 * @param spooled callbacks that the store did not take in time and that went to the spool
 * @param drained callbacks that the store has taken from the spool, those of an earlier run included
 * @param waiting callbacks that are in the spool now
 * @param oldest  how long the oldest of them has been there; zero if there is none
 * @param refused callbacks that could be kept nowhere and were answered 503
 */
public record CallbackFigures(long spooled, long drained, int waiting, Duration oldest, long refused) {
}
