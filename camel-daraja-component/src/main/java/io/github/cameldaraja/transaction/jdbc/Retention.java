package io.github.cameldaraja.transaction.jdbc;

import io.github.cameldaraja.transaction.PurgeBefore;
import io.github.cameldaraja.transaction.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Takes away what is past its retention, some rows at a time. What is found is looked at once more under the lock of its payment, so
 * that nothing goes about which something was heard in this moment.
 */
final class Retention {

    private static final String TOLD = " and not exists (select 1 from daraja_delivery d where d.reference = p.reference"
            + " and d.state <> 'DELIVERED')";
    private static final String PAST_NAMES = "select s.reference from daraja_personal s where s.since < ? and exists (select 1"
            + " from daraja_payment p where p.reference = s.reference and p.ended and p.updated_at < ?" + TOLD + ")"
            + " order by s.since, s.reference fetch first ? rows only";
    private static final String PAST = "select p.reference from daraja_payment p where p.created_at < ? and p.ended"
            + " and p.updated_at < ?" + TOLD + " order by p.created_at, p.reference fetch first ? rows only";

    private final PaymentTable payments;
    private final KeyTable keys;
    private final RequestIdTable requestIds;
    private final DeliveryTable deliveries;
    private final RawCallbackTable callbacks;
    private final AlertTable alerts = new AlertTable();
    private final LineTable lines;

    Retention(Vault vault) {
        this.payments = new PaymentTable(vault);
        this.keys = new KeyTable(vault);
        this.requestIds = new RequestIdTable(vault);
        this.deliveries = new DeliveryTable(vault);
        this.callbacks = new RawCallbackTable(vault);
        this.lines = new LineTable(vault);
    }

    /** How many rows it was about. */
    int purge(Session session, PurgeBefore before, int limit) throws SQLException {
        List<String> names = references(session, PAST_NAMES, before.personal(), limit);
        for (String reference : names) {
            if (isPast(session, reference, before.personal())) {
                payments.makeNameless(session, reference);
                deliveries.delete(session, reference);
            }
        }
        List<String> messages = callbacks.past(session, before.personal(), limit);
        for (String id : messages) {
            callbacks.delete(session, id);
        }
        List<String> rows = references(session, PAST, before.ledger(), limit);
        for (String reference : rows) {
            if (isPast(session, reference, before.ledger())) {
                remove(session, reference);
            }
        }
        return names.size() + messages.size() + rows.size() + alerts.purge(session, before.personal(), limit)
                + lines.purge(session, before.personal(), limit);
    }

    private void remove(Session session, String reference) throws SQLException {
        Transaction payment = payments.find(session, reference);
        String key = payments.keyHash(session, reference);
        if (key != null) {
            keys.outlive(session, payment, key);
        }
        requestIds.forget(session, reference);
        deliveries.delete(session, reference);
        payments.delete(session, reference);
    }

    // sorted: nodes that do the same at the same time must not wait for each other in circles
    private static List<String> references(Session session, String sql, Instant before, int limit) throws SQLException {
        return session.all(row -> row.getString(1), sql, before, before, limit).stream().sorted().toList();
    }

    private boolean isPast(Session session, String reference, Instant before) throws SQLException {
        Transaction payment = payments.lock(session, reference);
        return payment != null && payment.isOver() && payment.updatedAt().isBefore(before)
                && deliveries.isTold(session, reference);
    }
}
