package io.github.cameldaraja.simulator;

import java.time.Instant;

/**
 * A payment prompt that waits on a handset.
 *
 * @param payTo            name or number of the merchant
 * @param amount           whole shillings
 * @param shownAt          on the simulator's clock
 * @param expiresAt        on the simulator's clock
 */
public record Prompt(
        String checkoutRequestId,
        String phone,
        String payTo,
        long amount,
        String accountReference,
        Instant shownAt,
        Instant expiresAt) {
}
