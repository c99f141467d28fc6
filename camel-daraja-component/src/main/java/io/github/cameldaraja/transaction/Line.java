package io.github.cameldaraja.transaction;

import io.github.cameldaraja.api.PaymentStatus;
import java.time.Duration;
import java.time.Instant;

/**
 * A line in which payments stand one behind the other, because M-Pesa refuses those that come too close.
 *
 * @param kind     why they do
 * @param name     whose line it is: kind, account and phone number at least; kept as a hash where it is kept
 * @param gap      how long after one has had its turn the next one may have it
 * @param patience how long one may wait for its turn; who would have to wait longer is refused
 */
public record Line(Kind kind, String name, Duration gap, Duration patience) implements Comparable<Line> {

    /** How long after its turn somebody else may send a payment, should whoever waits for it be gone. */
    public static final Duration TAKE_OVER = Duration.ofSeconds(10);

    /** Why payments stand in a line, and what ends a turn early. */
    public enum Kind {
        /** A phone shows one prompt at a time: until its outcome is known. */
        PROMPT,
        /** The same amount is not paid twice by one customer within two minutes: what was not paid does not count. */
        EQUAL_PRICE,
        /** The same amount is not paid twice to one customer within two minutes: what has failed does not count. */
        EQUAL_PAYOUT
    }

    /**
     * Who had the last turn.
     *
     * @param reference of the payment
     * @param freeAt    when the next one may have it
     * @param before    when it could have had it, had this one not come
     */
    public record Place(String reference, Instant freeAt, Instant before) {

        /** Nobody has come yet. */
        public static final Place NOBODY = new Place("", Instant.EPOCH, Instant.EPOCH);
    }

    /** The line of that kind, account and whatever else they have in common. */
    public static Line of(Kind kind, Duration gap, Duration patience, String account, String... common) {
        return new Line(kind, kind + "/" + account + "/" + String.join("/", common), gap, patience);
    }

    /**
     * When a payment that comes now has its turn: now, or later.
     *
     * @param last   whoever had the last turn
     * @param holder that payment as it is now; null if it was not stored in the end, or is gone
     */
    public Instant turn(Instant now, Place last, Transaction holder) {
        Instant free = switch (kind) {
            case PROMPT -> holder == null || holder.isEnded() ? now : last.freeAt();
            case EQUAL_PRICE -> holder == null || holder.status() != PaymentStatus.COMPLETED ? now : afterPayment(last, holder);
            case EQUAL_PAYOUT -> holder == null || holder.hasFailed() ? last.before() : last.freeAt();
        };
        return free.isAfter(now) ? free : now;
    }

    // it may have been paid at any moment until its outcome came, but not much later than it was asked for
    private Instant afterPayment(Place last, Transaction holder) {
        Instant ended = holder.updatedAt().plus(gap);
        Instant latest = last.freeAt().plus(gap);
        return ended.isBefore(latest) ? ended : latest;
    }

    /**
     * When that intent has its turn.
     *
     * @throws TermsException if it would have to wait too long
     */
    public Instant turnOf(Transaction intent, Place last, Transaction holder) {
        Instant now = intent.createdAt();
        Instant turn = turn(now, last, holder);
        if (turn.isAfter(now.plus(patience))) {
            throw new TermsException(this, last.reference(), turn);
        }
        return turn;
    }

    /** Who has the last turn once that payment has it. */
    public Place taken(Transaction payment, Instant turn, Place last, Transaction holder) {
        Instant before = kind == Kind.EQUAL_PAYOUT && (holder == null || holder.hasFailed()) ? last.before() : last.freeAt();
        return new Place(payment.reference(), turn.plus(gap), before);
    }

    // in this order, so that nobody waits for somebody who waits for him
    @Override
    public int compareTo(Line other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return "Line[" + kind + "]";
    }
}
