package io.github.cameldaraja.transaction.jdbc;

import io.github.cameldaraja.api.Verdict;
import io.github.cameldaraja.transaction.PersonalData;
import io.github.cameldaraja.transaction.RawCallback;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Messages that could not be settled; their bodies, which name people, encrypted. */
final class RawCallbackTable {

    private static final String SETTLED = " and not exists (select 1 from daraja_payment p where p.reference = r.reference"
            + " and not p.ended) and not exists (select 1 from daraja_delivery d where d.reference = r.reference"
            + " and d.state <> 'DELIVERED')";

    private final Vault vault;
    private final PhoneTable phones;

    RawCallbackTable(Vault vault) {
        this.vault = vault;
        this.phones = new PhoneTable(vault);
    }

    void insert(Session session, RawCallback callback) throws SQLException {
        String id = UUID.randomUUID().toString().replace("-", "");
        Sealed body = vault.seal(callback.body(), row(id));
        session.update("insert into daraja_raw_callback (id, reference, account, received_at, verdict, sender, key_id, body)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?)", id, StoredText.cut(callback.reference(), 100),
                StoredText.cut(callback.account(), 255), callback.receivedAt(), callback.verdict().name(),
                StoredText.cut(callback.sender(), 100), body.keyId(), body.value());
        phones.add(session, id, PersonalData.traces(callback));
    }

    RawCallback find(Session session, String id) throws SQLException {
        return session.first(this::read, "select * from daraja_raw_callback where id = ?", id);
    }

    /** Those about that payment, the oldest first. */
    List<String> about(Session session, String reference) throws SQLException {
        return session.all(row -> row.getString(1), "select id from daraja_raw_callback where reference = ? order by received_at, id",
                reference);
    }

    /** Some that came before that time and that nobody needs to decide on a payment. */
    List<String> past(Session session, Instant before, int limit) throws SQLException {
        return session.all(row -> row.getString(1), "select r.id from daraja_raw_callback r where r.received_at < ?" + SETTLED
                + " order by r.received_at, r.id fetch first ? rows only", before, limit);
    }

    /** Whether nobody needs it to decide on a payment. */
    boolean isSettled(Session session, String id) throws SQLException {
        return session.first(row -> 1, "select 1 from daraja_raw_callback r where r.id = ?" + SETTLED, id) != null;
    }

    void delete(Session session, String id) throws SQLException {
        session.update("delete from daraja_raw_callback where id = ?", id);
        phones.delete(session, id);
    }

    /** Seals it with the present secret. */
    void renew(Session session, String id) throws SQLException {
        RawCallback callback = find(session, id);
        if (callback == null) {
            return;
        }
        Sealed body = vault.seal(callback.body(), row(id));
        if (session.update("update daraja_raw_callback set key_id = ?, body = ? where id = ?", body.keyId(), body.value(), id) == 1) {
            phones.delete(session, id);
            phones.add(session, id, PersonalData.traces(callback));
        }
    }

    private RawCallback read(ResultSet row) throws SQLException {
        return new RawCallback(StoredText.read(row.getString("reference")), StoredText.read(row.getString("account")),
                Session.instant(row, "received_at"), Verdict.valueOf(row.getString("verdict")),
                StoredText.read(row.getString("sender")), vault.openBytes(Sealed.of(row, "body"), row(row.getString("id"))));
    }

    private static String row(String id) {
        return "callback/" + id;
    }
}
