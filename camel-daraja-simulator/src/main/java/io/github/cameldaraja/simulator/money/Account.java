package io.github.cameldaraja.simulator.money;

import java.util.Arrays;

/**
 * The accounts that an organisation can have.
 */
public enum Account {
    /** What it pays other organisations from. */
    WORKING("Working Account"),
    /** Where a pay bill receives, and what customers are paid from. */
    UTILITY("Utility Account"),
    /** Where a till receives. */
    MERCHANT("Merchant Account"),
    /** Fees. */
    CHARGES_PAID("Charges Paid Account"),
    /** On its way to the bank. */
    SETTLEMENT("Organization Settlement Account");

    private final String text;

    Account(String text) {
        this.text = text;
    }

    /** Its name in balances. */
    public String text() {
        return text;
    }

    /** The account with that name; throws {@link IllegalArgumentException} for others. */
    public static Account named(String text) {
        return Arrays.stream(values()).filter(account -> account.text.equals(text)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such account: " + text));
    }
}
