package io.github.cameldaraja.transaction.jdbc;

import io.github.cameldaraja.transaction.RawCallback;
import java.sql.SQLException;

/** Messages that could not be settled, as they came. */
final class RawCallbackTable {

    void insert(Session session, RawCallback callback) throws SQLException {
        session.update("insert into daraja_raw_callback (reference, account, received_at, verdict, sender, body)"
                + " values (?, ?, ?, ?, ?, ?)", StoredText.write(callback.reference()), StoredText.write(callback.account()),
                callback.receivedAt(), callback.verdict().name(), StoredText.write(callback.sender()), callback.body());
    }
}
