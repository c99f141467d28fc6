package io.github.cameldaraja.examples.payroll;

import io.github.cameldaraja.api.TransactionStatus;
import java.util.Map;

/**
 * A payment that an earlier process has sent, and of which nobody here knows what became.
 *
 * @param originatorConversationId the id to ask with
 */
public record LeftPayment(String payment, String originatorConversationId) {

    private static final String NAME = "payment";

    /** What M-Pesa is asked. */
    public TransactionStatus.Request question() {
        return TransactionStatus.Request.ofConversation(originatorConversationId);
    }

    /** What comes back with the answer. */
    public Map<String, String> metadata() {
        return Map.of(NAME, payment);
    }

    /** The payment that an answer is about, or null. */
    static String of(Map<String, String> metadata) {
        return metadata.get(NAME);
    }
}
