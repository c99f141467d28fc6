package io.github.cameldaraja.transaction.jdbc;

import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.transaction.Repetition;
import io.github.cameldaraja.transaction.Transaction;
import java.util.Map;

/** What tells of people in a payment, and what cannot be parted from it. */
record Personal(String idempotencyKey, String phoneNumber, String accountReference, String ownId, Map<String, String> metadata,
                Acknowledgement acknowledgement, Outcome outcome, Outcome held, Repetition repetition) {

    static Personal of(Transaction payment) {
        return new Personal(payment.idempotencyKey(), payment.phoneNumber(), payment.accountReference(), payment.ownId(),
                payment.metadata(), payment.acknowledgement(), payment.outcome(), payment.held(), payment.repetition());
    }

    @Override
    public String toString() {
        return "Personal";
    }
}
