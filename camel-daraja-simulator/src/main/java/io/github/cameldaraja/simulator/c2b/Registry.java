package io.github.cameldaraja.simulator.c2b;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.cameldaraja.simulator.family.Merchant;

/**
 * The registered addresses, and for whom validation is activated.
 */
final class Registry {

    private final Merchant merchant;
    private final boolean validates;
    private final Map<String, Registration> registrations = new HashMap<>();
    private final Set<String> validated = new HashSet<>();

    /** With validation activated for all numbers or for none. */
    Registry(Merchant merchant, boolean validates) {
        this.merchant = merchant;
        this.validates = validates;
        reset();
    }

    /** Keeps addresses; the newest win unless there may be only one registration. */
    synchronized boolean register(Registration registration, boolean onlyOnce) {
        String receiver = merchant.receiver(registration.shortCode());
        if (onlyOnce && registrations.containsKey(receiver)) {
            return false;
        }
        registrations.put(receiver, registration);
        return true;
    }

    /** Deletes addresses as the merchant can in the portal; tells whether there were any. */
    synchronized boolean forget(String shortCode) {
        return registrations.remove(merchant.receiver(shortCode)) != null;
    }

    synchronized Optional<Registration> of(String shortCode) {
        return Optional.ofNullable(registrations.get(merchant.receiver(shortCode)));
    }

    /** The addresses of somebody who is asked before a payment. */
    synchronized Optional<Registration> asked(String shortCode) {
        return validated.contains(merchant.receiver(shortCode)) ? of(shortCode) : Optional.empty();
    }

    synchronized void validate(String shortCode, boolean active) {
        if (active) {
            validated.add(merchant.receiver(shortCode));
        } else {
            validated.remove(merchant.receiver(shortCode));
        }
    }

    synchronized void reset() {
        registrations.clear();
        validated.clear();
        if (validates) {
            validated.add(merchant.credentials().shortCode());
            validated.add(merchant.credentials().tillNumber());
        }
    }
}
