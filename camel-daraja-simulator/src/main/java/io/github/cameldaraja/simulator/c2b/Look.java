package io.github.cameldaraja.simulator.c2b;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.cameldaraja.simulator.LedgerEntry;

/**
 * What changes the appearance of a confirmation.
 */
@FunctionalInterface
public interface Look {

    Look USUAL = (message, entry) -> { };

    void change(ObjectNode message, LedgerEntry entry);

    /** This one, then another. */
    default Look and(Look other) {
        return (message, entry) -> {
            change(message, entry);
            other.change(message, entry);
        };
    }
}
