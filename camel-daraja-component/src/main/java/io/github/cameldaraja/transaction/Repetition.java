package io.github.cameldaraja.transaction;

import java.util.Map;

/**
 * What is kept of a request so that it can be sent later, or the same one once more, should nobody know whether it has arrived.
 *
 * @param fields    what was asked for, by wire name; none when it must not be sent again
 * @param cleared   whether nothing has to be asked before
 * @param times     how often it was sent again
 * @param departure when it is sent, if that is not at once; or null
 * @param budget    the day, in Nairobi, of whose budget it is a part; or null
 */
public record Repetition(Map<String, String> fields, boolean cleared, int times, Departure departure, String budget) {

    public Repetition {
        fields = fields == null ? Map.of() : Map.copyOf(fields);
    }

    /** Of a request that was sent once. */
    public static Repetition of(Map<String, String> fields, boolean cleared) {
        return new Repetition(fields, cleared, 0, null, null);
    }

    /** Of a request that is not sent again. */
    public static Repetition none() {
        return of(Map.of(), false);
    }

    /** The same, to be sent later. */
    public Repetition departing(Departure departure) {
        return new Repetition(fields, cleared, times, departure, budget);
    }

    /** The same, as a part of that day's budget. */
    public Repetition ofBudget(String day) {
        return new Repetition(fields, cleared, times, departure, day);
    }

    /** What had to be asked before was answered well. */
    public Repetition clear() {
        return new Repetition(fields, true, times, departure, budget);
    }

    /** Sent once more. */
    public Repetition again() {
        return new Repetition(fields, cleared, times + 1, departure, budget);
    }

    /** Never again; what it was about is kept no longer. */
    Repetition spent() {
        return new Repetition(Map.of(), cleared, times, departure, budget);
    }

    @Override
    public String toString() {
        return "Repetition" + fields.keySet();
    }
}
