package io.github.cameldaraja.api;

/** An API that is acknowledged at once and whose outcome comes later, by callback to a capability URL of its own. */
public sealed interface OutcomeApi extends RequestApi permits PaymentApi, QuestionApi {

    ResultCodes resultCodes();

    /**
     * What Safaricom answered at once.
     *
     * @param answer an answer that the success rule has passed
     */
    Acknowledgement acknowledgement(JsonObject answer);

    /**
     * Reads the result callback: ids, status, code, amount, receipt, and every detail verbatim.
     *
     * @return null if the message does not say what came of the request
     */
    Outcome.Builder callback(JsonObject message);
}
