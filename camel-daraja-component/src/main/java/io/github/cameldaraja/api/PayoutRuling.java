package io.github.cameldaraja.api;

/**
 * What a {@link PayoutPolicy} makes of a payout.
 *
 * @param refusal       why it may not be; null if it may
 * @param needsApproval whether a second person must approve
 */
public record PayoutRuling(InvalidFieldException refusal, boolean needsApproval) {

    /** It may be sent. */
    public static PayoutRuling allowed() {
        return new PayoutRuling(null, false);
    }

    /** It is stored, and sent when a second person has approved. */
    public static PayoutRuling approval() {
        return new PayoutRuling(null, true);
    }

    /**
     * It is refused.
     *
     * @param field that breaks the rule
     * @param rule  what it must be
     * @param cure  what may be done about it
     */
    public static PayoutRuling refused(String field, String rule, String cure) {
        return new PayoutRuling(new InvalidFieldException(field, rule, cure), false);
    }

    /** The stricter of the two. */
    public PayoutRuling and(PayoutRuling other) {
        return refusal != null ? this : other.refusal != null ? other : needsApproval ? this : other;
    }
}
