package io.github.cameldaraja.simulator.express;

/**
 * A request for a prompt.
 *
 * @param payer     the till that is to pay
 * @param receiver  the pay bill that is to be paid
 * @param requestId what the caller has named it; comes back in the callback
 */
record ExpressRequest(
        String payer,
        String receiver,
        long amount,
        String paymentReference,
        String callbackUrl,
        String partnerName,
        String requestId) {
}
