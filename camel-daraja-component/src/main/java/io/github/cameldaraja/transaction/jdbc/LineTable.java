package io.github.cameldaraja.transaction.jdbc;

import io.github.cameldaraja.transaction.Line;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Who had the last turn in each line; who looks holds the row until the end of the transaction. */
final class LineTable {

    private final Vault vault;

    LineTable(Vault vault) {
        this.vault = vault;
    }

    /** Who had the last turn; nobody else comes before the end of the transaction. */
    Line.Place lock(Session session, Line line) throws SQLException {
        String name = hash(line);
        while (true) {
            // looked for first: an insert that finds a row there locks it in MariaDB, and two that do could not go on
            if (session.first(row -> true, "select 1 from daraja_line where name = ?", name) == null) {
                // does no harm should nothing come of it
                session.insertIfAbsent("insert into daraja_line (name, reference, free_at, before_at) values (?, ?, ?, ?)", name,
                        Line.Place.NOBODY.reference(), Line.Place.NOBODY.freeAt(), Line.Place.NOBODY.before());
            }
            Line.Place place = session.lock(row -> new Line.Place(row.getString("reference"), Session.instant(row, "free_at"),
                    Session.instant(row, "before_at")), "select reference, free_at, before_at from daraja_line where name = ?"
                    + " for update", name);
            if (place != null) {
                return place;
            }
            // it was taken away this very moment, for it was old
        }
    }

    /** Gives the turn to somebody; the row is locked. */
    void take(Session session, Line line, Line.Place place) throws SQLException {
        session.update("update daraja_line set reference = ?, free_at = ?, before_at = ? where name = ?", place.reference(),
                place.freeAt(), place.before(), hash(line));
    }

    /** Takes away old ones; how many. */
    int purge(Session session, Instant before, int limit) throws SQLException {
        List<String> past = session.all(row -> row.getString(1), "select name from daraja_line where free_at < ?"
                + " order by free_at, name fetch first ? rows only", before, limit);
        for (String name : past.stream().sorted().toList()) {
            session.update("delete from daraja_line where name = ? and free_at < ?", name, before);
        }
        return past.size();
    }

    private String hash(Line line) {
        return vault.index("line", line.name());
    }
}
