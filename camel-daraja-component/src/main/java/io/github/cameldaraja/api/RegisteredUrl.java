package io.github.cameldaraja.api;

/** The URLs that are registered once and live long, each with the character that stands for it in the path. */
public enum RegisteredUrl {
    C2B_VALIDATION('3'),
    C2B_CONFIRMATION('4'),
    BILL_PAYMENT('5'),
    /** What Safaricom sends there is not documented; it is kept raw. */
    PULL('6');

    private final char kind;

    RegisteredUrl(char kind) {
        this.kind = kind;
    }

    public char kind() {
        return kind;
    }
}
