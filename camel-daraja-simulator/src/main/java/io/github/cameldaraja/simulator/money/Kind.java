package io.github.cameldaraja.simulator.money;

import java.util.List;

/**
 * The kinds of organisations.
 */
public enum Kind {
    /** Receives payments with an account number. */
    PAY_BILL(Account.UTILITY, Account.WORKING, Account.CHARGES_PAID, Account.SETTLEMENT),
    /** Receives payments over the counter. */
    TILL(Account.MERCHANT, Account.WORKING, Account.CHARGES_PAID),
    /** Pays customers (B2C). */
    BULK(Account.UTILITY, Account.WORKING, Account.CHARGES_PAID);

    private final List<Account> accounts;

    Kind(Account... accounts) {
        this.accounts = List.of(accounts);
    }

    /** Its accounts in the order in which balances are told. */
    public List<Account> accounts() {
        return accounts;
    }

    /** Where payments arrive. */
    public Account receiving() {
        return accounts.get(0);
    }
}
