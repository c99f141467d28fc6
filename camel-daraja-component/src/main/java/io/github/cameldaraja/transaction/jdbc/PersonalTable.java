package io.github.cameldaraja.transaction.jdbc;

import io.github.cameldaraja.transaction.PersonalData;
import io.github.cameldaraja.transaction.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;

/** The personal fields of payments, apart from these, encrypted; who changes them has locked the payment. */
final class PersonalTable {

    private final Vault vault;
    private final PhoneTable phones;

    PersonalTable(Vault vault) {
        this.vault = vault;
        this.phones = new PhoneTable(vault);
    }

    void insert(Session session, Transaction payment) throws SQLException {
        Sealed sealed = seal(payment);
        session.update("insert into daraja_personal (reference, since, key_id, sealed) values (?, ?, ?, ?)", payment.reference(),
                payment.createdAt(), sealed.keyId(), sealed.value());
        phones.add(session, payment.reference(), PersonalData.traces(payment));
    }

    /** Writes what has changed. */
    void update(Session session, Transaction before, Transaction after) throws SQLException {
        if (Personal.of(after).equals(Personal.of(before))) {
            return;
        }
        Sealed sealed = seal(after);
        if (!replace(session, after.reference(), sealed)) {
            // its fields were past their retention
            session.update("insert into daraja_personal (reference, since, key_id, sealed) values (?, ?, ?, ?)", after.reference(),
                    after.createdAt(), sealed.keyId(), sealed.value());
        }
        Set<String> traces = PersonalData.traces(after);
        if (vault.previousId() == null) {
            traces.removeAll(PersonalData.traces(before));
        }
        // else they are known by the other secret only, and nobody would look at this row again
        phones.add(session, after.reference(), traces);
    }

    /** Seals it with the present secret. */
    void renew(Session session, Transaction payment) throws SQLException {
        if (replace(session, payment.reference(), seal(payment))) {
            phones.delete(session, payment.reference());
            phones.add(session, payment.reference(), PersonalData.traces(payment));
        }
    }

    void delete(Session session, String reference) throws SQLException {
        session.update("delete from daraja_personal where reference = ?", reference);
        phones.delete(session, reference);
    }

    /** The fields of a payment whose row has been joined with ours; null if they are gone. */
    Personal read(ResultSet row) throws SQLException {
        byte[] value = row.getBytes("personal");
        return value == null ? null : StoredJson.read(vault.open(new Sealed(row.getString("personal_key_id"), value),
                row(row.getString("reference"))), Personal.class);
    }

    private boolean replace(Session session, String reference, Sealed sealed) throws SQLException {
        return session.update("update daraja_personal set key_id = ?, sealed = ? where reference = ?", sealed.keyId(),
                sealed.value(), reference) == 1;
    }

    private Sealed seal(Transaction payment) {
        return vault.seal(StoredJson.write(Personal.of(payment)), row(payment.reference()));
    }

    private static String row(String reference) {
        return "payment/" + reference;
    }
}
