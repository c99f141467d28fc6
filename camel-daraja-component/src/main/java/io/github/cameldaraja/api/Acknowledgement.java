package io.github.cameldaraja.api;

/**
 * Safaricom's "I have heard you": the request is queued. <strong>Not a payment.</strong>
 *
 * @param operation                as in the URI
 * @param account                  the account's name
 * @param reference                our own reference of the payment
 * @param status                   {@link PaymentStatus#PENDING}, or what a callback that came first has made of it
 * @param responseCode             verbatim; {@code 0} is accepted
 * @param responseDescription      verbatim, or null
 * @param merchantRequestId        of an STK push, or null
 * @param checkoutRequestId        of an STK push, or null
 * @param conversationId           of the Result APIs, or null
 * @param originatorConversationId of the Result APIs, or null
 * @param customerMessage          of an STK push, or null
 */
public record Acknowledgement(String operation, String account, String reference, PaymentStatus status, String responseCode,
                              String responseDescription, String merchantRequestId, String checkoutRequestId,
                              String conversationId, String originatorConversationId, String customerMessage) {

    /** Safaricom's ids in it. */
    public PaymentIds ids() {
        return new PaymentIds(checkoutRequestId, conversationId, originatorConversationId, null);
    }

    /** The same acknowledgement with what only the component knows. */
    public Acknowledgement about(String operation, String account, String reference, PaymentStatus status) {
        return new Acknowledgement(operation, account, reference, status, responseCode, responseDescription, merchantRequestId,
                checkoutRequestId, conversationId, originatorConversationId, customerMessage);
    }

    /** For logs: the id of a push ends with the customer's phone number. */
    @Override
    public String toString() {
        return "Acknowledgement[" + operation + " " + reference + " of " + account + ": " + status + ", code " + responseCode
                + ", ids " + ids() + "]";
    }
}
