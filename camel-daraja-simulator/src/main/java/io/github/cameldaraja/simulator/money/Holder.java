package io.github.cameldaraja.simulator.money;

/**
 * Who holds money.
 *
 * @param party   short code, or 254… of a customer
 * @param account name of the account; null for a customer
 */
record Holder(String party, String account) {

    static Holder customer(String phone) {
        return new Holder(phone, null);
    }

    static Holder of(String shortCode, Account account) {
        return new Holder(shortCode, account.text());
    }

    boolean isCustomer() {
        return account == null;
    }
}
