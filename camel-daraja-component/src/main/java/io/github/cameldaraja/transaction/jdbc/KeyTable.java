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

    /** Pins its key to it, whoever had it; the reference of who had it, or null. */
    String take(Session session, Transaction payment) throws SQLException {
        while (true) {
            String holder = holder(session, payment);
            if (payment.reference().equals(holder) || (holder == null ? pin(session, payment) : take(session, payment, holder))) {
                return holder;
            }
            // the row can come, go or change hands between the two, but not for ever
        }
    }

    private static boolean take(Session session, Transaction payment, String holder) throws SQLException {
        return session.update("update daraja_key set reference = ?, previous = null" + OF + " and reference = ?",
                payment.reference(), payment.operation(), payment.account(), hash(payment), holder) == 1;
    }

    /** Pins the key of this payment to it if that failed one has it, which gets it back if this one is given up. */
    boolean handOver(Session session, Transaction payment, String holder) throws SQLException {
        return session.update("update daraja_key set reference = ?, previous = ?" + OF + " and reference = ?", payment.reference(),
                holder, payment.operation(), payment.account(), hash(payment), holder) == 1;
    }

    /** If its key is pinned to that payment, gives it back to the one that it was taken over from, or else frees it. */
    void giveUp(Session session, Transaction payment, String holder) throws SQLException {
        if (session.update("update daraja_key set reference = previous, previous = null" + OF + " and reference = ?"
                + " and previous is not null", payment.operation(), payment.account(), hash(payment), holder) == 0) {
            session.update("delete from daraja_key" + OF + " and reference = ?", payment.operation(), payment.account(),
                    hash(payment), holder);
        }
    }

    private static String hash(Transaction payment) {
        return StoredText.hash(payment.idempotencyKey());
    }
}
