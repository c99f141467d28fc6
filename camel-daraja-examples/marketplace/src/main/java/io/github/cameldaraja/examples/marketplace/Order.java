package io.github.cameldaraja.examples.marketplace;

import java.math.BigDecimal;

/**
 * What a buyer buys from a seller.
 *
 * @param buyer  254…, is asked and pays
 * @param seller 254…, gets the payout
 * @param amount what the buyer pays
 * @param payout what the seller gets of it
 */
public record Order(String id, String buyer, String seller, BigDecimal amount, BigDecimal payout, OrderState state) {

    /** What a movement of this order's money is about. */
    BigDecimal amountOf(LegKind kind) {
        return kind == LegKind.TOP_UP || kind == LegKind.PAYOUT ? payout : amount;
    }

    boolean isSame(Order other) {
        return buyer.equals(other.buyer) && seller.equals(other.seller) && amount.compareTo(other.amount) == 0;
    }

    /** For logs: without the phones. */
    @Override
    public String toString() {
        return "Order[" + id + ", " + amount + ", " + state + "]";
    }
}
