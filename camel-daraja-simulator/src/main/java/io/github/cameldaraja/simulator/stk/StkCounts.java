package io.github.cameldaraja.simulator.stk;

/**
 * The names under which pushes and queries are counted.
 */
public final class StkCounts {

    /** Pushes received. */
    public static final String PUSHES = "pushes";
    /** Pushes that were accepted. */
    public static final String ACCEPTED = "acceptedPushes";
    /** Pushes that were not accepted. */
    public static final String REFUSED = "refused";
    /** Queries received. */
    public static final String QUERIES = "queries";

    private StkCounts() {
    }
}
