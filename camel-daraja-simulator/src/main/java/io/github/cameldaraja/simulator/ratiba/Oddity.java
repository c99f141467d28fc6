package io.github.cameldaraja.simulator.ratiba;

/**
 * In what the callback of a standing order can differ.
 */
public enum Oddity {
    /** The casing that the other outcome usually has. */
    OTHER_CASE,
    /** The id of the acknowledgement comes back as requestRefID. */
    SWAPPED_IDS,
    /** The data come from last to first. */
    PERMUTED,
    /** The data have no TransactionID. */
    NO_TRANSACTION_ID
}
