package io.github.cameldaraja.simulator.pull;

/**
 * The names under which Pull is counted.
 */
final class PullCounts {

    static final String REGISTRATIONS = "pull.registrations";
    static final String QUERIES = "pull.queries";
    static final String REFUSED = "pull.refused";
    static final String ROWS = "pull.rows";

    private PullCounts() {
    }
}
