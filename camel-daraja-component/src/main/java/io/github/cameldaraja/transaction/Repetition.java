package io.github.cameldaraja.transaction;

import java.util.Map;

/**
 * What is kept of a request so that the same one can be sent once more, should nobody know whether it has arrived.
 *
 * @param fields  what was asked for, by wire name; none when it must not be sent again
 * @param cleared whether nothing has to be asked before
 * @param times   how often it was sent again
 */
public record Repetition(Map<String, String> fields, boolean cleared, int times) {

    public Repetition {
        fields = fields == null ? Map.of() : Map.copyOf(fields);
    }

    /** Of a request that was sent once. */
    public static Repetition of(Map<String, String> fields, boolean cleared) {
        return new Repetition(fields, cleared, 0);
    }

    /** What had to be asked before was answered well. */
    public Repetition clear() {
        return new Repetition(fields, true, times);
    }

    /** Sent once more. */
    public Repetition again() {
        return new Repetition(fields, cleared, times + 1);
    }

    /** Never again; what it was about is kept no longer. */
    Repetition spent() {
        return new Repetition(Map.of(), cleared, times);
    }

    @Override
    public String toString() {
        return "Repetition" + fields.keySet();
    }
}
