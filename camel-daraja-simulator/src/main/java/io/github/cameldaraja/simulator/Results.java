package io.github.cameldaraja.simulator;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;

import io.github.cameldaraja.simulator.results.ResultFamily;
import io.vertx.core.Future;

/**
 * Scripts for B2C, Pochi, B2B, tax, status, balance and reversal, and what else belongs to them.
 *
 * <p>A request follows the first of: a script queued once for its receiver, a script queued for the next request of its
 * API, the lasting script of its receiver, the lasting script of its API, the default (everything works as the books
 * allow). The receiver is PartyB of payments, TransactionID of reversals, TransactionID or else OriginalConversationID
 * of status queries and PartyA of balance queries.
 */
public final class Results {

    private final ResultFamily family;

    Results(ResultFamily family) {
        this.family = family;
    }

    /** The next request of that API follows this script; several calls queue up. */
    public void next(ResultApi api, ResultScript script) {
        family.fates().next(api, script.fate());
    }

    /** All requests of that API follow this script until the next reset. */
    public void always(ResultApi api, ResultScript script) {
        family.fates().always(api, script.fate());
    }

    /** All requests about this receiver follow this script until the next reset. */
    public void forReceiver(String receiver, ResultScript script) {
        family.fates().forReceiver(receiver, script.fate());
    }

    /** The next request about this receiver follows this script; several calls queue up. */
    public void forReceiverOnce(String receiver, ResultScript script) {
        family.fates().forReceiverOnce(receiver, script.fate());
    }

    /** All accepted requests in the order of acceptance. */
    public List<ResultRequest> requests() {
        return family.requests();
    }

    /**
     * Sends a result again, or a lost one for the first time.
     *
     * @param  id ConversationID or OriginatorConversationID
     * @return    the receiver's HTTP status, -1 if it could not be delivered; fails with
     *            {@link IllegalArgumentException} for an unknown request and with {@link IllegalStateException} while
     *            it is pending
     */
    public CompletableFuture<Integer> resend(String id) {
        return family.resend(id).recover(failure -> Future.failedFuture(
                failure instanceof NoSuchElementException
                        ? new IllegalArgumentException(failure.getMessage())
                        : failure)).toCompletionStage().toCompletableFuture();
    }

    /** Whether the API operator is locked, as after five wrong passwords in a row. */
    public boolean operatorLocked() {
        return family.operator().locked();
    }

    /** Wrong passwords of the API operator since the last right one. */
    public int wrongPasswords() {
        return family.operator().wrong();
    }

    /** Locks the API operator: all results are 8006. */
    public void lockOperator() {
        family.operator().lock();
    }

    /** Lets the API operator in again, as the business administrator does. */
    public void unlockOperator() {
        family.operator().unlock();
    }

    /**
     * Registers an identity document of a customer, for validated B2C; somebody without any passes with every document.
     *
     * @param type   01 national, 02 military, 03 alien, 04 diplomatic, 05 passport
     * @param number as it will be asked for
     */
    public void registerIdentity(String phone, String type, String number) {
        family.identities().register(phone, type, number);
    }
}
