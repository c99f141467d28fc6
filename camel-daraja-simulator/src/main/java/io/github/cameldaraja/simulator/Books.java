package io.github.cameldaraja.simulator;

import java.math.BigDecimal;
import java.util.List;

import io.github.cameldaraja.simulator.money.Account;
import io.github.cameldaraja.simulator.money.Ledger;

/**
 * The truth about money: it moved exactly when an entry or a transfer exists here. Whole shillings.
 */
public final class Books {

    private final Ledger ledger;

    Books(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * What customers' payments have brought: balance of the pay bill's utility account, or of the till's (by its own or
     * its store number) merchant account; 0 for unknown short codes.
     */
    public long merchantBalance(String shortCode) {
        return ledger.received(shortCode);
    }

    /** Balance of an organisation's account, e.g. {@code Working Account}; 0 for unknown short codes. */
    public long balance(String shortCode, String account) {
        return ledger.balance(shortCode, Account.named(account));
    }

    /** Balance of a customer; who is not known yet is given the default balance. */
    public long customerBalance(String phone) {
        return ledger.customerBalance(phone);
    }

    /** Brings money from outside into an organisation's account; whole shillings. */
    public void deposit(String shortCode, String account, BigDecimal amount) {
        ledger.deposit(shortCode, Account.named(account), amount.longValueExact());
    }

    /**
     * Adds a payment that has happened at the time it says, without telling anybody: its customer is given what it takes. Pull lists
     * it like any other. Throws {@link IllegalArgumentException} if there is one with that receipt.
     */
    public void record(LedgerEntry payment) {
        ledger.record(payment);
    }

    /** All payments of customers to organisations in the order in which they happened. */
    public List<LedgerEntry> entries() {
        return ledger.payments();
    }

    /** All payments of customers to organisations in the order in which they happened. */
    public List<LedgerEntry> payments() {
        return entries();
    }

    /** All money that organisations have moved, in the order in which it happened. */
    public List<Transfer> transfers() {
        return ledger.transfers();
    }

    /** Makes sure that no money was made or lost; throws {@link IllegalStateException} otherwise. */
    public void verify() {
        ledger.verify();
    }
}
