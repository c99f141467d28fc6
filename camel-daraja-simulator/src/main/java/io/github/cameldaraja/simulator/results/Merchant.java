package io.github.cameldaraja.simulator.results;

import io.github.cameldaraja.simulator.Credentials;
import io.github.cameldaraja.simulator.Customers;
import io.github.cameldaraja.simulator.SimulatorSettings;

/**
 * The numbers of the one organisation that has operators here, and how parties are named.
 */
final class Merchant {

    private final Credentials credentials;
    private final String payoutShortCode;
    private final Customers customers;

    Merchant(SimulatorSettings settings, Customers customers) {
        this.credentials = settings.credentials();
        this.payoutShortCode = settings.payoutShortCode();
        this.customers = customers;
    }

    /** Whether a short code, till or store number is the merchant's. */
    boolean owns(String number) {
        return number.equals(credentials.shortCode()) || number.equals(payoutShortCode) || isTill(number)
                || number.equals(credentials.storeNumber());
    }

    boolean isTill(String number) {
        return number.equals(credentials.tillNumber());
    }

    /** The number under which the books know a party: a store number stands for its till. */
    String inBooks(String number) {
        return number.equals(credentials.storeNumber()) ? credentials.tillNumber() : number;
    }

    /** A customer as results name him. */
    String customer(String phone) {
        return phone + " - " + customers.get(phone).name();
    }

    /** An organisation as results name it. */
    String organisation(String number) {
        String name = owns(number) ? "Simulator Shop"
                : Forms.TAX_COLLECTOR.equals(number) ? "Simulator Tax Collector" : "Organisation " + number;
        return number + " - " + name;
    }
}
