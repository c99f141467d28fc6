package io.github.cameldaraja.simulator;

import java.time.Instant;
import java.util.Map;

/**
 * An API request as received and answered.
 *
 * @param at      arrival on the simulator's clock
 * @param headers names in lower case; of repeated headers the last one
 * @param status  HTTP status; 0 while unanswered, -1 if the connection was reset instead
 * @param answer  body of the answer
 */
public record RecordedRequest(
        Instant at, String method, String path, Map<String, String> headers, String body, int status, String answer) {
}
