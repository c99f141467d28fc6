package io.github.cameldaraja.examples.marketplace;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.transaction.support.TransactionTemplate;

/** Orders and the movements of their money, in the database that also keeps the component's payments. Knows no rules. */
final class OrderTable {

    private static final String DOUBTFUL = """
            SELECT o.id FROM orders o WHERE EXISTS (
                SELECT 1 FROM leg l WHERE l.order_id = o.id AND o.state NOT IN ('UNPAID', 'SETTLED', 'REFUNDED')
                AND l.status IN ('UNKNOWN', 'UNRESOLVED', 'FAILED', 'REFUSED')
                AND NOT EXISTS (SELECT 1 FROM leg n WHERE n.order_id = l.order_id AND n.kind = l.kind AND n.attempt > l.attempt))
            OR EXISTS (SELECT 1 FROM leg l WHERE l.order_id = o.id AND l.status = 'DONE' GROUP BY l.kind HAVING COUNT(*) > 1)
            ORDER BY o.number FETCH FIRST 100 ROWS ONLY
            """;
    // of claimed ones only those whose sender is gone; and a reversal needs the receipt of what it gives back
    private static final String DUE = """
            SELECT * FROM leg l WHERE l.status IN ('DUE', 'SENDING') AND l.due_at <= ? AND (l.kind <> 'REFUND' OR EXISTS (
                SELECT 1 FROM leg c WHERE c.order_id = l.order_id AND c.kind = 'COLLECT' AND c.status = 'DONE'
                AND c.receipt IS NOT NULL))
            ORDER BY l.number FETCH FIRST 100 ROWS ONLY
            """;
    private static final int LONGEST_REASON = 1000;
    private static final int LONGEST_TYPED = 100;

    private final JdbcTemplate sql;

    /**
     * @param sql takes part in the transaction that its thread is in; a plain {@code getConnection()} would not
     */
    OrderTable(JdbcTemplate sql) {
        this.sql = sql;
    }

    /** The tables of that database, which are made if need be. */
    static OrderTable open(DataSource dataSource, TransactionTemplate transaction) {
        new ResourceDatabasePopulator(new ClassPathResource("market.sql")).execute(dataSource);
        return new OrderTable(new TurnTemplate(dataSource, transaction));
    }

    /** The order, or null. */
    Order find(String id) {
        return one(sql.query("SELECT * FROM orders WHERE id = ?", OrderTable::order, id));
    }

    /** The same, and nobody else decides about it before the end of the transaction. */
    Order lock(String id) {
        return one(sql.query("SELECT * FROM orders WHERE id = ? FOR UPDATE", OrderTable::order, id));
    }

    List<Order> orders() {
        return sql.query("SELECT * FROM orders ORDER BY number", OrderTable::order);
    }

    void insert(Order order) {
        sql.update("INSERT INTO orders (id, buyer, seller, amount, payout, state) VALUES (?, ?, ?, ?, ?, ?)", order.id(),
                order.buyer(), order.seller(), order.amount(), order.payout(), order.state().name());
    }

    void move(String id, OrderState state) {
        sql.update("UPDATE orders SET state = ? WHERE id = ?", state.name(), id);
    }

    /** All movements of an order's money, the earliest first. */
    List<Leg> legs(String order) {
        return sql.query("SELECT * FROM leg WHERE order_id = ? ORDER BY number", OrderTable::leg, order);
    }

    List<Leg> legs() {
        return sql.query("SELECT * FROM leg ORDER BY number", OrderTable::leg);
    }

    /** The movement of that name, or null. */
    Leg leg(String payment) {
        return one(sql.query("SELECT * FROM leg WHERE payment = ?", OrderTable::leg, payment));
    }

    /** The movement that the component knows by that reference, or null. */
    Leg byReference(String reference) {
        return one(sql.query("SELECT * FROM leg WHERE reference = ?", OrderTable::leg, reference));
    }

    /** What is to be sent now. */
    List<Leg> due(Instant now) {
        return sql.query(DUE, OrderTable::leg, time(now));
    }

    void insert(Order order, LegKind kind, int attempt, Instant due) {
        sql.update("INSERT INTO leg (payment, order_id, kind, attempt, amount, status, due_at)"
                + " VALUES (?, ?, ?, ?, ?, 'DUE', ?)", payment(order, kind, attempt), order.id(), kind.name(), attempt,
                order.amountOf(kind), time(due));
    }

    /** A payment of the buyer that was not asked for; it is never due. */
    Leg insertUnasked(Order order, Instant now) {
        int attempt = 1 + (int) legs(order.id()).stream().filter(leg -> leg.kind() == LegKind.COLLECT).count();
        insert(order, LegKind.COLLECT, attempt, now);
        return leg(payment(order, LegKind.COLLECT, attempt));
    }

