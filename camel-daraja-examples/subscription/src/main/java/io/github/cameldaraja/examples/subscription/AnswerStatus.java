package io.github.cameldaraja.examples.subscription;

/** What became of a request. */
public enum AnswerStatus {
    /** The payment is counted for this plan. */
    ACTIVATED,
    /** The standing order exists. Nothing is paid by that. */
    ORDERED,
    /** Nobody knows yet, so nothing has changed. */
    UNKNOWN,
    /** No: bad input, a payment that does not fit, a customer who does not want. */
    REFUSED
}
