package io.github.cameldaraja.simulator;

import java.util.List;

import io.github.cameldaraja.simulator.bills.BillFamily;
import io.github.cameldaraja.simulator.wire.CallbackFate;
import io.github.cameldaraja.simulator.wire.FaultQueue;

/**
 * The customers who are sent invoices.
 */
public final class BillManager {

    private final BillFamily family;
    private final FaultQueue<CallbackFate> notifications;

    BillManager(BillFamily family, FaultQueue<CallbackFate> notifications) {
        this.family = family;
        this.notifications = notifications;
    }

    /** All invoices, in the order in which they were sent. */
    public List<BillInvoice> invoices() {
        return family.invoices();
    }

    /**
     * A customer pays with an account number; the biller is told of it.
     *
     * @throws IllegalArgumentException for odd phone numbers and amounts
     * @throws IllegalStateException    if the customer has too little money
     */
    public LedgerEntry pay(String phone254, String shortCode, String accountReference, long amount) {
        return family.pay(phone254, shortCode, accountReference, amount);
    }

    /** The next payment is notified as this script says; several calls queue up. */
    public void nextNotification(CallbackScript script) {
        notifications.add(script.fate());
    }
}
