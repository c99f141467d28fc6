package io.github.cameldaraja.simulator.results;

import io.github.cameldaraja.simulator.ResultApi;
import io.github.cameldaraja.simulator.wire.Ids;
import io.github.cameldaraja.simulator.wire.TokenRefusal;

/**
 * What one of the APIs does, and how it tells.
 */
interface Service {

    ResultApi api();

    /** How it refuses tokens. */
    default TokenRefusal tokenRefusal() {
        return TokenRefusal.RESULT;
    }

    /** Refuses requests in which a field does not fit another one. */
    default void check(Request request) {
    }

    /** The short code that asks. */
    default String shortCode(Request request) {
        return request.get(Request.PARTY_A);
    }

    /** Whether that short code has to be the operator's. */
    default boolean asksAsOrganisation(Request request) {
        return true;
    }

    /** Whom or what a request is about, for scripts. */
    String receiver(Request request);

    /** Who is on the other side of the payment that is made or meant, for plans; null if nobody knows. */
    default String party(Request request) {
        String party = request.get(Request.PARTY_B);
        return party.isEmpty() ? null : party;
    }

    /** The result code for short codes that are not the operator's. */
    default String foreignShortCode() {
        return "2001";
    }

    /** Does what was asked, as far as the books allow. */
    Verdict conclude(Job job);

    /** What stands for a receipt when there is none. */
    default String withoutReceipt(Ids ids) {
        return ids.genericReceipt();
    }

    /** Adds what the API tells to a result. */
    void describe(Job job, Outcome outcome, ResultDraft draft);

    /** Whether the acknowledgement begins with the ConversationID. */
    default boolean conversationFirst() {
        return false;
    }

    /** What an acknowledgement says. */
    default String acknowledgement() {
        return "Accept the service request successfully.";
    }
}
