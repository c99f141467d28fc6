package io.github.cameldaraja.transaction.jdbc;

import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.transaction.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * Which payment an idempotency key pins; the primary key decides who was first. A row outlives its payment, and then says what became
 * of it.
 */
final class KeyTable {

    private static final String OF = " where operation = ? and account = ? and key_hash = ?";

    /**
     * What a key pins.
     *
     * @param reference of the payment
     * @param status    what became of it if it is kept no longer, otherwise null
     * @param endedAt   and when
     */
    record Pin(String reference, PaymentStatus status, Instant endedAt) {

        private static Pin of(ResultSet row) throws SQLException {
            String status = row.getString("status");
            return new Pin(row.getString("reference"), status == null ? null : PaymentStatus.valueOf(status),
                    Session.instant(row, "ended_at"));
        }
    }

    private final Vault vault;

    KeyTable(Vault vault) {
        this.vault = vault;
    }

    /** Pins the key of this payment to it; false if it is pinned already. */
    boolean pin(Session session, Transaction payment) throws SQLException {
        return pin(session, payment, hash(vault, payment));
    }

    private static boolean pin(Session session, Transaction payment, String hash) throws SQLException {
        return session.insertIfAbsent("insert into daraja_key (operation, account, key_hash, reference) values (?, ?, ?, ?)",
                payment.operation(), payment.account(), hash, payment.reference());
    }

    /** What its key pins, or null. */
    Pin holder(Session session, Transaction payment) throws SQLException {
        return session.first(Pin::of, "select reference, status, ended_at from daraja_key" + OF, payment.operation(),
                payment.account(), hash(vault, payment));
    }

    /** Pins the key of that hash to the payment, whoever had it. */
    void take(Session session, Transaction payment, String hash) throws SQLException {
        boolean taken = false;
        while (!taken) {
            // the row can go between the two, but not for ever
            taken = pin(session, payment, hash) || session.update("update daraja_key set reference = ?, status = null,"
                    + " ended_at = null" + OF, payment.reference(), payment.operation(), payment.account(), hash) == 1;
        }
    }

    /** Pins the key of this payment to it if that other one has it. */
    boolean handOver(Session session, Transaction payment, String holder) throws SQLException {
        return session.update("update daraja_key set reference = ?" + OF + " and reference = ?", payment.reference(),
                payment.operation(), payment.account(), hash(vault, payment), holder) == 1;
    }

    /** Frees its key if it is pinned to that payment. */
    void free(Session session, Transaction payment, String holder) throws SQLException {
        session.update("delete from daraja_key" + OF + " and reference = ?", payment.operation(), payment.account(),
                hash(vault, payment), holder);
    }

    /** Writes what became of the payment if the key of that hash is pinned to it: its row goes. */
    void outlive(Session session, Transaction payment, String hash) throws SQLException {
        session.update("update daraja_key set status = ?, ended_at = ?" + OF + " and reference = ?", payment.status().name(),
                payment.updatedAt(), payment.operation(), payment.account(), hash, payment.reference());
    }

    /** Stands for its key. */
    static String hash(Vault vault, Transaction payment) {
        return vault.index("key", payment.idempotencyKey());
    }
}
