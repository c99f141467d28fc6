package io.github.cameldaraja.transaction.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** Who alone does something for a while. Each change of hands is one conditional statement. */
final class LeaseTable {

    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

    /** Null if it is ours; else until when it is another's. */
    Instant take(Session session, String name, String holder, Instant now, Instant until) throws SQLException {
        String key = StoredText.key(name);
        while (true) {
            if (session.update("update daraja_lease set holder = ?, held_until = ? where name = ? and (held_until <= ? or holder = ?"
                    + " or held_until > ?)", holder, until, key, now, holder, until.plus(CLOCKS_APART)) == 1
                    || session.insertIfAbsent("insert into daraja_lease (name, holder, held_until) values (?, ?, ?)", key, holder, until)) {
                return null;
            }
            Instant end = session.first(row -> Session.instant(row, "held_until"), "select held_until from daraja_lease where name = ?",
                    key);
            if (end != null) {
                return end;
            }
            // it was given back this very moment
        }
    }

    boolean prolong(Session session, String name, String holder, Instant until) throws SQLException {
        return session.update("update daraja_lease set held_until = ? where name = ? and holder = ?", until, StoredText.key(name),
                holder) == 1;
    }

    boolean release(Session session, String name, String holder) throws SQLException {
        return session.update("delete from daraja_lease where name = ? and holder = ?", StoredText.key(name), holder) == 1;
    }
}
