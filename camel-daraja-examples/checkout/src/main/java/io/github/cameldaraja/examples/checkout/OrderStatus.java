package io.github.cameldaraja.examples.checkout;

/** Where an order stands. */
public enum OrderStatus {
    /** The customer is asked. */
    OPEN,
    /** The money is ours. */
    PAID,
    /** The customer said no, or could not, or did not answer. */
    DECLINED,
    /** Nobody knows yet: do not ask the customer to pay again. The late outcome settles it. */
    UNKNOWN,
    /** The customer was never asked. */
    REFUSED
}
