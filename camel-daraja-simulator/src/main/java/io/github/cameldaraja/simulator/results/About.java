package io.github.cameldaraja.simulator.results;

import io.github.cameldaraja.simulator.ResultApi;

/**
 * Whom a request is about.
 *
 * @param receiver whom or what its fields name
 * @param party    the customer or organisation on the other side; null if nobody knows
 */
public record About(ResultApi api, String receiver, String party) {
}
