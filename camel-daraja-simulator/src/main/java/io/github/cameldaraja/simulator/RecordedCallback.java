package io.github.cameldaraja.simulator;

import java.time.Duration;
import java.time.Instant;

/**
 * A callback that was sent.
 *
 * @param at     when it was sent, on the simulator's clock
 * @param status HTTP status of the receiver; -1 if it could not be delivered
 * @param took   real time until the receiver had answered
 */
public record RecordedCallback(Instant at, String url, String body, int status, Duration took) {
}
