package io.github.cameldaraja.simulator.lookups;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.github.cameldaraja.simulator.Credentials;
import io.github.cameldaraja.simulator.Customers;
import io.github.cameldaraja.simulator.money.Kind;
import io.github.cameldaraja.simulator.money.Ledger;

/**
 * What is known about phone numbers and organisations.
 */
public final class Register {

    private static final String NAME = "Simulator Shop";

    private final Credentials merchant;
    private final Customers customers;
    private final Ledger ledger;
    private final Map<String, Subscriber> subscribers = new HashMap<>();
    private final Map<String, String> organisations = new HashMap<>();
    private final Set<String> unknown = new HashSet<>();

    Register(Credentials merchant, Customers customers, Ledger ledger) {
        this.merchant = merchant;
        this.customers = customers;
        this.ledger = ledger;
    }

    /** The SIM of this number was changed. */
    public void swapped(String phone, Instant when) {
        change(phone, subscriber -> subscriber.swapped(when));
    }

    /** This number was registered. */
    public void registered(String phone, Instant when) {
        change(phone, subscriber -> subscriber.registered(when));
    }

    /** The owner of this number has this name. */
    public void named(String phone, String name) {
        change(phone, subscriber -> subscriber.named(name));
    }

    /** The owner of this number has this document and no other. */
    public void identified(String phone, String idType, String idNumber) {
        change(phone, subscriber -> subscriber.identified(idType, idNumber));
    }

    /** Nobody has this number. */
    public synchronized void unknown(String phone) {
        unknown.add(phone);
    }

    /** There is an organisation of that kind and name. */
    public synchronized void organisation(String shortCode, String name, Kind kind) {
        ledger.introduce(shortCode, kind);
        organisations.put(shortCode, name);
    }

    synchronized Optional<Subscriber> find(String phone) {
        return unknown.contains(phone) ? Optional.empty() : Optional.of(subscriber(phone));
    }

    /** The name of an organisation; empty if there is none of that kind. */
    synchronized Optional<String> nameOf(String shortCode, boolean till) {
        Kind kind = shortCode.equals(merchant.storeNumber()) ? Kind.TILL : ledger.organisations().get(shortCode);
        if (kind == null || (kind == Kind.TILL) != till) {
            return Optional.empty();
        }
        boolean own = Set.of(merchant.shortCode(), merchant.tillNumber(), merchant.storeNumber()).contains(shortCode);
        return Optional.of(organisations.getOrDefault(shortCode, own ? NAME : "Organisation " + shortCode));
    }

    synchronized void reset() {
        subscribers.clear();
        organisations.clear();
        unknown.clear();
    }

    private synchronized void change(String phone, UnaryOperator<Subscriber> change) {
        subscribers.put(phone, change.apply(subscriber(phone)));
        unknown.remove(phone);
    }

    private Subscriber subscriber(String phone) {
        Subscriber known = subscribers.get(phone);
        return known == null ? new Subscriber(phone, customers.get(phone).name(), null, null, null, null) : known;
    }
}
