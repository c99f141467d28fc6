package io.github.cameldaraja.simulator.results;

import java.time.Instant;
import java.util.Set;

/**
 * A transaction as the status query sees it.
 *
 * @param receipt                  null if there is none yet
 * @param parties                  the numbers of those who took part
 * @param debitParty               who pays, as results name him
 * @param creditParty              who is paid; null if nobody knows
 * @param debitAccount             null if nobody knows yet
 * @param originatorConversationId null if there is none
 * @param conversationId           null if there is none
 * @param finalised                null while pending
 */
record Sighting(
        String receipt,
        Set<String> parties,
        String debitParty,
        String creditParty,
        String debitAccount,
        String reason,
        String status,
        String amount,
        String originatorConversationId,
        String conversationId,
        Instant initiated,
        Instant finalised) {

    /** Two parties who may be the same. */
    static Set<String> parties(String debit, String credit) {
        return debit.equals(credit) ? Set.of(debit) : Set.of(debit, credit);
    }
}
