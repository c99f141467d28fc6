package io.github.cameldaraja.transaction;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;

/**
 * What a payment must keep among all others that are stored; decided in the very step that stores it, so that of two that come at
 * once, on whatever nodes, the second one sees the first.
 *
 * @param lines  in which it stands
 * @param budget of which it is a part, or null
 */
public record Terms(List<Line> lines, Budget budget) {

    /** Nothing. */
    public static final Terms NONE = new Terms(List.of(), null);

    /**
     * What an account may pay out in a day.
     *
     * @param day   in Nairobi
     * @param limit shillings
     */
    public record Budget(String account, String day, BigDecimal limit) {
    }

    public Terms {
        lines = lines.stream().sorted().toList();
    }

    /** In these lines. */
    public static Terms of(Collection<Line> lines) {
        return of(lines, null);
    }

    /** In these lines, and as a part of that budget. */
    public static Terms of(Collection<Line> lines, Budget budget) {
        return lines.isEmpty() && budget == null ? NONE : new Terms(List.copyOf(lines), budget);
    }

    public boolean isEmpty() {
        return lines.isEmpty() && budget == null;
    }

    /**
     * Whether the intent fits into what is left of the budget.
     *
     * @param spent so far
     * @return the intent
     * @throws TermsException if it does not
     */
    public Transaction check(Transaction intent, BigDecimal spent) {
        if (budget != null && spent.add(intent.amount()).compareTo(budget.limit()) > 0) {
            throw new TermsException(budget, budget.limit().subtract(spent).max(BigDecimal.ZERO));
        }
        return intent;
    }
}
