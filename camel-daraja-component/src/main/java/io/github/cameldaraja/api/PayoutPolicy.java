package io.github.cameldaraja.api;

/**
 * A company's own rules for what pays out, beside those of the account's settings. A bean of this type in the registry is asked about
 * each payout before anything of it is stored; the stricter of the two decides.
 */
@FunctionalInterface
public interface PayoutPolicy {

    /**
     * Judges a payout. It runs on the route's thread, must not wait for anything, and may be asked about one payout more than once. If it
     * throws, nothing is sent.
     */
    PayoutRuling judge(Payout payout);
}
