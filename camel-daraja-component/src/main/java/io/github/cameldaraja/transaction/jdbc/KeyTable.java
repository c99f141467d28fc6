package io.github.cameldaraja.transaction.jdbc;

import io.github.cameldaraja.transaction.Transaction;
import java.sql.SQLException;

/** Which payment an idempotency key pins; the primary key decides who was first. */
final class KeyTable {

    private static final String OF = " where operation = ? and account = ? and key_hash = ?";

    /** Pins the key of this payment to it; false if it is pinned already. */
    boolean pin(Session session, Transaction payment) throws SQLException {
        return session.insertIfAbsent("insert into daraja_key (operation, account, key_hash, reference) values (?, ?, ?, ?)",
                payment.operation(), payment.account(), hash(payment), payment.reference());
    }

    /** The reference of the payment that its key pins, or null. */
    String holder(Session session, Transaction payment) throws SQLException {
        return session.first(row -> row.getString(1), "select reference from daraja_key" + OF, payment.operation(),
                payment.account(), hash(payment));
    }

    /** Pins its key to it, whoever had it. */
    void take(Session session, Transaction payment) throws SQLException {
        boolean taken = false;
        while (!taken) {
            // in this order, see RequestIdTable; the row can come and go between the two, but not for ever
            taken = session.update("update daraja_key set reference = ?" + OF, payment.reference(), payment.operation(),
                    payment.account(), hash(payment)) == 1 || pin(session, payment);
        }
    }

    /** Pins the key of this payment to it if that other one has it. */
    boolean handOver(Session session, Transaction payment, String holder) throws SQLException {
        return session.update("update daraja_key set reference = ?" + OF + " and reference = ?", payment.reference(),
                payment.operation(), payment.account(), hash(payment), holder) == 1;
    }

    /** Frees its key if it is pinned to that payment. */
    void free(Session session, Transaction payment, String holder) throws SQLException {
        session.update("delete from daraja_key" + OF + " and reference = ?", payment.operation(), payment.account(),
                hash(payment), holder);
    }

    private static String hash(Transaction payment) {
        return StoredText.hash(payment.idempotencyKey());
    }
}
