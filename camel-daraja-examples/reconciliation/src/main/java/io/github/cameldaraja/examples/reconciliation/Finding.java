package io.github.cameldaraja.examples.reconciliation;

import java.math.BigDecimal;

/**
 * What came of comparing one payment.
 *
 * @param here  as the ledger has it, or null
 * @param there as M-Pesa lists it, or null
 * @param note  what else a person should know, or null
 */
record Finding(Kind kind, Entry here, Entry there, String note) {

    /** What it brings to the ledger's sum of the period. */
    BigDecimal amountHere(Period period) {
        return amount(here, period);
    }

    /** What it brings to the statement's sum of the period. */
    BigDecimal amountThere(Period period) {
        return amount(there, period);
    }

    private static BigDecimal amount(Entry entry, Period period) {
        return entry != null && period.contains(entry.at()) ? entry.amount() : BigDecimal.ZERO;
    }
}
