package io.github.cameldaraja.examples.reconciliation;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.transaction.support.TransactionTemplate;

/** Both sides of the day that is being compared, in tables: a day may be larger than memory. Empty between two runs. */
class WorkTables {

    /** How many rows are in memory at a time. */
    static final int PAGE = 1_000;
    private static final Duration ALIKE = Duration.ofMinutes(15);
    private static final int MOST_ALIKE = 100;
    private static final String SELECT = "select * from reconciliation_entry where side = ? and ";

    /**
     * So many payments, and so much money.
     *
     * @param amount in shillings
     */
    record Sum(long count, BigDecimal amount) {
        static final Sum ZERO = new Sum(0, BigDecimal.ZERO);

        Sum plus(BigDecimal more) {
            return new Sum(count + 1, amount.add(more));
        }

        boolean equalTo(Sum other) {
            return count == other.count && amount.compareTo(other.amount) == 0;
        }
    }

    private final JdbcTemplate sql;
    private final TransactionTemplate transaction;
    private final AtomicLong numbers = new AtomicLong();

    private WorkTables(DataSource dataSource) {
        sql = new JdbcTemplate(dataSource);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    }

    /** Those in that database, which are made if they are missing. */
    static WorkTables open(DataSource dataSource) {
        new ResourceDatabasePopulator(new ClassPathResource("reconciliation.sql")).execute(dataSource);
        return new WorkTables(dataSource);
    }

    /** Forgets what a run has left. */
    void clear() {
        sql.update("delete from reconciliation_entry");
    }

    long nextNumber() {
        return numbers.incrementAndGet();
    }

    void add(List<Entry> entries) {
        inOneTransaction("insert into reconciliation_entry (side, number, receipt_key, receipt, reference, operation, status, amount,"
                + " booked, phone, account_reference) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", entries.stream()
                .map(entry -> new Object[] {entry.side().name(), entry.number(), entry.key(), entry.receipt(), entry.reference(),
                        entry.operation(), entry.status(), entry.amount(), entry.at().toEpochMilli(), entry.phone(),
                        entry.accountReference()}).toList());
    }

    void markUnmatched(List<Entry> entries, boolean unmatched) {
        inOneTransaction("update reconciliation_entry set unmatched = ? where number = ?",
                entries.stream().map(entry -> new Object[] {unmatched, entry.number()}).toList());
    }

    // ordered by all columns of an index, or H2 sorts everything for each page
    /** All of one side, by {@link Entry#key()}; read page by page. */
    Iterator<Entry> byKey(Side side) {
        return new Pages<>(last -> last == null
                ? list(SELECT + "receipt_key >= '' order by side, receipt_key, number fetch first ? rows only", side.name(), PAGE)
                : list(SELECT + "receipt_key >= ? and (receipt_key > ? or number > ?) order by side, receipt_key, number"
                        + " fetch first ? rows only", side.name(), last.key(), last.key(), last.number(), PAGE));
    }

    /** What is unmatched on one side, in the order in which it was added; read page by page, while it may be matched. */
    Iterator<Entry> unmatched(Side side) {
        return new Pages<>(last -> list(SELECT + "unmatched = true and number > ? order by side, unmatched, number fetch first ? rows only", side.name(),
                last == null ? 0 : last.number(), PAGE));
    }

    /** Those of that side that look like the same payment, the nearest first. */
    List<Entry> alike(Entry entry, Side side, boolean unmatched) {
        long at = entry.at().toEpochMilli();
        return list(SELECT + "amount = ? and booked >= ? and booked <= ? and unmatched = ? and number <> ? order by abs(booked - ?)"
                + " fetch first ? rows only", side.name(), entry.amount(), at - ALIKE.toMillis(), at + ALIKE.toMillis(), unmatched,
                entry.number(), at, MOST_ALIKE).stream().filter(entry::looksLike).toList();
    }

    /** Whether M-Pesa lists its receipt. */
    boolean isListed(Entry entry) {
        return sql.queryForObject("select count(*) from reconciliation_entry where side = ? and receipt_key = ?", Integer.class,
                Side.THERE.name(), entry.key()) > 0;
    }

    /** What came in between the two times, the first included; a receipt that is listed twice alike counts once. */
    Sum sum(Side side, Instant from, Instant until) {
        return sql.queryForObject("select count(*), coalesce(sum(amount), 0) from (select distinct receipt_key, amount, booked"
                + " from reconciliation_entry where side = ? and booked >= ? and booked < ?) one",
                (row, number) -> new Sum(row.getLong(1), row.getBigDecimal(2)), side.name(), from.toEpochMilli(), until.toEpochMilli());
    }

    private List<Entry> list(String query, Object... values) {
        return sql.query(query, (row, number) -> read(row), values);
    }

    private static Entry read(ResultSet row) throws SQLException {
        return new Entry(Side.valueOf(row.getString("side")), row.getLong("number"), row.getString("receipt"), row.getString("reference"),
                row.getString("operation"), row.getString("status"), row.getBigDecimal("amount"),
                Instant.ofEpochMilli(row.getLong("booked")), row.getString("phone"), row.getString("account_reference"));
    }

    private void inOneTransaction(String statement, List<Object[]> rows) {
        if (!rows.isEmpty()) {
            transaction.executeWithoutResult(status -> sql.batchUpdate(statement, rows));
        }
    }

    /** Goes through pages, of which one is in memory. */
    private static final class Pages<T> implements Iterator<T> {

        private final Function<T, List<T>> next;
        private Iterator<T> page;
        private T last;

        Pages(Function<T, List<T>> next) {
            this.next = next;
            page = next.apply(null).iterator();
        }

        @Override
        public boolean hasNext() {
            if (!page.hasNext() && last != null) {
                page = next.apply(last).iterator();
                last = null;
            }
            return page.hasNext();
        }

        @Override
        public T next() {
            last = page.next();
            return last;
        }
    }
}
