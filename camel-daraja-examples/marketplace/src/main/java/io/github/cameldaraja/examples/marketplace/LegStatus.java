package io.github.cameldaraja.examples.marketplace;

/** How far one movement of money is. Only {@link #DONE} and {@link #FAILED} are outcomes. */
public enum LegStatus {
    /** Not sent yet. */
    DUE,
    /** Claimed: from now on it may have been sent. */
    SENDING,
    /** Acknowledged by M-Pesa. No money has moved by that. */
    PENDING,
    /** Perhaps sent. The component asks what became of it, as far as there is something to ask with. */
    UNKNOWN,
    /** Nobody can be asked any more: a person finds out, and decides. */
    UNRESOLVED,
    /** The money has moved. */
    DONE,
    /** The money has not moved. */
    FAILED,
    /** M-Pesa did not take the request: certainly nothing was sent. */
    REFUSED,
    /** Not sent, and not needed any more. */
    DROPPED
}
