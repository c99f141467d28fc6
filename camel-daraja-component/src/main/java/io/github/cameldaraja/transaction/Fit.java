package io.github.cameldaraja.transaction;

import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PhoneMatch;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.api.StkPush;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * Whether a payment that came by itself can be the outcome of a push. Nothing in a confirmation names the push, so this goes by
 * looks: amount, account reference, phone and time. Pure.
 */
final class Fit {

    /** What can be paid by a payment that comes by itself: a prompt on a customer's phone. */
    static final String OPERATION = StkPush.NAME;

    // the life of a prompt, and some patience
    private static final Duration BEFORE = Duration.ofMinutes(5);
    // M-Pesa's clock and ours are not the same
    private static final Duration AFTER = Duration.ofMinutes(2);
    private static final Duration NAIROBI = Duration.ofHours(3);

    private Fit() {
    }

    /** The earliest start of a push that this payment can be the outcome of. */
    static Instant earliest(Outcome payment, Instant heardAt) {
        return times(payment, heardAt).stream().min(Instant::compareTo).orElseThrow().minus(BEFORE);
    }

    /** The latest one. */
    static Instant latest(Outcome payment, Instant heardAt) {
        return times(payment, heardAt).stream().max(Instant::compareTo).orElseThrow().plus(AFTER);
    }

    /**
     * Whether it can be, and nothing better is known of the push.
     *
     * @param heardAt when we heard of the payment first
     */
    static boolean fits(Transaction push, Outcome payment, Instant heardAt) {
        return OPERATION.equals(push.operation()) && isUndecided(push) && push.amount() != null && payment.amount() != null
                && push.amount().compareTo(payment.amount()) == 0 && looksAlike(push, payment)
                && times(payment, heardAt).stream().anyMatch(time -> !push.createdAt().isBefore(time.minus(BEFORE))
                        && !push.createdAt().isAfter(time.plus(AFTER)));
    }

    /** Whether what is known of the push leaves room for a payment with a receipt: it is open, or only an answer has ended it. */
    static boolean isUndecided(Transaction push) {
        if (push.disputed()) {
            return false;
        }
        return !push.status().isFinal() || EvidenceRank.of(push.toOutcome()).compareTo(EvidenceRank.FAILURE_BY_CALLBACK) < 0;
    }

    // tills have no account reference, and some messages no phone; neither of the two would be no likeness at all
    private static boolean looksAlike(Transaction push, Outcome payment) {
        boolean reference = isTold(payment.accountReference());
        boolean phone = isTold(payment.phoneNumber());
        return (reference || phone)
                && (!reference || push.accountReference() != null
                        && push.accountReference().trim().equalsIgnoreCase(payment.accountReference().trim()))
                && (!phone || PhoneMatch.fits(payment.phoneNumber(), push.phoneNumber()));
    }

    private static List<Instant> times(Outcome payment, Instant heardAt) {
        OffsetDateTime booked = payment.transactionDate();
        if (booked == null) {
            return List.of(heardAt);
        }
        // whether the Z of a pulled row means what it says is not known
        return payment.source() == Source.PULL ? List.of(booked.toInstant(), booked.toInstant().minus(NAIROBI))
                : List.of(booked.toInstant());
    }

    private static boolean isTold(String text) {
        return text != null && !text.isBlank();
    }
}
