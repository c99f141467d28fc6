package io.github.cameldaraja.account;

/**
 * Which request it is, for what the component fills in.
 *
 * @param reference                of the payment or question; null for what is not stored
 * @param originatorConversationId our id of the request, or null
 * @param result                   the kind of its result URL
 * @param timeout                  the kind of its timeout URL
 */
public record RequestIdentity(String reference, String originatorConversationId, CallbackKind result, CallbackKind timeout) {

    /** A payment, or a question that a route asks. */
    public static RequestIdentity ofRequest(String reference, String originatorConversationId) {
        return new RequestIdentity(reference, originatorConversationId, CallbackKind.RESULT, CallbackKind.TIMEOUT);
    }

    /** A question of our own about a payment. */
    public static RequestIdentity ofQuestionAbout(String reference) {
        return new RequestIdentity(reference, null, CallbackKind.ANSWER, CallbackKind.NO_ANSWER);
    }

    /** A question of our own about the payment that this one gives back. */
    public static RequestIdentity ofQuestionBefore(String reference) {
        return new RequestIdentity(reference, null, CallbackKind.ORIGINAL, CallbackKind.NO_ANSWER);
    }

    /** What is answered at once. */
    public static RequestIdentity ofLookUp() {
        return new RequestIdentity(null, null, null, null);
    }
}
