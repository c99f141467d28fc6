package io.github.cameldaraja.simulator.bonga;

/**
 * The names under which Bonga is counted.
 */
final class BongaCounts {

    static final String CALCULATIONS = "bonga.calculations";
    static final String REDEMPTIONS = "bonga.redemptions";
    static final String ACCEPTED = "bonga.accepted";
    static final String REFUSED = "bonga.refused";
    static final String PAID = "bonga.paid";
    static final String FAILED = "bonga.failed";

    private BongaCounts() {
    }
}
