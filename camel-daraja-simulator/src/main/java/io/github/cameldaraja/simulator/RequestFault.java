package io.github.cameldaraja.simulator;

/**
 * What can go wrong with a request, whichever it is, before or after it is accepted.
 */
public enum RequestFault {
    /** The connection is reset, nothing accepted. */
    RESET_BEFORE,
    /** Accepted, but the connection is reset instead of an answer. */
    RESET_AFTER,
    /** HTTP 500 with 500.003.1001 although accepted. */
    ERROR_AFTER,
    /** HTTP 500 with 500.003.1001, nothing accepted. */
    ERROR_BEFORE,
    /** The "System is busy" envelope with HTTP 200, nothing accepted. */
    ERROR_WITH_200,
    /** The firewall's HTML page with HTTP 503, nothing accepted. */
    HTML_503,
    /** A plain HTML page with HTTP 503 although accepted. */
    HTML_503_AFTER,
    /** HTTP 401 without a body, nothing accepted. */
    EMPTY_401,
    /** HTTP 200 with an empty body although accepted. */
    EMPTY_BODY,
    /** The gateway's spike arrest as HTTP 429 fault, nothing accepted. */
    SPIKE_ARREST,
    /** Spike arrest as HTTP 500 with 500.003.02, nothing accepted. */
    SPIKE_ARREST_GATEWAY,
    /** Quota used up, 500.003.03, nothing accepted. */
    QUOTA,
    /** 500.003.02 "System is busy", nothing accepted. */
    SYSTEM_BUSY,
    /** All tokens die and this one is refused as its API does, nothing accepted. */
    REVOKED_TOKEN,
    /** The gateway's fault about a product missing on the app, nothing accepted. */
    API_PRODUCT,
    /** A SOAP fault turned into JSON with HTTP 500, nothing accepted. */
    SOAP_FAULT,
    /** Accepted and well answered, three seconds late in real time. */
    SLOW
}
