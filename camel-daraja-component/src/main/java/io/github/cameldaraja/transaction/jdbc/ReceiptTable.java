package io.github.cameldaraja.transaction.jdbc;

import io.github.cameldaraja.transaction.References;
import java.sql.SQLException;

/** Who holds which receipt; the primary key decides who was first. */
final class ReceiptTable {

    /**
     * Takes a receipt for a payment.
     *
     * @return whether it holds the receipt now
     */
    boolean take(Session session, String shortCode, String receipt, String reference) throws SQLException {
        return session.insertIfAbsent("insert into daraja_receipt (short_code, receipt, reference) values (?, ?, ?)",
                shortCode, key(receipt), reference) || reference.equals(holder(session, shortCode, receipt));
    }

    /** The reference of the payment that holds it, or null. */
    String holder(Session session, String shortCode, String receipt) throws SQLException {
        return session.first(row -> row.getString(1), "select reference from daraja_receipt where short_code = ? and receipt = ?",
                shortCode, key(receipt));
    }

    private static String key(String receipt) {
        return StoredText.key(References.canonical(receipt));
    }
}
