package io.github.cameldaraja.simulator.bills;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.cameldaraja.simulator.BillInvoice;

/**
 * Who bills and what is billed.
 */
final class BillBook {

    private final Map<String, Biller> billers = new LinkedHashMap<>();
    private final Map<String, BillInvoice> invoices = new LinkedHashMap<>();
    private final Map<String, String> appKeys = new HashMap<>();

    synchronized Optional<Biller> biller(String shortCode) {
        return Optional.ofNullable(billers.get(shortCode));
    }

    synchronized Optional<Biller> ofAppKey(String appKey) {
        return Optional.ofNullable(appKeys.get(appKey)).map(billers::get);
    }

    synchronized void keep(Biller biller) {
        billers.put(biller.shortCode(), biller);
        appKeys.put(biller.appKey(), biller.shortCode());
    }

    synchronized boolean knows(String externalReference) {
        return invoices.containsKey(externalReference);
    }

    synchronized Optional<BillInvoice> invoice(String externalReference) {
        return Optional.ofNullable(invoices.get(externalReference));
    }

    /** Adds a new invoice or replaces the one with the same external reference. */
    synchronized void keep(BillInvoice invoice) {
        invoices.put(invoice.externalReference(), invoice);
    }

    synchronized List<BillInvoice> invoices() {
        return List.copyOf(invoices.values());
    }

    /** Counts a payment towards the oldest open invoice of that account, if there is one. */
    synchronized void paid(String shortCode, String accountReference, BigDecimal amount) {
        String typed = accountReference == null ? "" : accountReference.trim();
        invoices.values().stream()
                .filter(invoice -> invoice.open() && invoice.shortCode().equals(shortCode)
                        && invoice.accountReference().trim().equalsIgnoreCase(typed))
                .findFirst()
                .ifPresent(invoice -> keep(invoice.plus(amount)));
    }

    synchronized void reset() {
        billers.clear();
        invoices.clear();
        appKeys.clear();
    }
}
