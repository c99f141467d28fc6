package io.github.cameldaraja.examples.chaos.audit;

import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.Transfer;
import java.util.List;

/**
 * Safaricom's books: money moved exactly when it is in here.
 *
 * @param payments  of customers to the business
 * @param transfers of the business to customers
 */
public record Safaricom(List<LedgerEntry> payments, List<Transfer> transfers) {

    /** The books of that simulator, which must balance. */
    public static Safaricom of(DarajaSimulator simulator) {
        simulator.books().verify();
        return new Safaricom(simulator.books().payments(), simulator.books().transfers());
    }
}
