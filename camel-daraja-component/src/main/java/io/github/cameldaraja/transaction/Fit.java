package io.github.cameldaraja.transaction;

import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.PhoneMatch;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.api.StkPush;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;

/**
 * Whether a payment that came by itself can be the outcome of a push. Nothing in a confirmation names the push, so this goes by
 * looks: amount, account reference, phone and time. Pure.
 */
final class Fit {

    /** What can be paid by a payment that comes by itself: a prompt on a customer's phone. */
    private static final String OPERATION = StkPush.NAME;

    /** How long before a push a payment that fits it can have come. */
    static final Duration LONGEST_AGO = Duration.ofMinutes(5);

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
     * Whether this counted payment can be what an answer without a receipt calls the payment of the push.
     *
     * @param arrival came by itself
     */
    static boolean hasCounted(Transaction push, Transaction arrival) {
        return arrival.isArrival() && arrival.status() == PaymentStatus.COMPLETED
                && isAlike(push, arrival.toOutcome(), arrival.createdAt());
    }

    /**
     * Whether this payment, which waits for one that knows better, can be what an answer without a receipt calls the payment of the
     * push.
     *
     * @param arrival came by itself
     */
    static boolean isHeldFor(Transaction push, Transaction arrival) {
        return arrival.isArrival() && !arrival.isEnded() && arrival.held() != null
                && isAlike(push, arrival.held(), arrival.createdAt());
    }

    /**
     * Whether it can be, and nothing better is known of the push.
     *
     * @param heardAt when we heard of the payment first
     */
    static boolean fits(Transaction push, Outcome payment, Instant heardAt) {
        return isUndecided(push) && isAlike(push, payment, heardAt);
    }

    private static boolean isAlike(Transaction push, Outcome payment, Instant heardAt) {
        return OPERATION.equals(push.operation()) && push.amount() != null && payment.amount() != null
                && push.amount().compareTo(payment.amount()) == 0 && looksAlike(push, payment)
                && times(payment, heardAt).stream().anyMatch(time -> !push.createdAt().isBefore(time.minus(BEFORE))
                        && !push.createdAt().isAfter(time.plus(AFTER)));
    }

    /**
     * The push that the payment counts for.
     *
     * @param fitting all that fit it
     * @return null if it counts for itself, because none fits or nobody can tell which
     */
    static Transaction choose(List<Transaction> fitting) {
        // a paid one lacks just this: whichever of several gets the receipt, the money is counted once
        return fitting.stream().filter(push -> push.status() == PaymentStatus.COMPLETED)
                .min(Comparator.comparing(Transaction::createdAt).thenComparing(Transaction::reference))
                .orElseGet(() -> {
                    // one that was refused and then sent anew under its key says the same as the new one
                    List<Transaction> sent = fitting.stream().filter(push -> !wasRefused(push)).toList();
                    List<Transaction> likely = sent.isEmpty() ? fitting : sent;
                    return likely.size() == 1 ? likely.get(0) : null;
                });
    }

    private static boolean wasRefused(Transaction push) {
        return push.status().isFinal() && push.toOutcome().source() == null;
    }

    /** Whether what is known of the push leaves room for a payment with a receipt: it is open, or only an answer has ended it. */
    static boolean isUndecided(Transaction push) {
        if (push.status() == PaymentStatus.COMPLETED) {
            // disputed or not, it counts: a payment that fits it must not count beside it
            return push.toOutcome().receiptNumber() == null;
        }
        return !push.disputed() && (!push.status().isFinal()
                || EvidenceRank.of(push.toOutcome()).compareTo(EvidenceRank.FAILURE_BY_CALLBACK) < 0);
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
        if (payment.source() == Source.PULL) {
            // whether the Z of a pulled row means what it says is not known
            return List.of(booked.toInstant(), booked.toInstant().minus(NAIROBI));
        }
        // a bill tells the day alone
        return booked.toLocalTime().equals(LocalTime.MIDNIGHT) ? List.of(booked.toInstant(), heardAt) : List.of(booked.toInstant());
    }

    private static boolean isTold(String text) {
        return text != null && !text.isBlank();
    }
}
