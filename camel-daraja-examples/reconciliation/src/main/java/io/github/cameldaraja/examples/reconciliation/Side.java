package io.github.cameldaraja.examples.reconciliation;

/** Whose word an entry is, and about what. */
enum Side {
    /** M-Pesa's statement: a customer has paid. */
    THERE,
    /** Our ledger: a customer has paid. */
    HERE,
    /** Our ledger: a customer was to pay, and has not, as far as we know. */
    NOT_PAID,
    /** Our ledger: we have paid out. */
    PAID_OUT,
    /** Our ledger: a payout whose fate is not known. */
    PAYOUT_OPEN
}
