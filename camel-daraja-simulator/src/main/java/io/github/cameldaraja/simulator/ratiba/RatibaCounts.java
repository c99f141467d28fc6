package io.github.cameldaraja.simulator.ratiba;

/**
 * The names under which standing orders are counted.
 */
final class RatibaCounts {

    static final String REQUESTS = "ratiba.requests";
    static final String ACCEPTED = "ratiba.accepted";
    static final String REFUSED = "ratiba.refused";
    static final String AGREED = "ratiba.agreed";
    static final String FAILED = "ratiba.failed";
    static final String DEBITS = "ratiba.debits";
    static final String MISSED = "ratiba.missed";

    private RatibaCounts() {
    }
}
