package io.github.cameldaraja.transaction;

import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentIds;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.Source;
import io.github.cameldaraja.api.Verdict;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What one message does to a payment: the rules of evidence, as a pure function. A repository runs it under its own guard, so
 * that of all messages about a payment exactly one is applied.
 *
 * @param verdict     what became of the message
 * @param transaction the payment after it; null for an orphan, and for a row that goes because another payment holds its receipt
 * @param outcome     the message completed with what the payment knows, verdict included
 * @param delivery    what routes are to be told, or null
 * @param rival       another payment under the same key that has moved money, too, or still may: a person must look; or null
 */
public record Settlement(Verdict verdict, Transaction transaction, Outcome outcome, Delivery delivery, Transaction rival) {

    private Settlement(Verdict verdict, Transaction transaction, Outcome outcome) {
        this(verdict, transaction, outcome, null, null);
    }

    /** The message names a payment that is not stored. */
    public static Settlement orphan(Outcome message) {
        return new Settlement(Verdict.ORPHAN, null, message.withVerdict(Verdict.ORPHAN));
    }

    /** The message contradicts what is known, by the decision of somebody who knows more payments than this one. */
    static Settlement refused(Transaction payment, Outcome message) {
        return new Settlement(Verdict.CONFLICT, payment, payment.complete(message).toBuilder().verdict(Verdict.CONFLICT)
                .status(payment.status()).build());
    }

    /** Decides; the payment itself is not changed. */
    public static Settlement of(Transaction payment, Outcome message, Instant now) {
        Outcome said = payment.complete(message);
        if (payment.isQuestion()) {
            return payment.isEnded() && payment.outcome().source() != null ? unchanged(Verdict.DUPLICATE, payment, said)
                    : changed(Verdict.APPLIED, payment, said, now);
        }
        if (!said.status().isFinal()) {
            return unchanged(Verdict.UNMATCHED, payment, said);
        }
        if (said.source() == Source.PERSON) {
            return decided(payment, said, now);
        }
        if (isAboutAnotherRequest(payment, message)) {
            return unchanged(Verdict.UNMATCHED, payment, said);
        }
        if (isByLooks(payment, message) && !Fit.isUndecided(payment) && !isSameReceipt(payment, message)) {
            // a customer who has paid by hand: it does not speak about this payment, so it contradicts nothing
            return unchanged(Verdict.UNMATCHED, payment, said);
        }
        if (said.isCompleted() && isAboutAnotherAmount(payment, message)) {
            return conflict(payment, said, now);
        }
        if (!payment.status().isFinal()) {
            return payment.disputed() && EvidenceRank.of(said) != EvidenceRank.PAID_WITH_RECEIPT ? conflict(payment, said, now)
                    : changed(Verdict.APPLIED, payment, said, now);
        }
        Outcome known = payment.toOutcome();
        if (isRepeat(known, said)) {
            return unchanged(Verdict.DUPLICATE, payment, said);
        }
        if (known.isCompleted() != said.isCompleted()) {
            // what a person has decided is contradicted loudly, whatever the evidence
            return said.isCompleted() && outranks(said, known) && known.source() != Source.PERSON
                    ? changed(Verdict.CORRECTED, payment, said, now) : conflict(payment, said, now);
        }
        return said.isCompleted() ? paidAgain(payment, known, said, now) : failedAgain(payment, known, said, now);
    }

    /** The receipt that the payment takes with it, in the form in which receipts are compared; null if it takes none. */
    public String takenReceipt() {
        if (!verdict.isDelivered() || transaction.isQuestion() || !transaction.outcome().isCompleted()) {
            return null;
        }
        String receipt = transaction.outcome().receiptNumber();
        return receipt == null ? null : References.canonical(receipt);
    }

    /** The same, when another payment already holds the receipt: a receipt pays once. */
    public Settlement receiptTaken(Transaction before, Instant now) {
        if (outcome.source() == Source.PERSON) {
            return refused(before, outcome);
        }
        if (before.isArrival()) {
            return new Settlement(Verdict.LATE, null, outcome.withVerdict(Verdict.LATE));
        }
        if (isByLooks(before, outcome)) {
            return unchanged(Verdict.UNMATCHED, before, outcome);
        }
        return conflict(before, outcome, now);
    }

    /** Whether the payment is paid from now on: if it has a key, nobody else may have that key. */
    public boolean claimsKey() {
        return (verdict == Verdict.APPLIED || verdict == Verdict.CORRECTED) && transaction.status() == PaymentStatus.COMPLETED;
    }

    /** Whether it was given up, and is said to have moved money all the same: if it has a key that is free, it takes it back. */
    public boolean wantsKey() {
        return verdict == Verdict.CONFLICT && transaction.status().isFinal() && transaction.status() != PaymentStatus.COMPLETED;
    }

    /**
     * The same, when another payment had the key: unless that one has failed, there are two payments where one was meant.
     *
     * @param holder null for nobody
     */
    public Settlement beside(Transaction holder, Instant now) {
        return holder == null || holder.reference().equals(transaction.reference()) || holder.hasFailed() ? this
                : new Settlement(verdict, transaction.disputed(now), outcome, delivery, holder);
    }

