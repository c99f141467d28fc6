package io.github.cameldaraja.simulator.lookups;

import java.time.Instant;

/**
 * What the network knows about a phone number.
 *
 * @param name       first, middle and last name, with blanks between them
 * @param swapped    when the SIM was last changed; null if never
 * @param registered when the number was registered; null for long ago
 * @param idType     kind of the owner's document; null if any is believed
 * @param idNumber   number of the document
 */
public record Subscriber(
        String phone,
        String name,
        Instant swapped,
        Instant registered,
        String idType,
        String idNumber) {

    Subscriber swapped(Instant when) {
        return new Subscriber(phone, name, when, registered, idType, idNumber);
    }

    Subscriber registered(Instant when) {
        return new Subscriber(phone, name, swapped, when, idType, idNumber);
    }

    Subscriber named(String other) {
        return new Subscriber(phone, other, swapped, registered, idType, idNumber);
    }

    Subscriber identified(String type, String number) {
        return new Subscriber(phone, name, swapped, registered, type, number);
    }
}
