package io.github.cameldaraja.examples.marketplace;

/** The movements of money that an order may need, one after the other. */
public enum LegKind {
    /** The buyer pays into the collecting short code. */
    COLLECT,
    /** As much goes on to the paying short code as the seller is to get. */
    TOP_UP,
    /** The seller is paid from there. It cannot be taken back. */
    PAYOUT,
    /** The buyer is given everything back, from the collecting short code. */
    REFUND
}
