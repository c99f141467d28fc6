package io.github.cameldaraja.transaction;

import java.time.Instant;

/**
 * How it stands with outcomes on their way.
 *
 * @param open   not delivered and not parked
 * @param parked failed as often as allowed
 * @param oldest since when the oldest due one waits for somebody to take it, or null: a held one has somebody, and one that failed
 *               waits for its next attempt
 */
public record OutboxCounts(int open, int parked, Instant oldest) {
}
