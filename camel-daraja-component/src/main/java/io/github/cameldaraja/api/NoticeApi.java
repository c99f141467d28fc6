package io.github.cameldaraja.api;

import com.fasterxml.jackson.databind.JsonNode;

/** What Safaricom tells without being asked, at a URL that was registered: a customer has paid. */
public non-sealed interface NoticeApi extends DarajaApi {

    /** Which registered URL it comes to. */
    RegisteredUrl url();

    /**
     * Reads the message: a completed payment with receipt and amount, every detail verbatim.
     *
     * @return null if it tells of no payment
     */
    Outcome.Builder payment(JsonObject message);

    /** Whom the message says that the payment went to: a short code or till; null if it does not say. */
    String receiver(JsonObject message);

    /** What Safaricom wants to hear once the message is kept. */
    JsonNode reply();
}
