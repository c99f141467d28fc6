package io.github.cameldaraja.transaction;

import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentIds;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.PhoneNumbers;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;

/**
 * One payment as we know it, or one question that is answered by callback; immutable, a change makes a new one.
 *
 * @param reference        our own reference; the callback URL carries it
 * @param application      whose routes are told of it
 * @param operation        as in the URI
 * @param account          the account's name
 * @param shortCode        whose books it touches; receipts are unique within it
 * @param idempotencyKey   the caller's key, or null
 * @param attempt          the how manieth payment under that key, from 1
 * @param status           where it stands
 * @param fingerprint      stands for everything that matters of the request; null for what we did not ask for
 * @param amount           shillings asked for; null for a question
 * @param phoneNumber      the customer, 254…, or null
 * @param accountReference as sent, or null
 * @param ownId            the {@code OriginatorConversationID} that we chose, or null
 * @param metadata         the caller's own small map
 * @param repetition       how it can be sent later, or once more, should its fate stay unknown; or null
 * @param createdAt        when the intent was stored
 * @param updatedAt        when anything about it last changed
 * @param acknowledgement  Safaricom's ids, or null
 * @param outcome          the best evidence so far, or null
 * @param disputed         whether evidence contradicts: a person must look, and a query alone cannot end it
 * @param questions        how often we have asked by ourselves, beside the hours that a route sets
 * @param held             a failure by query, or a payment that came by itself, that waits for a callback; or null
 * @param dueAt            when we ask, or settle what is held; null for never
 * @param waiter           the node on which an exchange waits for its outcome, or null
 * @param told             how many outcomes of it routes were to be told so far
 */
