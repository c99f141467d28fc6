package io.github.cameldaraja.transaction;

import java.time.Instant;
import java.util.Objects;

/**
 * When a payout that was not sent as soon as it was stored may be sent, and who has let it go.
 *
 * @param notBefore  when it may be sent; null as long as a second person has not approved
 * @param repeatable whether the identical request may be sent again, should its fate stay unknown
 * @param unattended whether no exchange waits for it: then its route is told also that it was refused
 * @param begun      whether somebody has begun to send it, so that nobody else may
 * @param askedBy    who has asked for it, if a second person must approve; or null
 * @param approvedBy who has approved, or null
 * @param approvedAt when, or null
 * @param why        his reason, or null
 */
public record Departure(Instant notBefore, boolean repeatable, boolean unattended, boolean begun, String askedBy, String approvedBy,
                        Instant approvedAt, String why) {

    /** Of a payout that may have to wait for its turn. */
    public static Departure inTurn(boolean repeatable) {
        return new Departure(null, repeatable, false, false, null, null, null, null);
    }

    /** Of a payout that a second person must approve. */
    public static Departure approval(boolean repeatable, String askedBy) {
        return new Departure(null, repeatable, true, false, Objects.requireNonNull(askedBy), null, null, null);
    }

    Departure at(Instant turn) {
        return new Departure(turn, repeatable, unattended, begun, askedBy, approvedBy, approvedAt, why);
    }

    Departure approved(String by, String why, Instant now) {
        return new Departure(now, repeatable, unattended, begun, askedBy, by, now, why);
    }

    Departure begun(boolean unattended) {
        return new Departure(notBefore, repeatable, this.unattended || unattended, true, askedBy, approvedBy, approvedAt, why);
    }

    /** It was not accepted, and may be sent from that time on. */
    Departure postponed(Instant until) {
        return new Departure(until, repeatable, unattended, false, askedBy, approvedBy, approvedAt, why);
    }

    boolean isNext() {
        return notBefore != null && !begun;
    }

    @Override
    public String toString() {
        return "Departure[" + notBefore + (begun ? ", begun" : "") + "]";
    }
}
