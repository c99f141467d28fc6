package io.github.cameldaraja.api;

/** What an {@link Alert} is about. */
public enum AlertKind {
    /** A message contradicts what is known of a payment. */
    CONFLICT,
    /** Two payments under one idempotency key have moved money, or still may. */
    TWO_PAYMENTS,
    /** A callback carries our capability, and no such payment is stored. */
    ORPHAN,
    /** A message is about another request or account than it came for. */
    UNMATCHED,
    /** A message that came to a URL of ours, or a row of a statement, cannot be read. */
    UNREADABLE,
    /** A message told of a payment that Safaricom denies, or knows otherwise. */
    DENIED,
    /** Nothing is left to ask about a payment. */
    UNRESOLVED,
    /** What is stored of a payment cannot be read. */
    STORED_UNREADABLE,
    /** A route failed on an outcome as often as allowed. */
    PARKED,
    /** Safaricom refuses the operator of an account, who signs nothing more. */
    OPERATOR_REFUSED,
    /** He signs again. */
    OPERATOR_RELEASED,
    /** Pull was read too late, or lists too little: what was paid in between is not told any more. */
    STATEMENT_GAP,
    /** Many requests without our capability came in a short time. */
    REFUSED_CALLBACKS,
    /** The store does not take callbacks, which wait on this node's disk. */
    SPOOL_USED,
    /** The store has taken them all. */
    SPOOL_EMPTY
}
