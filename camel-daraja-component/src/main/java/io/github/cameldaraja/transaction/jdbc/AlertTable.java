package io.github.cameldaraja.transaction.jdbc;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Which alerts were raised, so that each is raised once; and theirs in the outbox. */
final class AlertTable {

    /** False if it was raised before. */
    boolean insert(Session session, String id, Instant at) throws SQLException {
        return session.insertIfAbsent("insert into daraja_alert (id, raised_at) values (?, ?)", id, at);
    }

    /** Takes away old ones, told or not; how many. */
    int purge(Session session, Instant before, int limit) throws SQLException {
        List<String> past = session.all(row -> row.getString(1), "select id from daraja_alert where raised_at < ?"
                + " order by raised_at, id fetch first ? rows only", before, limit);
        for (String id : past) {
            session.update("delete from daraja_delivery where reference = ?", id);
            session.update("delete from daraja_alert where id = ?", id);
        }
        return past.size();
    }
}
