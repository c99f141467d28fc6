package io.github.cameldaraja.examples.marketplace;

/** Where an order stands, and so where its money is. */
public enum OrderState {
    /** The buyer is asked. Nothing is paid. */
    AWAITING_PAYMENT(LegKind.COLLECT),
    /** The buyer has not paid. */
    UNPAID(null),
    /** The buyer's money is held until the delivery is confirmed or disputed. */
    PAID(null),
    /** Delivered: the paying short code gets what the seller is to get. Until the payout begins a dispute still wins. */
    TOPPING_UP(LegKind.TOP_UP),
    /** The seller is being paid: no way back from here. */
    PAYING(LegKind.PAYOUT),
    /** The seller has the money. */
    SETTLED(null),
    /** Disputed: the buyer is being given the money back. */
    REFUNDING(LegKind.REFUND),
    /** The buyer has the money. */
    REFUNDED(null);

    private final LegKind awaited;

    OrderState(LegKind awaited) {
        this.awaited = awaited;
    }

    /** The movement of money that ends this state; null if none does. */
    public LegKind awaited() {
        return awaited;
    }

    /** Whether nothing more is to come of the order. */
    public boolean isFinal() {
        return this == UNPAID || this == SETTLED || this == REFUNDED;
    }
}
