package io.github.cameldaraja.examples.checkout;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;

/** The money the shop has received. A payment is credited once, however often its outcome is told: its reference is the key. */
public final class Ledger {

    /** One payment, for one order. */
    public record Credit(String order, BigDecimal amount) {
    }

    private final Database database;

    Ledger(Database database) {
        this.database = database;
    }

    /**
     * Credits an order, unless it was done before.
     *
     * @param reference {@code CamelDarajaReference}: the same for every message about one payment
     */
    public void credit(String reference, String order, BigDecimal amount) {
        database.atOnce(sql -> credit(sql, reference, order, amount));
    }

    /** The same together with something else. */
    static int credit(Database.Sql sql, String reference, String order, BigDecimal amount) throws SQLException {
        boolean known = !sql.list(row -> true, "select 1 from credit where reference = ?", reference).isEmpty();
        // of two who come in the same instant one fails at the primary key, and finds the credit when he is told again
        return known ? 0 : sql.update("insert into credit (reference, order_id, amount) values (?, ?, ?)", reference, order, amount);
    }

    public List<Credit> credits() {
        return credits("");
    }

    public BigDecimal total() {
        return sum(credits());
    }

    public BigDecimal totalOf(String order) {
        return sum(credits(" where order_id = ?", order));
    }

    private List<Credit> credits(String which, Object... values) {
        return database.atOnce(sql -> sql.list(row -> new Credit(row.getString("order_id"), row.getBigDecimal("amount")),
                "select order_id, amount from credit" + which, values));
    }

    private static BigDecimal sum(List<Credit> credits) {
        return credits.stream().map(Credit::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
