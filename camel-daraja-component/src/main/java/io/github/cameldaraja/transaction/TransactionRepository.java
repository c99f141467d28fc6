package io.github.cameldaraja.transaction;

import io.github.cameldaraja.account.Commons;
import io.github.cameldaraja.api.DarajaKeyUsedException;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentIds;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Where payments are kept. Every method completes its future off the caller's thread or at once, never by blocking it.
 *
 * <p>A future that fails means that nothing was stored, with one exception: where a database has not answered a commit, nobody can
 * say. So each method bears to be called again. An intent that was stored after all is found under its key, or fails as stored
 * already; an arrival is given back; a settlement is a duplicate, and what it has put into the outbox is found there by its holder.
 */
public interface TransactionRepository {

    /** Whether what a future has promised survives the death of this process. */
    boolean isDurable();

    /**
     * Looks whether that is so, before the start as well, and leaves everything as it is. May block.
     *
     * @return what was found, for people
     * @throws Exception if it is not so, with the cure
     */
    default String examine() throws Exception {
        return isDurable() ? "what is stored survives this process" : "what is stored is gone with this process";
    }

    /**
     * Stores an intent, before money is asked to move. Fails if its reference is stored already.
     *
     * @param after the reference of a payment that has failed and whose key this one takes over, or null; if its key has gone on, or
     *              it is not failed, nothing is stored
     * @return the intent itself; or, if its idempotency key is pinned by another payment, that one, and nothing is stored; fails with
     *         a {@link DarajaKeyUsedException} if that one is kept no longer: a key outlives its payment
     */
    default CompletableFuture<Transaction> open(Transaction intent, String after) {
        return open(intent, after, Terms.NONE);
    }

    /**
     * The same under terms, at the time when the intent was made. Who joins the payment that its key is pinned to needs none.
     *
     * @return the intent as it was stored; fails with a {@link TermsException} if it does not keep them, and nothing is stored
     */
    CompletableFuture<Transaction> open(Transaction intent, String after, Terms terms);

    /**
     * Stores a payment that came by itself, unless its receipt is known.
     *
     * @param arrived names its receipt in {@code held} or {@code outcome}; its reference is made of it
     * @return the payment itself; or the one under that reference, or else the one of that short code that holds the receipt, and
     *         nothing is stored; if the holder is kept no longer, what is left of it, {@code COMPLETED}: a receipt outlives its payment
     */
    CompletableFuture<Transaction> receive(Transaction arrived);

    /**
     * Ends a payment that was refused or never sent, and frees its key, or gives it back to the failed payment that it was taken over
     * from; what an outcome has ended, or evidence disputes, stays as it is.
     *
     * @param why the failure, without a source: nobody but the answer to the request itself spoke
     * @return the payment after it, or null if there is none
     */
    default CompletableFuture<Transaction> abandon(String reference, Outcome why) {
        return abandon(reference, why, payment -> true);
    }

    /**
     * The same, if it is still as it should be. Where no exchange waits to hear of it, its route is told, in the same step.
     *
     * @param still whether it may be ended as it is now; a pure function, may run more than once
     */
    CompletableFuture<Transaction> abandon(String reference, Outcome why, Predicate<Transaction> still);

    /**
     * Changes one payment atomically.
     *
     * @param change a pure function; may run more than once
     * @return the payment after the change, or null if there is none
     */
    CompletableFuture<Transaction> update(String reference, UnaryOperator<Transaction> change);

    /**
     * The one door: callback, confirmation, query, pulled row and a person's decision all end a payment here, under the rules of
     * {@link Settlement}. A row that came by itself and whose receipt another payment holds goes: that other one is it. A payment that
     * was given up and is said to have moved money takes its key back. What routes are to know is put into the {@link #outbox()} in the
     * same step.
     *
     * @param node who settles, and holds the delivery unless an exchange waits elsewhere
     */
    CompletableFuture<Settlement> settle(Outcome outcome, String node);

    /** What routes are to know. */
    Outbox outbox();

