package io.github.cameldaraja.api;

import java.time.Duration;
import java.util.Map;

/** An API that moves money, or asks a customer to: acknowledged at once, its outcome comes later by callback. */
public non-sealed interface PaymentApi extends DarajaApi {

    /** The character of the capability URL that stands for this API's result callback; lower-case hexadecimal, unique. */
    char resultKind();

    /** The wire name of the amount. */
    String amountField();

    /** The wire name of the other party's phone number. */
    String phoneField();

    /** The wire name of the account reference; the component fills a short form of its own reference when it is left out. */
    String accountReferenceField();

    ResultCodes resultCodes();

    /**
     * Values for what nobody says, by wire name.
     *
     * @param till whether the account has a till
     */
    Map<String, String> defaults(boolean till);

    /** How long after a request whose fate is unknown something may still come in by itself; then a person decides. */
    Duration patience();

    /**
     * What Safaricom answered at once.
     *
     * @param answer an answer with HTTP 200 that is no error envelope
     */
    Acknowledgement acknowledgement(JsonObject answer);

    /**
     * Reads the result callback: ids, status, code, amount, receipt, and every detail verbatim.
     *
     * @return null if the message does not say what became of the payment
     */
    Outcome.Builder callback(JsonObject message);
}
