package io.github.cameldaraja.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The truth about money: it moved exactly when an entry exists here. Whole shillings.
 */
public final class Books {

    private final long defaultBalance;
    private final Credentials merchant;
    private final Map<String, Long> customers = new LinkedHashMap<>();
    private final Map<String, Long> merchants = new HashMap<>();
    private final List<LedgerEntry> entries = new ArrayList<>();
    private long opening;

    Books(SimulatorSettings settings) {
        defaultBalance = settings.defaultBalance();
        merchant = settings.credentials();
    }

    /** Balance of the pay bill, or of the till (by its own or its store number); 0 for unknown short codes. */
    public synchronized long merchantBalance(String shortCode) {
        return merchants.getOrDefault(account(shortCode), 0L);
    }

    /** Balance of a customer; who is not known yet is given the default balance. */
    public synchronized long customerBalance(String phone) {
        Long known = customers.get(phone);
        if (known == null) {
            open(phone, defaultBalance);
            return defaultBalance;
        }
        return known;
    }

    /** All movements of money in the order in which they happened. */
    public synchronized List<LedgerEntry> entries() {
        return List.copyOf(entries);
    }

    /** All payments of customers to the merchant in the order in which they happened. */
    public List<LedgerEntry> payments() {
        return entries();
    }

    /** Makes sure that no money was made or lost; throws {@link IllegalStateException} otherwise. */
    public synchronized void verify() {
        long total = sum(customers) + sum(merchants);
        if (total != opening) {
            throw new IllegalStateException("opened with " + opening + " but hold " + total);
        }
        long paid = entries.stream().mapToLong(entry -> entry.amount().longValueExact()).sum();
        if (paid != sum(merchants)) {
            throw new IllegalStateException("entries say " + paid + " but the merchant holds " + sum(merchants));
        }
    }

    synchronized void open(String phone, long balance) {
        Long before = customers.put(phone, balance);
        opening += balance - (before == null ? 0 : before);
    }

    synchronized List<String> phones() {
        return List.copyOf(customers.keySet());
    }

    /** Moves the money if the customer can afford it. */
    synchronized Optional<LedgerEntry> pay(String phone, String creditTo, long amount, Supplier<LedgerEntry> entry) {
        long balance = customerBalance(phone);
        if (balance < amount) {
            return Optional.empty();
        }
        customers.put(phone, balance - amount);
        merchants.merge(account(creditTo), amount, Long::sum);
        LedgerEntry made = entry.get();
        entries.add(made);
        return Optional.of(made);
    }

    synchronized void reset() {
        customers.clear();
        merchants.clear();
        entries.clear();
        opening = 0;
    }

    private String account(String shortCode) {
        return merchant.storeNumber().equals(shortCode) ? merchant.tillNumber() : shortCode;
    }

    private static long sum(Map<String, Long> accounts) {
        return accounts.values().stream().mapToLong(Long::longValue).sum();
    }
}
