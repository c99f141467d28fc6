package io.github.cameldaraja.transaction.jdbc;

import io.github.cameldaraja.transaction.Delivery;
import io.github.cameldaraja.transaction.References;
import io.github.cameldaraja.transaction.Transaction;
import java.util.Comparator;

/**
 * When a change is made among those of one transaction. Two transactions that need the same rows must come to them in the same
 * order, or each waits for the other: first come keys, then new rows of payments that came by themselves, then receipts. The rows
 * of payments need no order, for who shares a transaction takes only those that are free.
 *
 * @param step which kind of row it may have to wait for
 * @param name of that row
 */
record Turn(int step, String name) implements Comparable<Turn> {

    private static final Comparator<Turn> ORDER = Comparator.comparingInt(Turn::step).thenComparing(Turn::name);

    /** It waits for nobody. */
    static final Turn LAST = new Turn(5, "");

    /** Stores an intent. */
    static Turn opening(Transaction intent) {
        return intent.idempotencyKey() == null ? LAST
                : new Turn(1, intent.operation() + '/' + intent.account() + '/' + intent.idempotencyKey());
    }

    /** Stores a payment that came by itself. */
    static Turn receiving(Transaction arrived) {
        return new Turn(2, arrived.reference());
    }

    /**
     * Ends a payment.
     *
     * @param receipt that it may take, or null
     */
    static Turn settling(String payment, String receipt) {
        return receipt == null ? changing(payment) : new Turn(3, References.canonical(receipt));
    }

    /** Changes a payment. */
    static Turn changing(String payment) {
        return new Turn(4, payment);
    }

    /** Changes a delivery. */
    static Turn delivering(Delivery.Id delivery) {
        return new Turn(4, delivery.toString());
    }

    @Override
    public int compareTo(Turn other) {
        return ORDER.compare(this, other);
    }
}
