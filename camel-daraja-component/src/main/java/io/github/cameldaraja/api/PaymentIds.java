package io.github.cameldaraja.api;

/**
 * Safaricom's ids of one payment, as far as known; null for the others.
 *
 * @param checkoutRequestId        of an STK push
 * @param conversationId           M-Pesa's, of the Result APIs
 * @param originatorConversationId ours or the gateway's, of the Result APIs
 * @param receiptNumber            M-Pesa's receipt
 */
public record PaymentIds(String checkoutRequestId, String conversationId, String originatorConversationId, String receiptNumber) {

    public static PaymentIds checkout(String checkoutRequestId) {
        return new PaymentIds(checkoutRequestId, null, null, null);
    }

    public static PaymentIds originator(String originatorConversationId) {
        return new PaymentIds(null, null, originatorConversationId, null);
    }

    /** For logs: the id of a push ends with the customer's phone number. */
    @Override
    public String toString() {
        return "PaymentIds[" + PhoneNumbers.maskEnd(checkoutRequestId) + ", " + conversationId + ", " + originatorConversationId + ", "
                + receiptNumber + "]";
    }

    public static PaymentIds receipt(String receiptNumber) {
        return new PaymentIds(null, null, null, receiptNumber);
    }
}
