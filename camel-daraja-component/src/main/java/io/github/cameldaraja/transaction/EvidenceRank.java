package io.github.cameldaraja.transaction;

import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.Source;

/** How much a message about a payment weighs, the weakest first. */
public enum EvidenceRank {
    /** A question was answered with a failure, or the request itself was refused. */
    FAILURE_BY_ANSWER,
    /** Paid, but without a receipt: a question was answered so. */
    PAID_WITHOUT_RECEIPT,
    /** Safaricom reported a failure by itself, or a person has looked. */
    FAILURE_BY_CALLBACK,
    /** Paid, and here is the receipt. */
    PAID_WITH_RECEIPT;

    /** The weight of a final outcome. */
    public static EvidenceRank of(Outcome outcome) {
        if (outcome.isCompleted()) {
            return outcome.receiptNumber() != null ? PAID_WITH_RECEIPT : PAID_WITHOUT_RECEIPT;
        }
        return outcome.source() == Source.CALLBACK || outcome.source() == Source.PERSON ? FAILURE_BY_CALLBACK : FAILURE_BY_ANSWER;
    }
}
