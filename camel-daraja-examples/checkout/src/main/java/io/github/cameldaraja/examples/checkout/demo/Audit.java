package io.github.cameldaraja.examples.checkout.demo;

import io.github.cameldaraja.simulator.LedgerEntry;
import java.math.BigDecimal;
import java.util.List;

/** Holds the shop's books against Safaricom's: to the shilling, for one order or for all. */
public final class Audit {

    /** The two sides of one account. */
    public record Line(BigDecimal shop, BigDecimal safaricom) {
        public boolean agrees() {
            return shop.compareTo(safaricom) == 0;
        }
    }

    private final LocalShop shop;

    public Audit(LocalShop shop) {
        this.shop = shop;
    }

    /** What one order brought. */
    public Line of(String order) {
        return new Line(order == null ? BigDecimal.ZERO : shop.orders().ledger().totalOf(order), entries().stream()
                .filter(entry -> entry.accountReference().equals(order)).map(LedgerEntry::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    /** What all orders brought. */
    public Line total() {
        // throws if the simulator itself has lost or made money
        shop.safaricom().books().verify();
        String shortCode = shop.safaricom().credentials().shortCode();
        return new Line(shop.orders().ledger().total(), BigDecimal.valueOf(shop.safaricom().books().merchantBalance(shortCode)));
    }

    /** Whether both sides know the same number of payments, and each order and all together agree. */
    public boolean agrees() {
        return shop.orders().ledger().credits().size() == entries().size()
                && shop.orders().all().stream().allMatch(order -> of(order.id()).agrees()) && total().agrees();
    }

    private List<LedgerEntry> entries() {
        return shop.safaricom().books().entries();
    }
}
