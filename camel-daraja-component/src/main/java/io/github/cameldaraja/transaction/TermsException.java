package io.github.cameldaraja.transaction;

import java.math.BigDecimal;
import java.time.Instant;

/** A payment does not keep its {@link Terms}: it was not stored, and its key is as free as it was before. */
public final class TermsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Line line;
    private final transient String other;
    private final transient Instant freeAt;
    private final transient Terms.Budget budget;
    private final transient BigDecimal left;

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
        this.budget = null;
        this.left = null;
    }

    /**
     * It does not fit into the budget.
     *
     * @param left of it
     */
    public TermsException(Terms.Budget budget, BigDecimal left) {
        super(left.toPlainString() + " is left of the budget of account " + budget.account() + " for " + budget.day());
        this.line = null;
        this.other = null;
        this.freeAt = null;
        this.budget = budget;
        this.left = left;
    }

    /** Where it has no turn; or null. */
    public Line line() {
        return line;
    }

    public String other() {
        return other;
    }

    public Instant freeAt() {
        return freeAt;
    }

    /** Into which it does not fit; or null. */
    public Terms.Budget budget() {
        return budget;
    }

    public BigDecimal left() {
        return left;
    }
}
