package io.github.cameldaraja.examples.subscription;

import java.time.LocalDate;
import java.util.List;

/** The standing orders that customers were asked for: at most one of each account at a time. */
public final class StandingOrders {

    /** One row. */
    record Entry(LocalDate lastDay, OrderStatus status) {

        boolean stands(LocalDate today) {
            return status == OrderStatus.ASKED || status == OrderStatus.AGREED && !today.isAfter(lastDay);
        }
    }

    private final Database database;

    public StandingOrders(Database database) {
        this.database = database;
    }

    /**
     * Opens a standing order, if none stands.
     *
     * @return its number; 0 if one stands
     */
    public int open(String account, LocalDate today, LocalDate lastDay) {
        List<Entry> all = all(account);
        if (all.stream().anyMatch(entry -> entry.stands(today))) {
            return 0;
        }
        int number = all.size() + 1;
        // of two requests at the same time one meets the other's key
        boolean opened = database.insert("INSERT INTO standing_order (account, number, last_day, status) VALUES (?, ?, ?, ?)",
                account, number, lastDay, OrderStatus.ASKED.name());
        return opened ? number : 0;
    }

    /** The customer has agreed, which proves any other word wrong. */
    public void agreed(String account, int number) {
        database.change("UPDATE standing_order SET status = ? WHERE account = ? AND number = ?",
                OrderStatus.AGREED.name(), account, number);
    }

    /** It does not exist, unless we know better. */
    public void declined(String account, int number) {
        database.change("UPDATE standing_order SET status = ? WHERE account = ? AND number = ? AND status = ?",
                OrderStatus.DECLINED.name(), account, number, OrderStatus.ASKED.name());
    }

    /** Of the newest one; null if there is none. */
    public OrderStatus statusOf(String account) {
        return all(account).stream().findFirst().map(Entry::status).orElse(null);
    }

    /** How many stand: more than one would pay more than once a month. */
    public long standing(String account, LocalDate today) {
        return all(account).stream().filter(entry -> entry.stands(today)).count();
    }

    private List<Entry> all(String account) {
        return database.read("SELECT last_day, status FROM standing_order WHERE account = ? ORDER BY number DESC",
                row -> new Entry(row.getObject(1, LocalDate.class), OrderStatus.valueOf(row.getString(2))), account);
    }
}
