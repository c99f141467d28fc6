package io.github.cameldaraja.transaction.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A value as the database has it: encrypted.
 *
 * @param keyId which key opens it
 */
record Sealed(String keyId, byte[] value) {

    /** The value in that column, with its key's id in {@code key_id}; null if there is none. */
    static Sealed of(ResultSet row, String column) throws SQLException {
        byte[] value = row.getBytes(column);
        return value == null ? null : new Sealed(row.getString("key_id"), value);
    }
}
