package io.github.cameldaraja.api;

/** Who told us about a payment. */
public enum Source {
    /** The outcome that Safaricom posts to the callback URL of the request. */
    CALLBACK,
    /** A C2B confirmation. */
    CONFIRMATION,
    /** The answer to a question of ours. It never names a receipt for an STK push. */
    QUERY,
    /** A row of the Pull API. */
    PULL,
    /** Safaricom's queue-timeout URL, or our own waiting time: nothing is known. */
    TIMEOUT,
    /** A person who settled it by hand. */
    PERSON
}
