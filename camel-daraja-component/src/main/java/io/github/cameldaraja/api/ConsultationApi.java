package io.github.cameldaraja.api;

import com.fasterxml.jackson.databind.JsonNode;

/** What Safaricom asks us, and waits for the answer: may this payment happen, whose account is this. Nothing is stored. */
public non-sealed interface ConsultationApi extends DarajaApi {

    /** Which registered URL it comes to; null if the path is Safaricom's choice. */
    RegisteredUrl url();

    /**
     * Reads the question.
     *
     * @return a record for the route's body, or null if it is none
     */
    DarajaAnswer question(JsonObject message);

    /** What the question tells of a payment, for the route's headers; without a status. */
    Outcome about(DarajaAnswer question);

    /**
     * The reply that a route's body stands for.
     *
     * @param question what was asked
     * @param answer   the route's body: a record of the API, a map, JSON read into a map, or a word
     * @return null if it is no answer
     */
    JsonNode reply(DarajaAnswer question, Object answer);

    /**
     * The reply of one who has no answer in time.
     *
     * @param word the configured default
     * @return null if there is no such word, or nothing can be said
     */
    JsonNode defaultReply(DarajaAnswer question, String word);
}
