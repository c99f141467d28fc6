package io.github.cameldaraja.transaction;

import java.time.Instant;

/**
 * What is past its retention: whatever was last changed before these times.
 *
 * @param personal for messages kept raw, personal fields of payments, what was delivered, and alerts
 * @param ledger   for the payments themselves; not later than the other
 */
public record PurgeBefore(Instant personal, Instant ledger) {
}
