package io.github.cameldaraja.api;

/**
 * An account's own numbers.
 *
 * @param shortCode  the business short code; for tills the store or head-office number; null if none is configured
 * @param tillNumber the till, or null for a pay bill
 */
public record Merchant(String shortCode, String tillNumber) {

    /** Whether that number is one of them. */
    public boolean owns(String number) {
        return number != null && (number.equals(shortCode) || number.equals(tillNumber));
    }

    /** Who is credited: the till, or else the short code. */
    public String receiver() {
        return tillNumber == null ? shortCode : tillNumber;
    }
}
