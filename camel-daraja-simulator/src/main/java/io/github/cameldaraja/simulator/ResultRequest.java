package io.github.cameldaraja.simulator;

import java.time.Instant;

/**
 * An accepted request of a {@link ResultApi}.
 *
 * @param api                      whose it is
 * @param originatorConversationId id that the organisation has given, or was told
 * @param conversationId           id that M-Pesa has given
 * @param acceptedAt               when it was accepted, on the simulated clock
 * @param resultCode               how it has ended; null while pending
 * @param transactionId            what the result tells as TransactionID; null while pending
 */
public record ResultRequest(
        ResultApi api,
        String originatorConversationId,
        String conversationId,
        Instant acceptedAt,
        String resultCode,
        String transactionId) {
}
