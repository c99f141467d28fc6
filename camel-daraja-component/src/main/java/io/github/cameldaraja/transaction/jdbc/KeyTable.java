package io.github.cameldaraja.transaction.jdbc;

import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.transaction.KeyHolder;
import io.github.cameldaraja.transaction.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Which payment an idempotency key pins; the primary key decides who was first. A row outlives its payment, and then says what became
 * of it.
 */
final class KeyTable {

    private static final String PURPOSE = "key";
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
        return pin(session, payment, hash(payment));
    }

    /** The same, by the hash of the key. */
    boolean pin(Session session, Transaction payment, String hash) throws SQLException {
        return session.insertIfAbsent("insert into daraja_key (operation, account, key_hash, reference) values (?, ?, ?, ?)",
                payment.operation(), payment.account(), hash, payment.reference());
    }

    /** What its key pins, or null. */
    Pin holder(Session session, Transaction payment) throws SQLException {
        return holder(session, payment, hash(payment));
    }

    private static Pin holder(Session session, Transaction payment, String hash) throws SQLException {
        return session.first(Pin::of, "select reference, status, ended_at from daraja_key" + OF, payment.operation(),
                payment.account(), hash);
    }

    /** Whom that key is pinned to: the primary key is asked for each, for no index begins with the hash. */
    List<KeyHolder> holders(Session session, Collection<String> operations, Collection<String> accounts, String key)
            throws SQLException {
        String hash = vault.index(PURPOSE, key);
        List<KeyHolder> holders = new ArrayList<>();
        for (String operation : operations) {
            for (String account : accounts) {
                KeyHolder holder = session.first(row -> {
                    Pin pin = Pin.of(row);
                    return new KeyHolder(operation, account, pin.reference(), pin.status(), pin.endedAt());
                }, "select reference, status, ended_at from daraja_key" + OF, operation, account, hash);
                if (holder != null) {
                    holders.add(holder);
                }
            }
        }
        return holders;
    }

    /** Pins the key of that hash to the payment, whoever had it; the reference of who had it, or null. */
    String take(Session session, Transaction payment, String hash) throws SQLException {
        while (true) {
            Pin pin = holder(session, payment, hash);
            String holder = pin == null ? null : pin.reference();
            if (payment.reference().equals(holder)
                    || (holder == null ? pin(session, payment, hash) : take(session, payment, hash, holder))) {
                return holder;
            }
            // the row can come, go or change hands between the two, but not for ever
        }
    }

    private static boolean take(Session session, Transaction payment, String hash, String holder) throws SQLException {
        return session.update("update daraja_key set reference = ?, previous = null, status = null, ended_at = null" + OF
                + " and reference = ?", payment.reference(), payment.operation(), payment.account(), hash, holder) == 1;
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

    /** Writes what became of the payment if the key of that hash is pinned to it: its row goes. */
    void outlive(Session session, Transaction payment, String hash) throws SQLException {
        session.update("update daraja_key set status = ?, ended_at = ?" + OF + " and reference = ?", payment.status().name(),
                payment.updatedAt(), payment.operation(), payment.account(), hash, payment.reference());
    }

    private String hash(Transaction payment) {
        return hash(vault, payment);
    }

    /** Stands for its key. */
    static String hash(Vault vault, Transaction payment) {
        return vault.index(PURPOSE, payment.idempotencyKey());
    }
}
