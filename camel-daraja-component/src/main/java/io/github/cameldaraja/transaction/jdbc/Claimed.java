package io.github.cameldaraja.transaction.jdbc;

import io.github.cameldaraja.api.Outcome;
import java.util.List;

/**
 * What was taken, and what was met that cannot be read and was set aside, so that it holds up nothing else.
 *
 * @param unreadable what stands in clear of each
 */
record Claimed<T>(List<T> taken, List<Outcome> unreadable) {
}
