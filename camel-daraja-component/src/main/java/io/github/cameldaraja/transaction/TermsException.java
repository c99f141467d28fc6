package io.github.cameldaraja.transaction;

import java.time.Instant;

/** A payment does not keep its {@link Terms}: it was not stored, and its key is as free as it was before. */
public final class TermsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Line line;
    private final transient String other;
    private final Instant freeAt;

    /**
     * Its turn would come too late.
     *
     * @param other  the payment whose turn it is
     * @param freeAt when it would come
     */
    public TermsException(Line line, String other, Instant freeAt) {
        super("payment " + other + " has its turn until " + freeAt);
        this.line = line;
        this.other = other;
        this.freeAt = freeAt;
    }

    public Line line() {
        return line;
    }

    public String other() {
        return other;
    }

    public Instant freeAt() {
        return freeAt;
    }
}
