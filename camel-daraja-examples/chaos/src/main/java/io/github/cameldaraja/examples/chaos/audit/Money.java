package io.github.cameldaraja.examples.chaos.audit;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * An amount that has moved, or that somebody has booked.
 *
 * @param receipt null if only a query has told of it
 * @param amount  null if the ledger has none
 */
record Money(String receipt, BigDecimal amount) {

    boolean sameAmount(Money other) {
        return amount != null && other.amount != null && amount.compareTo(other.amount) == 0;
    }

    boolean sameReceipt(Money other) {
        return receipt != null && Objects.equals(receipt, other.receipt);
    }

    @Override
    public String toString() {
        return (amount == null ? "no amount" : amount.toPlainString()) + (receipt == null ? "" : " (" + receipt + ")");
    }
}
