package io.github.cameldaraja.simulator;

/**
 * What is to happen to whom, decided beforehand for every attempt: unlike the scripts, which wait in queues, a plan is asked each
 * time and may hold any number of fates without keeping one.
 *
 * <p>Attempts of the same kind about the same customer are counted from 0 on; what a script or a queue decides is not counted. A
 * fate is asked for while the request is being accepted, so a plan must be quick; it may be asked twice about the same attempt, for a
 * request that is refused anyway uses up nothing, and should answer the same. {@code null} stands for nothing special.
 */
public interface FaultPlan {

    /** Nothing special, ever. */
    FaultPlan NONE = new FaultPlan() { };

    /** The fate of a push to this phone. */
    default Script push(String phone, int attempt) {
        return null;
    }

    /** What goes wrong with a query about a push to this phone. */
    default QueryFault query(String phone, int attempt) {
        return null;
    }

    /**
     * The fate of a request that is acknowledged now and answered later; attempts are counted by API and receiver.
     *
     * @param receiver as in {@link Results}: PartyB of payments, TransactionID of reversals, the id that a status query asks about
     * @param party    who is on the other side: the customer, 254…, or the organisation; of reversals and status queries the one of the
     *                 payment that they are about; null if nobody knows
     */
    default ResultScript request(ResultApi api, String receiver, String party, int attempt) {
        return null;
    }

    /** What becomes of the confirmation of a payment of this customer. */
    default ConfirmationScript confirmation(String phone, int attempt) {
        return null;
    }

    /** What goes wrong with a request for a token. */
    default TokenFault token(int attempt) {
        return null;
    }

    /** What goes wrong with a query of the pull API. */
    default RequestFault pull(int attempt) {
        return null;
    }
}
