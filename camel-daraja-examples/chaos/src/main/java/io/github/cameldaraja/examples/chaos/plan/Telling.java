package io.github.cameldaraja.examples.chaos.plan;

/** How a message about money is delivered. */
public enum Telling {
    ON_TIME("on time"),
    LOST("lost"),
    DOUBLED("doubled"),
    /** Seconds, up to two minutes. */
    LATE("late"),
    HOURS_LATE("hours late"),
    /** Before the request is answered; a confirmation: before the callback of its push. */
    EARLY("early"),
    /** First one that claims another result, then three true ones. */
    LIE_FIRST("contradicting, the lie first"),
    /** Three true ones, then one that claims another result. */
    LIE_LAST("contradicting, the lie last"),
    /** To the address for timeouts, which proves nothing. */
    TIMEOUT("told as a timeout"),
    /** In one of the shapes that were seen. */
    ODD("odd");

    private final String text;

    Telling(String text) {
        this.text = text;
    }

    /** Whether it lies, too. */
    public boolean lies() {
        return this == LIE_FIRST || this == LIE_LAST;
    }

    /** Whether it says in the end how the payment has ended. */
    public boolean proves() {
        return this != LOST && this != TIMEOUT;
    }

    String text() {
        return text;
    }
}
