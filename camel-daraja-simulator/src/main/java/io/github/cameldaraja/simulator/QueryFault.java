package io.github.cameldaraja.simulator;

/**
 * What can go wrong with one STK query.
 */
public enum QueryFault {
    /** "The transaction does not Exist" although it does. */
    SPURIOUS_DOES_NOT_EXIST,
    /** HTTP 500 "The transaction is being processed", whatever the truth. */
    BEING_PROCESSED_500,
    /** HTTP 200 with result 4999, whatever the truth. */
    PENDING_4999,
    /** HTTP 200 with an error envelope and an empty message. */
    EMPTY_MESSAGE_200,
    /** The gateway's rate limit, HTTP 429. */
    SPIKE_ARREST_429,
    /** The firewall's HTML page. */
    HTML_503,
    /** The connection is reset instead of an answer. */
    RESET,
    /** HTTP 401 without a body. */
    EMPTY_401
}