    /** Claims what is due until then; false if somebody else has. */
    boolean claim(String payment, Instant now, Instant until) {
        return sql.update("UPDATE leg SET status = 'SENDING', due_at = ? WHERE payment = ? AND status IN ('DUE', 'SENDING')"
                + " AND due_at <= ?", time(until), payment, time(now)) > 0;
    }

    /** Changes the status if it is one of those; else nothing. */
    boolean change(String payment, Set<LegStatus> from, LegStatus to, String code, String reason) {
        String names = from.stream().map(status -> "'" + status + "'").collect(Collectors.joining(", "));
        return sql.update("UPDATE leg SET status = ?, code = ?, reason = ? WHERE payment = ? AND status IN (" + names + ")",
                to.name(), code, cut(reason, LONGEST_REASON), payment) > 0;
    }

    /** It is sent again, and not before. */
    void postpone(String payment, Instant due, String reason) {
        sql.update("UPDATE leg SET status = 'DUE', due_at = ?, reason = ? WHERE payment = ? AND status = 'SENDING'", time(due),
                cut(reason, LONGEST_REASON), payment);
    }

    /** What the component or M-Pesa has told of it; what is known already stays. */
    void learn(String payment, String reference, String receipt) {
        sql.update("UPDATE leg SET reference = COALESCE(reference, ?), receipt = COALESCE(receipt, ?) WHERE payment = ?", reference,
                receipt, payment);
    }

    /** Nobody can be asked about it any more. */
    void unresolved(String reference, String reason) {
        sql.update("UPDATE leg SET status = 'UNRESOLVED', reason = ? WHERE reference = ? AND status IN ('SENDING', 'PENDING',"
                + " 'UNKNOWN')", cut(reason, LONGEST_REASON), reference);
    }

    /** Keeps money that came for no order; what comes again only brings its receipt. */
    boolean stray(String reference, String receipt, BigDecimal amount, String typed) {
        if (sql.update("UPDATE stray SET receipt = COALESCE(receipt, ?) WHERE reference = ?", receipt, reference) > 0) {
            return false;
        }
        sql.update("INSERT INTO stray (reference, receipt, amount, typed) VALUES (?, ?, ?, ?)", reference, receipt, amount,
                cut(typed, LONGEST_TYPED));
        return true;
    }

    BigDecimal strays() {
        return sql.queryForObject("SELECT COALESCE(SUM(amount), 0) FROM stray", BigDecimal.class);
    }

    Map<OrderState, Long> counts() {
        Map<OrderState, Long> counts = new EnumMap<>(OrderState.class);
        sql.query("SELECT state, COUNT(*) FROM orders GROUP BY state", row -> {
            counts.put(OrderState.valueOf(row.getString(1)), row.getLong(2));
        });
        return counts;
    }

    /** Shillings that have moved. */
    Map<LegKind, BigDecimal> moved() {
        Map<LegKind, BigDecimal> sums = new EnumMap<>(LegKind.class);
        sql.query("SELECT kind, SUM(amount) FROM leg WHERE status = 'DONE' GROUP BY kind", row -> {
            sums.put(LegKind.valueOf(row.getString(1)), row.getBigDecimal(2));
        });
        return sums;
    }

    /** Orders with a movement that is in doubt, has failed, or has happened twice; the oldest hundred. */
    List<String> doubtful() {
        return sql.queryForList(DOUBTFUL, String.class);
    }

    private static String payment(Order order, LegKind kind, int attempt) {
        return order.id() + "/" + kind + "/" + attempt;
    }

    private static Order order(ResultSet row, int number) throws SQLException {
        return new Order(row.getString("id"), row.getString("buyer"), row.getString("seller"), row.getBigDecimal("amount"),
                row.getBigDecimal("payout"), OrderState.valueOf(row.getString("state")));
    }

    private static Leg leg(ResultSet row, int number) throws SQLException {
        return new Leg(row.getString("payment"), row.getString("order_id"), LegKind.valueOf(row.getString("kind")),
                row.getInt("attempt"), LegStatus.valueOf(row.getString("status")), row.getBigDecimal("amount"),
                row.getString("reference"), row.getString("receipt"), row.getString("code"), row.getString("reason"));
    }

    private static <T> T one(List<T> rows) {
        return rows.isEmpty() ? null : rows.get(0);
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static String cut(String text, int length) {
        return text == null || text.length() <= length ? text : text.substring(0, length);
    }
}
