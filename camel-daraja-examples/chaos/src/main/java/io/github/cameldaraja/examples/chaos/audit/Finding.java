package io.github.cameldaraja.examples.chaos.audit;

import io.github.cameldaraja.examples.chaos.plan.Payment;

/**
 * Something that an audit has found.
 *
 * @param number of the order; {@link #NOBODY} if it belongs to none
 * @param what   one line for people
 */
public record Finding(Fault fault, int number, String what) {

    /** Instead of the number of an order. */
    public static final int NOBODY = -1;

    /** Of what is excused: what stands behind the first semicolon. */
    String reason() {
        return what.substring(what.indexOf("; ") + 2);
    }

    @Override
    public String toString() {
        return fault + ", " + (number == NOBODY ? "no order" : Payment.id(number)) + ": " + what;
    }
}
