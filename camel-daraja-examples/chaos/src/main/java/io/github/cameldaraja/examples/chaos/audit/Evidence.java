package io.github.cameldaraja.examples.chaos.audit;

import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.Transfer;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/** Gathers what Safaricom's books, the application's tables and the component's tables say, order by order. */
final class Evidence {

    // what answers to a question, or tells people of something, is not a payment
    private static final Set<String> NO_MONEY = Set.of("transactionStatus", "accountBalance", "alerts");
    private static final Set<String> PAYS_OUT = Set.of("b2c", "b2pochi", "reversal", "b2b");
    private static final int ROWS_AT_ONCE = 5_000;

    /** What to do with each row. */
    private interface Row {
        void take(ResultSet row) throws SQLException;
    }

    private final Order[] orders;
    private final Function<String, Optional<Integer>> known;
    private final Function<Integer, Direction> begun;
    private final Map<String, Integer> references = new HashMap<>();
    // the other way round, once somebody asks
    private Map<Integer, List<String>> referencesOfOrders;
    private final List<Finding> strangers = new ArrayList<>();
    private long heard;
    private long alerts;
    private long disputed;

    /**
     * @param known the order of a payment's reference, as seen from outside; asked when the application's tables do not tell
     * @param begun which way the money of an order goes that the application begins
     */
    Evidence(int payments, Function<String, Optional<Integer>> known, Function<Integer, Direction> begun) {
        this.orders = new Order[payments];
        this.known = known;
        this.begun = begun;
    }

    void read(Safaricom safaricom) {
        for (LedgerEntry entry : safaricom.payments()) {
            moved(entry.payerPhone(), Direction.IN, new Money(entry.receipt(), entry.amount()));
        }
        for (Transfer transfer : safaricom.transfers()) {
            moved(transfer.to(), Direction.OUT, new Money(transfer.receipt(), transfer.amount()));
        }
    }

    private void moved(String phone, Direction direction, Money money) {
        OptionalInt number = OrderIds.ofPhone(phone, orders.length);
        if (number.isPresent()) {
            order(number.getAsInt()).side(direction).moves(money);
        } else {
            stranger(Fault.WRONG, "Safaricom has moved " + direction + " " + money + " for somebody who has no order");
        }
    }

    /** Reads all tables as they are at one time; the connection is not in auto-commit, so that rows come as a stream. */
    void read(Connection connection) throws SQLException {
        stream(connection, "select reference, order_id from chaos_order where reference is not null"
                + " union select reference, order_id from chaos_heard where reference is not null and order_id is not null"
                + " union select reference, order_id from chaos_ledger where order_id is not null", this::refers);
        stream(connection, "select order_id, answered from chaos_order", this::answers);
        stream(connection, "select order_id, reference, operation, status, via from chaos_heard order by id", this::heard);
        stream(connection, "select order_id, reference, direction, amount, receipt from chaos_ledger", this::booked);
        stream(connection, "select reference, operation, status, disputed from daraja_payment", this::stored);
    }

    private void refers(ResultSet row) throws SQLException {
        Optional<Integer> number = number(row.getString("order_id"));
        if (number.isPresent()) {
            references.putIfAbsent(row.getString("reference"), number.get());
        }
    }

    private void answers(ResultSet row) throws SQLException {
        Optional<Integer> number = number(row.getString("order_id"));
        if (number.isPresent()) {
            order(number.get()).answers(row.getString("answered"));
        }
    }

    private void heard(ResultSet row) throws SQLException {
        String via = row.getString("via");
        if ("alert".equals(via)) {
            alerts++;
            return;
        }
        heard++;
        Optional<Integer> number = number(row);
        String status = row.getString("status");
        if (number.isEmpty()) {
            if (Side.COMPLETED.equals(status) || "twice".equals(via)) {
                stranger(Fault.WRONG, "a route was told " + status + " of " + row.getString("reference") + ", which is no order");
            }
            return;
        }
        Side side = order(number.get()).side(direction(row.getString("operation"), number.get()));
        if ("twice".equals(via)) {
            side.booksAgain();
        } else {
            side.hears(status);
        }
    }

