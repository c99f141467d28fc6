package io.github.cameldaraja.examples.chaos.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Tells all that the database has about an order, in order of time. */
final class Stories {

    /** One line; without a time it stands first. */
    private record Event(Instant at, String what) {
    }

    private final Connection connection;

    Stories(Connection connection) {
        this.connection = connection;
    }

    /**
     * @param ids        the order, as it is named
     * @param references of its payments
     */
    List<String> tell(List<String> ids, List<String> references) throws SQLException {
        List<Event> events = new ArrayList<>();
        add(events, "client", "select at, reference, answered from chaos_order where order_id = any (?)", ids);
        add(events, "route", "select at, via, node, reference, operation, status, receipt, amount, result_code, source, verdict"
                + " from chaos_heard where order_id = any (?) or reference = any (?) order by id", ids, references);
        add(events, "ledger", "select at, node, direction, reference, amount, receipt from chaos_ledger"
                + " where order_id = any (?) or reference = any (?)", ids, references);
        add(events, "begun", "select created_at at, reference, operation, amount, originator_id from daraja_payment"
                + " where reference = any (?)", references);
        add(events, "stored", "select updated_at at, reference, operation, status, disputed, receipt, result_code, source, verdict,"
                + " conversation_id, merchant_request_id, questions, held, due_at, attempt, told from daraja_payment"
                + " where reference = any (?)", references);
        add(events, "receipt", "select null::timestamptz at, short_code, receipt, reference from daraja_receipt"
                + " where reference = any (?)", references);
        add(events, "delivery", "select since at, reference, number, group_name, state, attempt, node, due_at from daraja_delivery"
                + " where reference = any (?) order by number", references);
        add(events, "raw callback", "select received_at at, reference, verdict from daraja_raw_callback"
                + " where reference = any (?)", references);
        return events.stream().sorted(Comparator.comparing(Event::at, Comparator.nullsFirst(Comparator.naturalOrder())))
                .map(event -> (event.at() == null ? "" : event.at() + " ") + event.what()).toList();
    }

    @SafeVarargs
    private void add(List<Event> events, String name, String sql, List<String>... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setArray(i + 1, connection.createArrayOf("varchar", values[i].toArray()));
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    OffsetDateTime at = rows.getObject("at", OffsetDateTime.class);
                    events.add(new Event(at == null ? null : at.toInstant(), name + ": " + values(rows)));
                }
            }
        }
    }

    private static String values(ResultSet row) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            String name = columns.getColumnLabel(i);
            String value = row.getString(i);
            if (!"at".equals(name) && value != null && !value.isEmpty()) {
                values.add(name + ' ' + value);
            }
        }
        return String.join(", ", values);
    }
}
