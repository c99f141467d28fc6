package io.github.cameldaraja.examples.subscription;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;

/** The ledger: every payment is in it once, under its receipt, and pays at most one plan. */
public final class Payments {

    private final Database database;

    public Payments(Database database) {
        this.database = database;
    }

    /**
     * Writes a payment down, unless that was done before, and gives it to its account, unless it was given away before.
     * Any number of times, in any order and at the same time.
     *
     * @return the account that it pays now; null for none
     */
    public String write(Payment payment) {
        boolean fresh = database.insert("INSERT INTO payment (receipt, amount, paid_at, account) VALUES (?, ?, ?, ?)",
                payment.receipt(), payment.amount(), payment.paidAt(), payment.account());
        if (fresh) {
            return payment.account();
        }
        if (payment.account() != null) {
            // of two requests at the same time one finds nobody there
            database.change("UPDATE payment SET account = ? WHERE receipt = ? AND account IS NULL",
                    payment.account(), payment.receipt());
        }
        return accountOf(payment.receipt());
    }

    /** The account that a receipt pays; null for none. */
    public String accountOf(String receipt) {
        return database.read("SELECT account FROM payment WHERE receipt = ?", row -> row.getString(1), receipt).stream()
                .reduce(null, (none, account) -> account);
    }

    /** When an account has paid, the earliest first. */
    public List<OffsetDateTime> of(String account) {
        return database.read("SELECT paid_at FROM payment WHERE account = ? ORDER BY paid_at, receipt",
                row -> row.getObject(1, OffsetDateTime.class), account);
    }

    /** All of them, for audits. */
    public List<Payment> all() {
        return database.read("SELECT receipt, amount, paid_at, account FROM payment ORDER BY paid_at, receipt",
                row -> new Payment(row.getString(1), row.getBigDecimal(2), row.getObject(3, OffsetDateTime.class),
                        row.getString(4)));
    }

    public BigDecimal total() {
        return all().stream().map(Payment::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
