package io.github.cameldaraja.transaction.jdbc;

import io.github.cameldaraja.api.Acknowledgement;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.api.PaymentStatus;
import io.github.cameldaraja.transaction.Transaction;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** The payments, one row each. Times are kept to the microsecond. */
final class PaymentTable {

    private static final String INSERT = "insert into daraja_payment (operation, account, short_code, idempotency_key, status,"
            + " fingerprint, amount, amount_scale, phone_number, account_reference, own_id, metadata, created_at, updated_at,"
            + " acknowledgement, outcome, disputed, questions, held, due_at, application, attempt, waiter, told, reference)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String UPDATE = "update daraja_payment set operation = ?, account = ?, short_code = ?,"
            + " idempotency_key = ?, status = ?, fingerprint = ?, amount = ?, amount_scale = ?, phone_number = ?, account_reference = ?, own_id = ?,"
            + " metadata = ?, created_at = ?, updated_at = ?, acknowledgement = ?, outcome = ?, disputed = ?,"
            + " questions = ?, held = ?, due_at = ?, application = ?, attempt = ?, waiter = ?, told = ?"
            + " where reference = ?";
    private static final String FIND = "select * from daraja_payment where reference = ?";
    private static final String LOCK = FIND + " for update";
    private static final String ALIKE = "select * from daraja_payment where short_code = ? and amount = ? and created_at >= ?"
            + " and created_at <= ? order by created_at, reference";
    // what somebody else is changing right now is left to the next time
    private static final String LOCK_DUE = "select * from daraja_payment where application = ? and due_at <= ? order by due_at, reference"
            + " fetch first ? rows only for update skip locked";
    private static final String LEASE = "update daraja_payment set due_at = ? where reference = ?";

    /** Fails if there is one of that reference. */
    void insert(Session session, Transaction payment) throws SQLException {
        session.update(INSERT, values(payment));
    }

    boolean insertIfAbsent(Session session, Transaction payment) throws SQLException {
        return session.insertIfAbsent(INSERT, values(payment));
    }

    /** The payment or null. */
    Transaction find(Session session, String reference) throws SQLException {
        return session.first(PaymentTable::read, FIND, reference);
    }

    /** The same as it is now; until the end of the transaction nobody else changes it. */
    Transaction lock(Session session, String reference) throws SQLException {
        return session.lock(PaymentTable::read, LOCK, reference);
    }

    /** Writes a payment that is locked. */
    void update(Session session, Transaction payment) throws SQLException {
        session.update(UPDATE, values(payment));
    }

    /** Removes a payment that is locked. */
    void delete(Session session, String reference) throws SQLException {
        session.update("delete from daraja_payment where reference = ?", reference);
    }

    List<Transaction> alike(Session session, String shortCode, BigDecimal amount, Instant from, Instant until)
            throws SQLException {
        return session.all(PaymentTable::read, ALIKE, shortCode, amount, from, until);
    }

    /** Locks what is due and leases it; as it was before. */
    List<Transaction> claimDue(Session session, String application, Instant now, Instant lease, int limit) throws SQLException {
        List<Transaction> due = session.all(PaymentTable::read, LOCK_DUE, application, now, limit);
        for (Transaction payment : due) {
            session.update(LEASE, lease, payment.reference());
        }
        return due;
    }

    private static Object[] values(Transaction payment) {
        return new Object[] {
            payment.operation(), payment.account(), payment.shortCode(), StoredText.write(payment.idempotencyKey()),
            payment.status().name(), payment.fingerprint(), payment.amount(),
            payment.amount() == null ? null : payment.amount().scale(), StoredText.write(payment.phoneNumber()),
            StoredText.write(payment.accountReference()), StoredText.write(payment.ownId()), StoredJson.write(payment.metadata()),
            payment.createdAt(), payment.updatedAt(), StoredJson.write(payment.acknowledgement()),
            StoredJson.write(payment.outcome()), payment.disputed(), payment.questions(), StoredJson.write(payment.held()),
            payment.dueAt(), payment.application(), payment.attempt(), payment.waiter(), payment.told(), payment.reference()
        };
    }

    private static Transaction read(ResultSet row) throws SQLException {
        return new Transaction(row.getString("reference"),
                row.getString("application"),
                row.getString("operation"),
                row.getString("account"),
                row.getString("short_code"),
                StoredText.read(row.getString("idempotency_key")),
                row.getInt("attempt"),
                PaymentStatus.valueOf(row.getString("status")),
                row.getString("fingerprint"),
                amount(row),
                StoredText.read(row.getString("phone_number")),
                StoredText.read(row.getString("account_reference")),
                StoredText.read(row.getString("own_id")),
                StoredJson.readTexts(row.getString("metadata")),
                Session.instant(row, "created_at"),
                Session.instant(row, "updated_at"),
                StoredJson.read(row.getString("acknowledgement"), Acknowledgement.class),
                StoredJson.read(row.getString("outcome"), Outcome.class),
                row.getBoolean("disputed"),
                row.getInt("questions"),
                StoredJson.read(row.getString("held"), Outcome.class),
                Session.instant(row, "due_at"),
                row.getString("waiter"),
                row.getInt("told"));
    }

    // H2 forgets how it was written
    private static BigDecimal amount(ResultSet row) throws SQLException {
        BigDecimal amount = row.getBigDecimal("amount");
        return amount == null ? null : amount.setScale(row.getInt("amount_scale"));
    }
}
