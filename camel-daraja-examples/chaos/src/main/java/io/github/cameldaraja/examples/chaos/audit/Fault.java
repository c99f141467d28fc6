package io.github.cameldaraja.examples.chaos.audit;

/** What an audit can find. */
public enum Fault {
    /** Safaricom has moved the money, and the ledger has no row, or no route was told. */
    LOST("lost"),
    /** Money moved twice for one order, or was booked twice. */
    TWICE("twice"),
    /** What is booked or was told is not what has happened. */
    WRONG("wrong"),
    /** An order that is still open at the end, or was never answered, and nothing excuses it. */
    UNRESOLVED("unresolved without reason"),
    /** Open, because all true words about it were kept from the application. Not a fault. */
    EXCUSED("excused");

    private final String words;

    Fault(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
