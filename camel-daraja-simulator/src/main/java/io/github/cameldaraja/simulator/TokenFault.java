package io.github.cameldaraja.simulator;

/**
 * What can go wrong with one token request.
 */
public enum TokenFault {
    /** Refused with 400.008.01 although key and secret are right. */
    INVALID_CREDENTIALS,
    /** HTTP 401 without a body. */
    EMPTY_401,
    /** The firewall's HTML page. */
    HTML_503,
    /** The connection is reset instead of an answer. */
    RESET,
    /** A good answer, three seconds of real time late. */
    SLOW,
    /** A good answer without {@code expires_in}. */
    MISSING_EXPIRY
}
