package io.github.cameldaraja.transaction.jdbc;

import io.github.cameldaraja.transaction.Terms;
import io.github.cameldaraja.transaction.Transaction;
import java.math.BigDecimal;
import java.sql.SQLException;

/** What accounts have paid out in a day, or still may have; a payment that has failed gives its part back. */
final class BudgetTable {

    private static final String OF = " where account = ? and pay_day = ?";

    /** What is spent so far; nobody else spends before the end of the transaction. */
    BigDecimal lock(Session session, Terms.Budget budget) throws SQLException {
        // looked for first, as in LineTable
        if (session.first(row -> true, "select 1 from daraja_budget" + OF, budget.account(), budget.day()) == null) {
            session.insertIfAbsent("insert into daraja_budget (account, pay_day, spent) values (?, ?, ?)", budget.account(), budget.day(),
                    BigDecimal.ZERO);
        }
        return session.lock(row -> row.getBigDecimal(1), "select spent from daraja_budget" + OF + " for update", budget.account(),
                budget.day());
    }

    /** What is spent so far. */
    BigDecimal spent(Session session, String account, String day) throws SQLException {
        BigDecimal spent = session.first(row -> row.getBigDecimal(1), "select spent from daraja_budget" + OF, account, day);
        return spent == null ? BigDecimal.ZERO : spent;
    }

    /** Adds what the payment takes more than before, or gives back what it takes less. */
    void change(Session session, BigDecimal before, Transaction after) throws SQLException {
        BigDecimal more = after.spends().subtract(before);
        if (more.signum() != 0) {
            session.update("update daraja_budget set spent = spent + ?" + OF, more, after.account(), after.repetition().budget());
        }
    }
}
