package io.github.cameldaraja.examples.checkout;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The money the shop has received. A payment is credited once, however often its outcome is told. */
public final class Ledger {

    /** One payment, for one order. */
    public record Credit(String order, BigDecimal amount) {
    }

    private final Map<String, Credit> credits = new ConcurrentHashMap<>();

    /**
     * Credits an order, unless it was done before.
     *
     * @param reference {@code CamelDarajaReference}: the same for every message about one payment
     * @return whether it was new
     */
    public boolean credit(String reference, String order, BigDecimal amount) {
        return credits.putIfAbsent(reference, new Credit(order, amount)) == null;
    }

    public List<Credit> credits() {
        return List.copyOf(credits.values());
    }

    public BigDecimal total() {
        return credits.values().stream().map(Credit::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    public BigDecimal totalOf(String order) {
        return credits.values().stream().filter(credit -> credit.order().equals(order)).map(Credit::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
