package io.github.cameldaraja.examples.chaos.audit;

import java.time.Duration;
import java.util.Map;

/**
 * What a run was, as its runner tells.
 *
 * @param planHash      of all that the plan has decided
 * @param faults        how often each kind of fault was met, in the order in which they are to be printed
 * @param nodeKills     how often an application was killed
 * @param databaseKills how often the database was killed
 * @param stalls        how often the database stood still
 * @param took          in real time
 */
public record Run(long seed, String planHash, Map<String, Long> faults, int nodeKills, int databaseKills, int stalls,
        Duration took) {
}
