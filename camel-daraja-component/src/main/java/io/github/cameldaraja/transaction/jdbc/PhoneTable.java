package io.github.cameldaraja.transaction.jdbc;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Where a phone number stands, by its keyed hash. A subject is the reference of a payment, or the id of a message kept raw.
 */
final class PhoneTable {

    private final Vault vault;

    PhoneTable(Vault vault) {
        this.vault = vault;
    }

    void add(Session session, String subject, Collection<String> traces) throws SQLException {
        // two that add the same must not wait for each other
        TreeSet<String> hashes = new TreeSet<>();
        traces.forEach(trace -> hashes.add(vault.hash(trace)));
        for (String hash : hashes) {
            session.insertIfAbsent("insert into daraja_phone (phone_hash, subject) values (?, ?)", hash, subject);
        }
    }

    void delete(Session session, String subject) throws SQLException {
        session.update("delete from daraja_phone where subject = ?", subject);
    }

    /** Where that number stands, whichever of the secrets was used, in order. */
    List<String> subjects(Session session, String phoneNumber) throws SQLException {
        TreeSet<String> subjects = new TreeSet<>();
        for (String hash : vault.hashes(phoneNumber)) {
            subjects.addAll(session.all(row -> row.getString(1), "select subject from daraja_phone where phone_hash = ?", hash));
        }
        return List.copyOf(subjects);
    }
}