public record Transaction(String reference,
                          String application,
                          String operation,
                          String account,
                          String shortCode,
                          String idempotencyKey,
                          int attempt,
                          PaymentStatus status,
                          String fingerprint,
                          BigDecimal amount,
                          String phoneNumber,
                          String accountReference,
                          String ownId,
                          Map<String, String> metadata,
                          Repetition repetition,
                          Instant createdAt,
                          Instant updatedAt,
                          Acknowledgement acknowledgement,
                          Outcome outcome,
                          boolean disputed,
                          int questions,
                          Outcome held,
                          Instant dueAt,
                          String waiter,
                          int told) {

    /** Whose routes are told when nobody says otherwise. */
    public static final String DEFAULT_APPLICATION = "default";

    /** The order in which {@link TransactionRepository#findBooked} lists payments. */
    public static final Comparator<Transaction> BY_BOOKING =
            Comparator.comparing(Transaction::bookedAt).thenComparing(Transaction::createdAt).thenComparing(Transaction::reference);

    public Transaction {
        metadata = metadata == null ? Map.of() : Map.copyOf(metadata);
    }

    /** A stored intent: nothing was sent yet. */
    public static Transaction intent(String reference, String operation, String account, String shortCode, String idempotencyKey,
                                     BigDecimal amount, String phoneNumber, String accountReference,
                                     Map<String, String> metadata, Instant now) {
        return new Transaction(reference, DEFAULT_APPLICATION, operation, account, shortCode, idempotencyKey, 1,
                PaymentStatus.INITIATED, null, amount, phoneNumber, accountReference, null, metadata, null, now, now, null, null, false,
                0, null, null, null, 0);
    }

    /**
     * The intent with what tells it from others.
     *
     * @param fingerprint of the request
     * @param ownId       our {@code OriginatorConversationID}, or null
     */
    public Transaction asking(String fingerprint, String ownId) {
        return new Transaction(reference, application, operation, account, shortCode, idempotencyKey, attempt, status, fingerprint,
                amount, phoneNumber, accountReference, ownId, metadata, repetition, createdAt, updatedAt, acknowledgement, outcome,
                disputed, questions, held, dueAt, waiter, told);
    }

    /** The intent with what it takes to send it once more, should its fate stay unknown. */
    public Transaction repeatable(Repetition repetition) {
        return new Transaction(reference, application, operation, account, shortCode, idempotencyKey, attempt, status, fingerprint,
                amount, phoneNumber, accountReference, ownId, metadata, repetition, createdAt, updatedAt, acknowledgement, outcome,
                disputed, questions, held, dueAt, waiter, told);
    }

    /** It must not be sent again: it has arrived, or nobody may know any more whether it would count. */
    public Transaction notRepeated() {
        return repetition == null || repetition.fields().isEmpty() ? this : repeatable(repetition.spent());
    }

    /** Whether it may be sent once more: nobody knows whether it has arrived. */
    public boolean mayBeRepeated() {
        return status == PaymentStatus.UNKNOWN && acknowledgement == null && !disputed && repetition != null
                && !repetition.fields().isEmpty();
    }

    /** When it is sent, if that is not at once; null for all others. */
    public Departure departure() {
        return repetition == null ? null : repetition.departure();
    }

    /** The intent, stored and not sent before a second person has approved it, until that time at the latest. */
    public Transaction held(Instant until) {
        return copy(PaymentStatus.HELD, updatedAt, acknowledgement, outcome, disputed, questions, held, until);
    }

    /**
     * The intent as it is stored when it is known when it has its turn.
     *
     * @param takeOver how long after that somebody else may send it, should whoever waits for it be gone
     */
    public Transaction inTurn(Instant turn, Duration takeOver) {
        if (departure() == null || status == PaymentStatus.HELD) {
            return this;
        }
        if (turn.isAfter(createdAt)) {
            return repeatable(repetition.departing(departure().at(turn))).due(turn.plus(takeOver));
        }
        Repetition atOnce = repetition.departing(null);
        return repeatable(departure().repeatable() ? atOnce : atOnce.budget() == null ? null : atOnce.spent());
    }

    /** A second person has approved: it may be sent. */
    Transaction approved(String by, String why, Instant now) {
        return repeatable(repetition.departing(departure().approved(by, why, now)))
                .copy(PaymentStatus.INITIATED, now, acknowledgement, outcome, disputed, questions, held, now);
    }

    /** Whether it is stored to be sent later, and nobody has begun to. */
    public boolean waitsToBeSent() {
        return status == PaymentStatus.INITIATED && departure() != null && departure().isNext();
    }

    /**
     * Somebody begins to send it: nobody else does any more.
     *
     * @param unattended whether it is not the exchange that has asked for it
     * @param lost       when it is certain that whoever has begun is gone
     */
    public Transaction departs(boolean unattended, Instant lost, Instant now) {
        Transaction begun = repeatable(repetition.departing(departure().begun(unattended)))
                .copy(status, now, acknowledgement, outcome, disputed, questions, held, lost);
        return begun.departure().repeatable() ? begun : begun.notRepeated();
    }

    /** It did not leave after all, and may be sent from that time on. */
    public Transaction departsLater(Map<String, String> fields, Instant at, Instant now) {
        return isEnded() || status != PaymentStatus.INITIATED || departure() == null ? this
                : repeatable(new Repetition(fields, repetition.cleared(), repetition.times(), departure().postponed(at), repetition.budget()))
                        .copy(status, now, acknowledgement, outcome, disputed, questions, held, at);
    }

    /** Whether no exchange waits to hear what becomes of it. */
    public boolean isUnattended() {
        return departure() != null && departure().unattended();
    }

    /** What it takes of its day's budget: nothing, once it is known to have moved nothing. */
    public BigDecimal spends() {
        return repetition == null || repetition.budget() == null || hasFailed() ? BigDecimal.ZERO : amount;
    }

    /** Whether it was sent more than once, so that Safaricom may speak of it more than once. */
    public boolean isRepeated() {
        return repetition != null && repetition.times() > 0;
    }

    /** The same for the routes of that application. */
    public Transaction of(String application) {
        return new Transaction(reference, application, operation, account, shortCode, idempotencyKey, attempt, status, fingerprint,
                amount, phoneNumber, accountReference, ownId, metadata, repetition, createdAt, updatedAt, acknowledgement, outcome,
                disputed, questions, held, dueAt, waiter, told);
    }

    /** The same, while an exchange of that node waits for its outcome. */
    public Transaction awaitedBy(String node) {
        return new Transaction(reference, application, operation, account, shortCode, idempotencyKey, attempt, status, fingerprint,
                amount, phoneNumber, accountReference, ownId, metadata, repetition, createdAt, updatedAt, acknowledgement, outcome,
                disputed, questions, held, dueAt, node, told);
    }

    /** The same, with one more outcome for routes. */
    public Transaction toldOnceMore() {
        return new Transaction(reference, application, operation, account, shortCode, idempotencyKey, attempt, status, fingerprint,
                amount, phoneNumber, accountReference, ownId, metadata, repetition, createdAt, updatedAt, acknowledgement, outcome,
                disputed, questions, held, dueAt, waiter, told + 1);
    }

    /** A payment that came by itself: what Safaricom tells of it follows. */
    static Transaction arrival(Outcome payment, String shortCode, Instant now) {
        return new Transaction(payment.reference(), DEFAULT_APPLICATION, payment.operation(), payment.account(), shortCode, null, 1,
                PaymentStatus.PENDING, null, payment.amount(), payment.phoneNumber(), payment.accountReference(), null, null, null, now,
                now, null, null, false, 0, null, null, null, 0);
    }

    /** Whether it came by itself: nothing of ours asked for it. */
    public boolean isArrival() {
        return fingerprint == null && !isQuestion();
    }

    /**
     * A message that must be believed tells of it; it may wait until {@code until} for one that knows better. What an earlier one
     * said that nobody believed is gone.
     */
    Transaction believed(Outcome payment, Instant until, Instant now) {
        return new Transaction(reference, application, operation, account, shortCode, idempotencyKey, attempt, PaymentStatus.PENDING,
                fingerprint, payment.amount(), payment.phoneNumber(), payment.accountReference(), ownId, metadata, repetition, createdAt, now,
                acknowledgement, outcome, disputed, questions, payment, until, waiter, told);
    }

    /** A message that nobody need believe tells of it: ask at once. */
    Transaction claimed(Outcome claim, Instant now) {
        return copy(PaymentStatus.PENDING, now, acknowledgement, claim, disputed, questions, null, now);
    }

    /** When M-Pesa booked it; as long as it has not said that, when it was stored. */
    public Instant bookedAt() {
        return outcome == null || outcome.transactionDate() == null ? createdAt : outcome.transactionDate().toInstant();
    }

    /** Whether nothing moves: then an answer that never comes leaves no debt. */
    public boolean isQuestion() {
        return amount == null;
    }

    /** Whether Safaricom has said its last word: a final status or, for a question, any answer. */
    public boolean isEnded() {
        return status.isFinal() || isQuestion() && outcome != null;
    }

    /** Whether nothing is left to say or to decide, as far as anybody knows. */
    public boolean isOver() {
        return isEnded() && !disputed;
    }

    /** Whether it is known to have moved nothing, as far as evidence goes: its key may be used for another attempt. */
    public boolean hasFailed() {
        return status.isFinal() && status != PaymentStatus.COMPLETED && !disputed;
    }

    /** Whether it was refused or never sent: nobody but the answer to the request itself has spoken. */
    public boolean isGivenUp() {
        return status == PaymentStatus.FAILED && outcome != null && outcome.source() == null;
    }

    /** Whether only a person can say what became of it: nothing is left to ask, or evidence contradicts a failure. */
    public boolean needsPerson() {
        return status == PaymentStatus.UNRESOLVED || disputed && status != PaymentStatus.COMPLETED;
    }

    /** The same as a further attempt under its key. */
    public Transaction attempt(int number) {
        return new Transaction(reference, application, operation, account, shortCode, idempotencyKey, number, status, fingerprint,
                amount, phoneNumber, accountReference, ownId, metadata, repetition, createdAt, updatedAt, acknowledgement, outcome,
                disputed, questions, held, dueAt, waiter, told);
    }

    /** Safaricom has heard us. Adds ids, and is never more than {@link PaymentStatus#PENDING}. */
    public Transaction acknowledged(Acknowledgement ids, Instant firstQuestion, Instant now) {
        boolean open = !isEnded() && status != PaymentStatus.UNRESOLVED;
        return copy(open ? PaymentStatus.PENDING : status, now, ids, outcome, disputed, questions, held,
                open && held == null ? firstQuestion : dueAt).notRepeated();
    }

    /**
     * Whether it was sent once, and nothing is known of that: then a refusal of the request ends it, however late it is stored. Who sends it
     * again has that stored before.
     */
    public boolean wasSentOnce() {
        return status == PaymentStatus.INITIATED
                || status == PaymentStatus.UNKNOWN && acknowledgement == null && held == null && !isRepeated();
    }

    /** It may have been sent: ask about it at {@code nextQuestion}, if there is anything to ask. */
    public Transaction fateUnknown(Instant nextQuestion, Instant now) {
        return status == PaymentStatus.INITIATED
                ? copy(PaymentStatus.UNKNOWN, now, acknowledgement, outcome, disputed, questions, held, nextQuestion) : this;
    }

    /**
     * Whoever sent it has been silent for so long that it may have been sent.
     *
     * @param again when it may be sent again, if it is of a kind that is
     */
    public Transaction senderLost(Instant again, Instant now) {
        if (status != PaymentStatus.INITIATED) {
            return this;
        }
        Transaction lost = fateUnknown(now, now);
        return lost.mayBeRepeated() ? lost.due(again) : lost;
    }

    /** Safaricom gave it up in its queue, which proves nothing: ask at {@code nextQuestion}. */
    public Transaction expiredInQueue(Instant nextQuestion, Instant now) {
        return isEnded() || status == PaymentStatus.UNRESOLVED ? this
                : copy(PaymentStatus.UNKNOWN, now, acknowledgement, outcome, disputed, questions, held, nextQuestion);
    }

    /** Asked so many times more; ask again at {@code nextQuestion}. */
    public Transaction asked(int more, Instant nextQuestion, Instant now) {
        return copy(status, now, acknowledgement, outcome, disputed, questions + more, held, nextQuestion);
    }

    /** Something to do about it at that time, without having asked. */
    public Transaction due(Instant at) {
        return copy(status, updatedAt, acknowledgement, outcome, disputed, questions, held, at);
    }

    /** A query said that it failed; the callback has until {@code until} to know better. */
    public Transaction holding(Outcome failure, Instant until, Instant now) {
        return copy(status, now, acknowledgement, outcome, disputed, questions, failure, until);
    }

    /** Nothing is left to ask. */
    public Transaction unresolved(Instant now) {
        return status.isFinal() ? this
                : copy(PaymentStatus.UNRESOLVED, now, acknowledgement, outcome, disputed, questions, null, null).notRepeated();
    }

    /**
     * Refused, or never sent; what an outcome has ended, or evidence disputes, stays as it is.
     *
     * @param why the failure, without a source
     */
    public Transaction abandoned(Outcome why, Instant now) {
        return isEnded() || disputed ? this : settled(complete(why), now);
    }

    Transaction settled(Outcome by, Instant now) {
        return copy(by.status(), now, acknowledgement, by, disputed, questions, null, null).notRepeated();
    }

    /** A person has decided: nothing of it is in doubt any more. */
    Transaction decided(Outcome by, Instant now) {
        return copy(by.status(), now, acknowledgement, by, false, questions, null, null).notRepeated();
    }

    Transaction disputed(Instant now) {
        return copy(status.isFinal() ? status : PaymentStatus.UNRESOLVED, now, acknowledgement, outcome, true, questions, held,
                null).notRepeated();
    }

    /** Safaricom's ids of it, as far as known. */
    public PaymentIds ids() {
        Outcome known = outcome == null ? Outcome.builder().build() : outcome;
        String checkout = acknowledgement == null ? null : acknowledgement.checkoutRequestId();
        String conversation = acknowledgement == null ? null : acknowledgement.conversationId();
        String originator = acknowledgement == null ? null : acknowledgement.originatorConversationId();
        return new PaymentIds(or(checkout, known.checkoutRequestId()), or(conversation, known.conversationId()),
                or(or(originator, ownId), known.originatorConversationId()), known.receiptNumber());
    }

    /** What is known, in the form that routes get: the outcome so far, or the bare state. */
    public Outcome toOutcome() {
        if (outcome != null) {
            return outcome;
        }
        return complete(Outcome.builder().status(status).build());
    }

    /**
     * What is left of it when its personal fields have gone: what accounting needs, without anything that tells of a person.
     * An {@code OriginatorConversationID} of our own goes as well, for it is made of the caller's key.
     */
    public Transaction nameless() {
        return new Transaction(reference, application, operation, account, shortCode, null, attempt, status, fingerprint, amount,
                null, null, null, null, null, createdAt, updatedAt, null, outcome == null ? null : namelessOutcome(), disputed, questions,
                null, dueAt, waiter, told);
    }

    /** What is known, without anything that tells of a person; a push's id is left out, for it ends with a phone number. */
    public Outcome namelessOutcome() {
        Outcome known = toOutcome();
        return Outcome.builder().operation(operation).account(account).reference(reference).status(status)
                .resultCode(known.resultCode()).resultCategory(known.resultCategory()).retriable(known.retriable())
                .receiptNumber(known.receiptNumber()).amount(amount).transactionDate(known.transactionDate())
                .merchantRequestId(known.merchantRequestId()).conversationId(known.conversationId())
                .originatorConversationId(isOwn(known.originatorConversationId()) ? null : known.originatorConversationId())
                .source(known.source()).verdict(known.verdict()).build();
    }

    // one callback was seen with the tail only
    private boolean isOwn(String id) {
        return id != null && ownId != null && ownId.endsWith(id);
    }

    /** What is left of the payment that held this arrival's receipt and has gone: that it was paid. */
    public Transaction countedBefore(String holder) {
        Outcome payment = (held == null ? outcome : held).toBuilder().reference(holder).status(PaymentStatus.COMPLETED).build();
        return new Transaction(holder, application, operation, account, shortCode, null, attempt, PaymentStatus.COMPLETED,
                fingerprint, amount, phoneNumber, accountReference, null, null, null, createdAt, updatedAt, null, payment, false, 0, null,
                null, null, told);
    }

    /** What somebody is told who asks for the same payment once more: the outcome, unless it is in doubt. */
    public Outcome answer() {
        return needsPerson() ? complete(Outcome.builder().status(PaymentStatus.UNRESOLVED)
                .resultDescription("what became of it is not known, and there is nothing left to ask; a person must look").build())
                : toOutcome();
    }

    /** The outcome with everything that only the intent and the acknowledgement know. */
    public Outcome complete(Outcome by) {
        Outcome.Builder builder = by.toBuilder()
                .operation(operation).account(account).reference(reference).idempotencyKey(idempotencyKey).metadata(metadata)
                .accountReference(by.accountReference() == null ? accountReference : by.accountReference())
                .amount(by.amount() == null ? amount : by.amount())
                .phoneNumber(phoneNumber == null || PhoneNumbers.isWhole(by.phoneNumber()) ? by.phoneNumber() : phoneNumber);
        if (acknowledgement != null) {
            builder.merchantRequestId(or(by.merchantRequestId(), acknowledgement.merchantRequestId()))
                    .checkoutRequestId(or(by.checkoutRequestId(), acknowledgement.checkoutRequestId()))
                    .conversationId(or(by.conversationId(), acknowledgement.conversationId()));
        }
        builder.originatorConversationId(or(by.originatorConversationId(), ids().originatorConversationId()));
        return builder.build();
    }

    private static String or(String first, String second) {
        return first != null ? first : second;
    }

    private Transaction copy(PaymentStatus status, Instant updatedAt, Acknowledgement acknowledgement, Outcome outcome,
                             boolean disputed, int questions, Outcome held, Instant dueAt) {
        return new Transaction(reference, application, operation, account, shortCode, idempotencyKey, attempt, status, fingerprint,
                amount, phoneNumber, accountReference, ownId, metadata, repetition, createdAt, updatedAt, acknowledgement, outcome,
                disputed, questions, held, dueAt, waiter, told);
    }

    @Override
    public String toString() {
        return "Transaction[" + operation + " " + reference + " of " + account + ": " + status + ", amount " + amount + ", phone "
                + PhoneNumbers.mask(phoneNumber) + "]";
    }
}
