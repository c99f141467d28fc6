package io.github.cameldaraja.transaction;

import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.api.PhoneNumbers;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;

/**
 * One payment as we know it; immutable, a change makes a new one.
 *
 * @param reference        our own reference; the callback URL carries it
 * @param operation        as in the URI
 * @param account          the account's name
 * @param shortCode        whose books it touches; receipts are unique within it
 * @param idempotencyKey   the caller's key, or null
 * @param status           where it stands
 * @param amount           shillings asked for
 * @param phoneNumber      the other party, 254…
 * @param accountReference as sent
 * @param metadata         the caller's own small map
 * @param createdAt        when the intent was stored
 * @param updatedAt        when anything about it last changed
 * @param acknowledgement  Safaricom's ids, or null
 * @param outcome          the best evidence so far, or null
 * @param disputed         whether evidence contradicts: a person must look, and a query alone cannot end it
 * @param questions        how often we have asked
 * @param held             a failure by query that waits for the callback, or null
 * @param dueAt            when we ask, or settle what is held; null for never
 */
public record Transaction(String reference,
                          String operation,
                          String account,
                          String shortCode,
                          String idempotencyKey,
                          PaymentStatus status,
                          BigDecimal amount,
                          String phoneNumber,
                          String accountReference,
                          Map<String, String> metadata,
                          Instant createdAt,
                          Instant updatedAt,
                          Acknowledgement acknowledgement,
                          Outcome outcome,
                          boolean disputed,
                          int questions,
                          Outcome held,
                          Instant dueAt) {

    public Transaction {
        metadata = metadata == null ? Map.of() : Map.copyOf(metadata);
    }

    /** A stored intent: nothing was sent yet. */
    public static Transaction intent(String reference, String operation, String account, String shortCode, String idempotencyKey,
                                     BigDecimal amount, String phoneNumber, String accountReference,
                                     Map<String, String> metadata, Instant now) {
        return new Transaction(reference, operation, account, shortCode, idempotencyKey, PaymentStatus.INITIATED, amount,
                phoneNumber, accountReference, metadata, now, now, null, null, false, 0, null, null);
    }

    /** Safaricom has heard us. Adds ids, and is never more than {@link PaymentStatus#PENDING}. */
    public Transaction acknowledged(Acknowledgement ids, Instant firstQuestion, Instant now) {
        boolean open = !status.isFinal() && status != PaymentStatus.UNRESOLVED;
        return copy(open ? PaymentStatus.PENDING : status, now, ids, outcome, disputed, questions, held,
                open ? firstQuestion : dueAt);
    }

    /** It may have been sent; only what comes in until {@code patience} can tell. */
    public Transaction fateUnknown(Instant patience, Instant now) {
        return status == PaymentStatus.INITIATED
                ? copy(PaymentStatus.UNKNOWN, now, acknowledgement, outcome, disputed, questions, held, patience) : this;
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
                : copy(PaymentStatus.UNRESOLVED, now, acknowledgement, outcome, disputed, questions, null, null);
    }

    Transaction settled(Outcome by, Instant now) {
        return copy(by.status(), now, acknowledgement, by, disputed, questions, null, null);
    }

    Transaction disputed(Instant now) {
        return copy(status.isFinal() ? status : PaymentStatus.UNRESOLVED, now, acknowledgement, outcome, true, questions, held,
                null);
    }

    /** Safaricom's id to ask with, from the acknowledgement or an outcome; null when there is none. */
    public String checkoutRequestId() {
        return acknowledgement != null ? acknowledgement.checkoutRequestId()
                : outcome != null ? outcome.checkoutRequestId() : null;
    }

    /** What is known, in the form that routes get: the outcome so far, or the bare state. */
    public Outcome toOutcome() {
        if (outcome != null) {
            return outcome;
        }
        return complete(Outcome.builder().status(status).build());
    }

    /** The outcome with everything that only the intent and the acknowledgement know. */
    public Outcome complete(Outcome by) {
        Outcome.Builder builder = by.toBuilder()
                .operation(operation).account(account).reference(reference).idempotencyKey(idempotencyKey).metadata(metadata)
                .accountReference(by.accountReference() == null ? accountReference : by.accountReference())
                .amount(by.amount() == null ? amount : by.amount())
                .phoneNumber(PhoneNumbers.isWhole(by.phoneNumber()) ? by.phoneNumber() : phoneNumber);
        if (acknowledgement != null) {
            builder.merchantRequestId(or(by.merchantRequestId(), acknowledgement.merchantRequestId()))
                    .checkoutRequestId(or(by.checkoutRequestId(), acknowledgement.checkoutRequestId()))
                    .conversationId(or(by.conversationId(), acknowledgement.conversationId()))
                    .originatorConversationId(or(by.originatorConversationId(), acknowledgement.originatorConversationId()));
        }
        return builder.build();
    }

    private static String or(String first, String second) {
        return first != null ? first : second;
    }

    private Transaction copy(PaymentStatus status, Instant updatedAt, Acknowledgement acknowledgement, Outcome outcome,
                             boolean disputed, int questions, Outcome held, Instant dueAt) {
        return new Transaction(reference, operation, account, shortCode, idempotencyKey, status, amount, phoneNumber,
                accountReference, metadata, createdAt, updatedAt, acknowledgement, outcome, disputed, questions, held, dueAt);
    }

    @Override
    public String toString() {
        return "Transaction[" + operation + " " + reference + " of " + account + ": " + status + ", amount " + amount + ", phone "
                + PhoneNumbers.mask(phoneNumber) + "]";
    }
}
