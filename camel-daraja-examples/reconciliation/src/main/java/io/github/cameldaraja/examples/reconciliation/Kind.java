package io.github.cameldaraja.examples.reconciliation;

/** What came of comparing a payment. */
public enum Kind {
    /** Both sides say the same. */
    AGREES("agrees"),
    /** M-Pesa lists it, the ledger does not have it. */
    NOT_HERE("paid there, unknown here"),
    /** The ledger has it, M-Pesa does not list it. */
    NOT_THERE("here, and not there"),
    /** The same receipt, two amounts. */
    OTHER_AMOUNT("other amount"),
    /** It looks like the same payment, and has another receipt, or none here. */
    OTHER_RECEIPT("other receipt"),
    /** One payment there, two here; or one receipt of two different payments. */
    DOUBLED("doubled"),
    /** The same payment, on two days. */
    OTHER_DAY("other day");

    private final String text;

    Kind(String text) {
        this.text = text;
    }

    /** For people. */
    public String text() {
        return text;
    }
}
