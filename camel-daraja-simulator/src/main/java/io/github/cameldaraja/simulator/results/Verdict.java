package io.github.cameldaraja.simulator.results;

/**
 * What the core makes of a request.
 *
 * @param code    result code
 * @param receipt of the money that has moved; null if none has
 */
record Verdict(String code, String receipt) {

    static Verdict done(String receipt) {
        return new Verdict(Outcome.SUCCESS, receipt);
    }

    static Verdict refused(String code) {
        return new Verdict(code, null);
    }
}
