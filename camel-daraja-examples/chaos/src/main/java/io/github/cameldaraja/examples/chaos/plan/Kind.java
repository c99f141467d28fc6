package io.github.cameldaraja.examples.chaos.plan;

/** What an order is. */
public enum Kind {
    /** The customer is asked by a prompt. */
    PUSH,
    /** The customer is paid. */
    PAYOUT,
    /** The customer pays at his phone. */
    PAY_BILL,
    /** The customer pays at his phone, and gets it back. */
    RETURN
}
