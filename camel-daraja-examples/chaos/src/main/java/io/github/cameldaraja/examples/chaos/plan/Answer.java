package io.github.cameldaraja.examples.chaos.plan;

/** How a request is answered. */
public enum Answer {
    GOOD(true, true, "acknowledged"),
    SLOW(true, true, "acknowledged late"),
    RESET_BEFORE(false, false, "never arrives, and the connection is reset"),
    RESET_AFTER(true, false, "accepted, but the connection is reset"),
    ERROR_AFTER(true, false, "accepted, but answered HTTP 500"),
    HTML_BEFORE(false, true, "stopped by the firewall's page"),
    HTML_AFTER(true, false, "accepted, but answered by an HTML page"),
    EMPTY_BODY(true, false, "accepted, but answered by nothing"),
    SPIKE_ARREST(false, true, "refused: spike arrest"),
    SYSTEM_BUSY(false, true, "refused: system busy"),
    QUOTA(false, true, "refused: quota"),
    EMPTY_401(false, true, "refused by an empty 401, which stands for a dead token"),
    REVOKED_TOKEN(true, true, "all tokens die; accepted with a new one");

    private final boolean accepts;
    private final boolean tells;
    private final String text;

    Answer(boolean accepts, boolean tells, String text) {
        this.accepts = accepts;
        this.tells = tells;
        this.text = text;
    }

    /** Whether the request is accepted. */
    public boolean accepts() {
        return accepts;
    }

    /** Whether the application learns of it. */
    public boolean tells() {
        return tells;
    }

    /** Whether it is refused, and the application knows it: nothing has happened, and it may send anew. */
    public boolean refuses() {
        return tells && !accepts;
    }

    String text() {
        return text;
    }
}
