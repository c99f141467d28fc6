package io.github.cameldaraja.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.github.cameldaraja.simulator.money.Ledger;

/**
 * The people with phones. Who was not added is created when first needed, with the default balance and PIN 1234.
 */
public final class Customers {

    /** The PIN of everybody who was given no other. */
    public static final String DEFAULT_PIN = "1234";
    private static final Pattern PHONE = Pattern.compile("254[71]\\d{8}");

    private record Person(String name, String pin) {
    }

    private final Ledger ledger;
    private final Map<String, Person> people = new LinkedHashMap<>();

    Customers(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Adds a customer, or gives a known one another balance and PIN.
     *
     * @param phone254         254 and nine digits beginning with 7 or 1
     * @param balanceShillings whole shillings, not negative
     */
    public Customer add(String phone254, long balanceShillings, String pin) {
        check(phone254);
        if (balanceShillings < 0) {
            throw new IllegalArgumentException("negative balance: " + balanceShillings);
        }
        synchronized (people) {
            people.put(phone254, new Person(nameOf(phone254), pin));
        }
        ledger.open(phone254, balanceShillings);
        return get(phone254);
    }

    /** The customer with that number, created if unknown; throws {@link IllegalArgumentException} for odd numbers. */
    public Customer get(String phone254) {
        check(phone254);
        long balance = ledger.customerBalance(phone254);
        synchronized (people) {
            Person person = people.computeIfAbsent(phone254, phone -> new Person(nameOf(phone), DEFAULT_PIN));
            return new Customer(phone254, person.name(), balance, person.pin());
        }
    }

    /** Everybody known so far, in order of appearance. */
    public List<Customer> all() {
        return ledger.phones().stream().map(this::get).toList();
    }

    void reset() {
        synchronized (people) {
            people.clear();
        }
    }

    private static void check(String phone) {
        if (phone == null || !PHONE.matcher(phone).matches()) {
            throw new IllegalArgumentException("not a number of the form 2547XXXXXXXX or 2541XXXXXXXX: " + phone);
        }
    }

    private static String nameOf(String phone) {
        return "Customer " + phone.substring(phone.length() - 4);
    }
}
