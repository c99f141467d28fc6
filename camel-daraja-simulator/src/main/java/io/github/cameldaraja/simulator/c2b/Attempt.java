package io.github.cameldaraja.simulator.c2b;

import java.time.Instant;

/**
 * A payment that a customer wants to make.
 *
 * @param receipt   its number, whether it succeeds or not
 * @param shortCode as typed
 * @param partyB    who is to be credited
 * @param reference the bill's number as typed; empty for a till
 */
record Attempt(String receipt, Instant at, String phone, String shortCode, String partyB, String reference,
        long amount) {
}