    /**
     * The same with what routes are to be told, if anything; the payment counts it. The last step of a repository, after which both are
     * stored together.
     *
     * @param node who settles
     */
    public Settlement telling(String node, Instant now) {
        if (!verdict.isDelivered()) {
            return this;
        }
        Transaction told = transaction.toldOnceMore();
        return new Settlement(verdict, told, outcome, Delivery.of(told, outcome, node, now), rival);
    }

    /** The same, as the outbox has taken the delivery in. */
    public Settlement queued(Delivery delivery) {
        return new Settlement(verdict, transaction, outcome, delivery, rival);
    }

    // whoever decides has seen more than the messages; but only where they leave a doubt
    private static Settlement decided(Transaction payment, Outcome said, Instant now) {
        if (payment.status().isFinal() && !payment.disputed()) {
            return refused(payment, said);
        }
        Outcome known = payment.toOutcome();
        Verdict verdict = !payment.status().isFinal() ? Verdict.APPLIED : known.isCompleted() != said.isCompleted() ? Verdict.CORRECTED
                : known.receiptNumber() == null && said.receiptNumber() != null ? Verdict.ENRICHED : Verdict.LATE;
        if (verdict != Verdict.LATE) {
            Outcome judged = said.withVerdict(verdict);
            return new Settlement(verdict, payment.decided(judged, now), judged);
        }
        // he agrees with what is known: it stays as it is, with his word, and is in doubt no longer
        Map<String, Object> details = new LinkedHashMap<>(known.details());
        details.putAll(said.details());
        return new Settlement(verdict, payment.decided(known.toBuilder().details(details).build(), now), said.withVerdict(verdict));
    }

    // a confirmation or pulled row names no push, it was only found to fit
    private static boolean isByLooks(Transaction payment, Outcome message) {
        return !payment.isArrival() && (message.source() == Source.CONFIRMATION || message.source() == Source.PULL);
    }

    private static boolean isSameReceipt(Transaction payment, Outcome message) {
        String known = payment.toOutcome().receiptNumber();
        return known != null && message.receiptNumber() != null
                && References.canonical(known).equals(References.canonical(message.receiptNumber()));
    }

    private static boolean isAboutAnotherRequest(Transaction payment, Outcome message) {
        PaymentIds known = payment.ids();
        if (differ(known.checkoutRequestId(), message.checkoutRequestId())) {
            return true;
        }
        // M-Pesa's own id decides; the originator's alone may come in part or changed. Of a request that was sent twice, both speak
        return !payment.isRepeated() && differ(known.conversationId(), message.conversationId())
                && !sameEnd(known.originatorConversationId(), message.originatorConversationId());
    }

    private static boolean differ(String known, String said) {
        return known != null && said != null && !known.equals(said);
    }

    // one callback was seen with the tail of the acknowledged id only
    private static boolean sameEnd(String known, String said) {
        return known != null && said != null && (known.endsWith(said) || said.endsWith(known));
    }

    // money that moved, but not the amount that we asked for: nobody may count it as this payment
    private static boolean isAboutAnotherAmount(Transaction payment, Outcome message) {
        return message.amount() != null && payment.amount() != null && message.amount().compareTo(payment.amount()) != 0;
    }

    private static Settlement paidAgain(Transaction payment, Outcome known, Outcome said, Instant now) {
        if (said.receiptNumber() == null) {
            return unchanged(Verdict.LATE, payment, said);
        }
        if (known.receiptNumber() == null) {
            return changed(Verdict.ENRICHED, payment, said, now);
        }
        return isSameReceipt(payment, said) ? unchanged(Verdict.LATE, payment, said)
                : conflict(payment, said, now);
    }

    private static Settlement failedAgain(Transaction payment, Outcome known, Outcome said, Instant now) {
        return outranks(said, known) && !Objects.equals(known.resultCode(), said.resultCode())
                ? changed(Verdict.ENRICHED, payment, said, now) : unchanged(Verdict.LATE, payment, said);
    }

    private static boolean isRepeat(Outcome known, Outcome said) {
        return known.source() == said.source() && known.status() == said.status()
                && Objects.equals(known.resultCode(), said.resultCode())
                && Objects.equals(known.receiptNumber(), said.receiptNumber());
    }

    private static boolean outranks(Outcome said, Outcome known) {
        return EvidenceRank.of(said).compareTo(EvidenceRank.of(known)) > 0;
    }

    private static Settlement unchanged(Verdict verdict, Transaction payment, Outcome said) {
        return new Settlement(verdict, payment, said.withVerdict(verdict));
    }

    private static Settlement changed(Verdict verdict, Transaction payment, Outcome said, Instant now) {
        Outcome judged = said.withVerdict(verdict);
        return new Settlement(verdict, payment.settled(judged, now), judged);
    }

    private static Settlement conflict(Transaction payment, Outcome said, Instant now) {
        Transaction disputed = payment.disputed(now);
        PaymentStatus status = disputed.status();
        return new Settlement(Verdict.CONFLICT, disputed, said.toBuilder().verdict(Verdict.CONFLICT).status(status).build());
    }
}
