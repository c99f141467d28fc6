package io.github.cameldaraja.simulator;

/**
 * The APIs that acknowledge a request now and tell its result later, at its ResultURL.
 */
public enum ResultApi {
    /** Payments to customers, versions 1 and 3. */
    B2C("b2c"),
    /** Payments to customers whose identity document is checked. */
    VALIDATED_B2C("validatedB2c"),
    /** Payments to the Pochi of a customer. */
    POCHI("pochi"),
    /** Payments to organisations, and transfers among own accounts. */
    B2B("b2b"),
    /** Payments of taxes. */
    TAX("tax"),
    /** Questions after a transaction. */
    STATUS("status"),
    /** Questions after balances. */
    BALANCE("balance"),
    /** Customers' payments given back. */
    REVERSAL("reversal");

    private final String counter;

    ResultApi(String counter) {
        this.counter = counter;
    }

    /** What the names of its counters begin with, as in {@code b2c.accepted}. */
    public String counter() {
        return counter;
    }
}
