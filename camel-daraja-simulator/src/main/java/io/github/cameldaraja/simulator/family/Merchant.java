package io.github.cameldaraja.simulator.family;

import io.github.cameldaraja.simulator.Credentials;

/**
 * The numbers of the one merchant: pay bill, till, and the store number that stands for the till.
 */
public record Merchant(Credentials credentials) {

    /** Whether a short code is one of its numbers. */
    public boolean owns(String shortCode) {
        return credentials.shortCode().equals(shortCode) || isTill(shortCode);
    }

    /** Whether a short code means its till. */
    public boolean isTill(String shortCode) {
        return credentials.tillNumber().equals(shortCode) || credentials.storeNumber().equals(shortCode);
    }

    /** Who is credited when that number is paid: the till for its store number, any other number itself. */
    public String receiver(String shortCode) {
        return isTill(shortCode) ? credentials.tillNumber() : shortCode;
    }

    /** The number under which that receiver is called back: the store number for the till. */
    public String calledBack(String receiver) {
        return isTill(receiver) ? credentials.storeNumber() : receiver;
    }
}
