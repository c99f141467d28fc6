package io.github.cameldaraja.simulator.c2b;

/**
 * What the merchant, or his default, says about an attempt.
 *
 * @param code         of a refusal; null if nobody answered
 * @param thirdPartyId the merchant's own id, maybe empty
 */
record Verdict(boolean accepted, String code, String thirdPartyId) {

    static final Verdict UNASKED = new Verdict(true, null, "");
    static final Verdict COMPLETED = new Verdict(true, null, "");
    static final Verdict CANCELLED = new Verdict(false, null, "");
}
