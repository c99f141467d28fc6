package io.github.cameldaraja.simulator;

import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;

import io.github.cameldaraja.simulator.c2b.C2bFamily;
import io.vertx.core.Future;

/**
 * Payments that customers begin themselves, and the confirmations of all payments.
 */
public final class C2b {

    private final C2bFamily family;

    C2b(C2bFamily family) {
        this.family = family;
    }

    /**
     * A customer pays a pay bill from his phone. Money moves at once unless the merchant is asked first.
     *
     * @param phone     2547XXXXXXXX or 2541XXXXXXXX
     * @param reference the account as the customer types it: up to 20 characters of any kind
     * @param amount    whole shillings from 1 to 250,000
     * @return completes when the outcome is known; throws {@link IllegalArgumentException} for bad values
     */
    public CompletableFuture<PhonePayment> pay(String phone, String payBill, String reference, long amount) {
        return future(family.pay(phone, payBill, reference, amount));
    }

    /** A customer pays a till from his phone. */
    public CompletableFuture<PhonePayment> payTill(String phone, String till, long amount) {
        return pay(phone, till, "", amount);
    }

    /** Switches external validation for a short code, as Safaricom does by request. */
    public void validation(String shortCode, boolean active) {
        family.validate(shortCode, active);
    }

    /** Deletes the registered addresses of a short code, as in the portal; tells whether there were any. */
    public boolean forgetUrls(String shortCode) {
        return family.forget(shortCode);
    }

    /** The next payment that is confirmed follows this script; several calls queue up. */
    public void nextConfirmation(ConfirmationScript script) {
        family.plans().next(script.plan());
    }

    /** The confirmations of this customer's payments follow this script until the next reset. */
    public void confirmationsFor(String phone, ConfirmationScript script) {
        family.plans().forPhone(phone, script.plan());
    }

    /** All other confirmations follow this script until the next reset. */
    public void allConfirmations(ConfirmationScript script) {
        family.plans().usually(script.plan());
    }

    /**
     * Sends a confirmation again, or a lost one for the first time.
     *
     * @return the receiver's HTTP status, -1 if it could not be delivered; fails with {@link IllegalArgumentException}
     *         for a payment that nobody was to be told of
     */
    public CompletableFuture<Integer> resend(String receipt) {
        return future(family.resend(receipt).recover(failure -> Future.failedFuture(
                failure instanceof NoSuchElementException
                        ? new IllegalArgumentException(failure.getMessage())
                        : failure)));
    }

    /** The next registration of addresses meets this fault. */
    public void nextRegistration(RequestFault fault) {
        family.registerFaults().next(fault);
    }

    /** The next registration of addresses is refused with this envelope. */
    public void nextRegistrationError(int httpStatus, String errorCode, String errorMessage) {
        family.registerFaults().nextError(httpStatus, errorCode, errorMessage);
    }

    /** The next simulation meets this fault. */
    public void nextSimulation(RequestFault fault) {
        family.simulateFaults().next(fault);
    }

    /** The next simulation is refused with this envelope. */
    public void nextSimulationError(int httpStatus, String errorCode, String errorMessage) {
        family.simulateFaults().nextError(httpStatus, errorCode, errorMessage);
    }

    /**
     * Plays Safaricom asking a merchant for the name behind an account (C2B Hakikisha): fetches a token of his and then
     * asks.
     *
     * @param merchantBase where he serves {@code /auth/v1/generate} and {@code /c2b_hakikisha/v1/notify}
     */
    public CompletableFuture<NameAnswer> askForName(String merchantBase, String key, String secret,
            String accountNumber, String shortCode) {
        return future(family.names().ask(merchantBase, key, secret, accountNumber, shortCode));
    }

    private static <T> CompletableFuture<T> future(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture();
    }
}
