package io.github.cameldaraja.transaction.jdbc;

import java.sql.SQLException;

/** How far things have been read. */
final class CursorTable {

    String reached(Session session, String name) throws SQLException {
        return StoredText.read(session.first(row -> row.getString(1), "select reached from daraja_cursor where name = ?",
                StoredText.key(name)));
    }

    void move(Session session, String name, String position) throws SQLException {
        String key = StoredText.key(name);
        String reached = StoredText.write(position);
        if (!session.insertIfAbsent("insert into daraja_cursor (name, reached) values (?, ?)", key, reached)) {
            session.update("update daraja_cursor set reached = ? where name = ?", reached, key);
        }
    }
}
