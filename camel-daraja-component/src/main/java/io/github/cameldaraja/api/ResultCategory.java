package io.github.cameldaraja.api;

/** Whose matter a result code is. */
public enum ResultCategory {
    SUCCESS,
    /** The customer: no money, a wrong PIN, a "no". */
    CUSTOMER,
    /** The merchant or the integration: a bad request, bad credentials, an empty account. */
    MERCHANT,
    /** Something that Safaricom must configure. */
    CONFIGURATION,
    /** M-Pesa itself. */
    SYSTEM,
    /** Not an outcome yet. */
    PENDING,
    /** A code that no table knows. */
    UNKNOWN
}