    /**
     * Lets somebody know of what is stored and cannot be read, where that is possible: a payment that is due is set aside for an hour
     * then, and what routes are to know is parked, so that nothing else is held up.
     *
     * @param whenUnreadable is told what stands in clear of it
     */
    default void whenUnreadable(Consumer<Outcome> whenUnreadable) {
        // what is never encrypted can always be read
    }

    /** What nodes have in common beside payments; empty where no other process can share the store. */
    default Optional<Commons> commons() {
        return Optional.empty();
    }

    /** Keeps a message that cannot be settled, raw, with its verdict. */
    CompletableFuture<Void> keep(RawCallback callback);

    /** The payment, or null. */
    CompletableFuture<Transaction> find(String reference);

    /**
     * The payment that Safaricom knows under one of these ids, or null.
     *
     * @param shortCode whose receipt it is
     */
    CompletableFuture<Transaction> find(String shortCode, PaymentIds ids);

    /**
     * The payments that an idempotency key is pinned to, in that text of it: one at most for each operation and account. A key that a
     * refusal has freed is pinned to none.
     *
     * @param operations which to look at
     * @param accounts   the names of those to look at
     */
    CompletableFuture<List<KeyHolder>> findByKey(Collection<String> operations, Collection<String> accounts, String key);

    /** The payments of that short code and amount that were stored between the two times, both included. */
    CompletableFuture<List<Transaction>> findAlike(String shortCode, BigDecimal amount, Instant from, Instant until);

    /**
     * The payments of that application that are not over ({@link Transaction#isOver()}), in the order of their references.
     *
     * @param account null for all
     * @param after   the last reference of the page before; null for the first page
     */
    CompletableFuture<List<Transaction>> findOpen(String application, String account, String after, int limit);

    /** How many payments of that application are not over. */
    CompletableFuture<OpenCounts> countOpen(String application);

    /**
     * The payments of that short code by when M-Pesa booked them, whatever has become of them; those for which it has named no time, by
     * when they were stored. For those who compare a day with M-Pesa's statement, page by page.
     *
     * @param from  included
     * @param until not included
     * @param after the last payment of the page before, or null
     * @param limit how many at most
     * @return in the order of {@link Transaction#BY_BOOKING}; fewer than the limit when there are no more
     */
    CompletableFuture<List<Transaction>> findBooked(String shortCode, Instant from, Instant until, Transaction after, int limit);

    /** The payments of that application that a second person must approve, the oldest first. */
    CompletableFuture<List<Transaction>> findHeld(String application, int limit);

    /** What an account has spent of the budget of that day: payments that are known to have failed are not counted. */
    CompletableFuture<BigDecimal> spent(String account, String day);

    /** How far something that is read again and again has been read, or null. */
    CompletableFuture<String> cursor(String name);

    CompletableFuture<Void> moveCursor(String name, String position);

    /**
     * Takes payments of that application that are due, the longest overdue first, and moves each one's {@code dueAt} to
     * {@code lease}, so that nobody else takes it before. What somebody else is changing right now may be left out.
     */
    CompletableFuture<List<Transaction>> claimDue(String application, Instant now, Instant lease, int limit);

    /**
     * Takes away some of what is past its retention, and does what else is to be done to old rows. Payments that are not over
     * ({@link Transaction#isOver()}), or whose outcomes some route was not told yet, are left alone, with what was said of them; keys
     * and receipts stay for good.
     *
     * @param limit how many rows of each kind at most, so that nobody is kept waiting for long
     * @return how many rows it was about; 0 when nothing is left to do
     */
    CompletableFuture<Integer> purge(PurgeBefore before, int limit);

    /**
     * Everything that is stored about a person.
     *
     * @param phoneNumber in wire form
     */
    CompletableFuture<PersonalData> export(String phoneNumber);

    /**
     * Takes away everything that is stored about a person but what accounting needs; what is not over is left, and reported.
     *
     * @param phoneNumber in wire form
     */
    CompletableFuture<Erasure> erase(String phoneNumber);
}
