package io.github.cameldaraja.simulator.results;

import java.util.HashMap;
import java.util.Map;

/**
 * The identity documents of those customers who are known to have any.
 */
public final class Identities {

    private static final String TYPE_NOT_FOUND = "R002";
    private static final String MISMATCH = "R003";

    private final Map<String, Map<String, String>> documents = new HashMap<>();

    /** Registers a document; type 01 national, 02 military, 03 alien, 04 diplomatic, 05 passport. */
    public synchronized void register(String phone, String type, String number) {
        if (!Forms.isDocument(type)) {
            throw new IllegalArgumentException("not a type of documents from 01 to 05: " + type);
        }
        documents.computeIfAbsent(phone, any -> new HashMap<>()).put(type, number);
    }

    /** The result code for documents that are not the customer's; null if they are, or if nothing is known of him. */
    synchronized String refusal(String phone, String type, String number) {
        Map<String, String> known = documents.get(phone);
        if (known == null) {
            return null;
        }
        String registered = known.get(type);
        return registered == null ? TYPE_NOT_FOUND : registered.equals(number) ? null : MISMATCH;
    }

    synchronized void reset() {
        documents.clear();
    }
}