    private void booked(ResultSet row) throws SQLException {
        Optional<Integer> number = number(row);
        Money money = new Money(row.getString("receipt"), row.getBigDecimal("amount"));
        if (number.isEmpty()) {
            stranger(Fault.WRONG, "the ledger has " + money + " for " + row.getString("reference") + ", which is no order");
            return;
        }
        order(number.get()).side("OUT".equals(row.getString("direction")) ? Direction.OUT : Direction.IN).books(money);
    }

    private void stored(ResultSet row) throws SQLException {
        String operation = row.getString("operation");
        if (NO_MONEY.contains(operation)) {
            return;
        }
        if (row.getBoolean("disputed")) {
            disputed++;
        }
        String reference = row.getString("reference");
        String status = row.getString("status");
        Optional<Integer> number = order(reference);
        if (number.isPresent()) {
            order(number.get()).side(direction(operation, number.get())).isStored(reference, status, row.getBoolean("disputed"));
            return;
        }
        Side alone = new Side();
        alone.isStored(reference, status, row.getBoolean("disputed"));
        if (!alone.open().isEmpty()) {
            stranger(Fault.UNRESOLVED, operation + " " + reference + " is " + status + " at the end, and no table tells its order");
        }
    }

    private Direction direction(String operation, int number) {
        if (operation == null) {
            return begun.apply(number);
        }
        return PAYS_OUT.contains(operation) ? Direction.OUT : Direction.IN;
    }

    private Optional<Integer> number(ResultSet row) throws SQLException {
        Optional<Integer> told = number(row.getString("order_id"));
        return told.isPresent() ? told : order(row.getString("reference"));
    }

    private Optional<Integer> number(String id) {
        OptionalInt number = OrderIds.ofId(id);
        return number.isPresent() && number.getAsInt() < orders.length ? Optional.of(number.getAsInt()) : Optional.empty();
    }

    /** The order that a payment of the component belongs to. */
    Optional<Integer> order(String reference) {
        if (reference == null) {
            return Optional.empty();
        }
        Integer told = references.get(reference);
        if (told != null) {
            return Optional.of(told);
        }
        Optional<Integer> number = known.apply(reference).filter(outside -> outside >= 0 && outside < orders.length);
        number.ifPresent(outside -> references.put(reference, outside));
        return number;
    }

    Order order(int number) {
        return orders[number] == null ? orders[number] = new Order() : orders[number];
    }

    /** References of that order's payments. */
    List<String> references(int number) {
        if (referencesOfOrders == null) {
            referencesOfOrders = new HashMap<>();
            references.forEach((reference, order) -> referencesOfOrders.computeIfAbsent(order, key -> new ArrayList<>(1)).add(reference));
        }
        return referencesOfOrders.getOrDefault(number, List.of());
    }

    /** What belongs to no order. */
    List<Finding> strangers() {
        return strangers;
    }

    /** How many messages routes were told. */
    long heard() {
        return heard;
    }

    long alerts() {
        return alerts;
    }

    /** Payments about which Safaricom has contradicted itself. */
    long disputed() {
        return disputed;
    }

    private void stranger(Fault fault, String what) {
        strangers.add(new Finding(fault, Finding.NOBODY, what));
    }

    private static void stream(Connection connection, String sql, Row row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(ROWS_AT_ONCE);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    row.take(rows);
                }
            }
        }
    }

    /** Shillings of one direction in the ledger, as the database adds them up. */
    static BigDecimal booked(Connection connection, Direction direction) throws SQLException {
        BigDecimal[] sum = {BigDecimal.ZERO};
        stream(connection, "select coalesce(sum(amount), 0) booked from chaos_ledger where direction = '" + direction + "'",
                row -> sum[0] = row.getBigDecimal("booked"));
        return sum[0];
    }
}
