package io.github.cameldaraja.callback;

import io.github.cameldaraja.api.DarajaAnswer;
import io.github.cameldaraja.api.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Who answers Safaricom's questions of one operation and account: a route. */
public interface Consultant {

    /** How long the answer may take. */
    Duration patience();

    /** What is said when there is none in time; null for nothing. */
    String defaultAnswer();

    /**
     * Asks; returns at once.
     *
     * @param about what the question tells of a payment
     * @return the answer in the route's words; who cancels it does not want it any more
     */
    CompletableFuture<Object> ask(DarajaAnswer question, Outcome about);
}
