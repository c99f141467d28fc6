package io.github.cameldaraja.transaction.jdbc;

import io.github.cameldaraja.account.Hkdf;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * With which secrets this database was written: one row for each, which holds the index key sealed with it. Whoever cannot open it
 * finds out here, and not at the first payment.
 */
final class SecretTable {

    private static final Logger LOG = LoggerFactory.getLogger(SecretTable.class);
    /** A row that tells whether the index key is the right one; whoever inserts it has drawn it. */
    private static final String CHECK = "check";
    private static final int INDEX_KEY_BYTES = 32;
    private static final List<String> SEALED_TABLES = List.of("daraja_personal", "daraja_payment", "daraja_delivery",
            "daraja_raw_callback");

    private record Entry(String keyId, byte[] value) {
    }

    /**
     * Opens the vault, or makes it.
     *
     * @param previous or null
     * @throws IllegalStateException if these are not the secrets that the database was written with; says what to do
     */
    Vault open(Session session, SealingKey current, SealingKey previous) throws SQLException {
        create(session, current);
        List<Entry> entries = session.all(row -> new Entry(row.getString("key_id"), row.getBytes("index_key")),
                "select * from daraja_secret order by key_id");
        byte[] indexKey = null;
        List<String> unknown = new ArrayList<>();
        boolean isNew = true;
        for (Entry entry : entries) {
            if (entry.keyId().equals(current.id())) {
                indexKey = current.open(entry.value(), row(entry.keyId()));
                isNew = false;
            } else if (previous != null && entry.keyId().equals(previous.id())) {
                indexKey = previous.open(entry.value(), row(entry.keyId()));
            } else if (!entry.keyId().equals(CHECK)) {
                unknown.add(entry.keyId());
            }
        }
        if (indexKey == null) {
            throw new IllegalStateException("secret is not the one that payments were encrypted with: its key is " + current.id()
                    + ", and the database was written with " + String.join(", ", unknown) + "; give the right one, or, if it was"
                    + " changed on purpose, the one before as previousSecret");
        }
        check(entries, indexKey);
        for (String keyId : unknown) {
            leave(session, keyId);
        }
        if (isNew) {
            session.insertIfAbsent("insert into daraja_secret (key_id, index_key) values (?, ?)", current.id(),
                    current.seal(indexKey, row(current.id())).value());
        }
        return new Vault(current, previous, indexKey);
    }

    // of nodes that start together one does it, and the others wait for it here
    private static void create(Session session, SealingKey current) throws SQLException {
        byte[] indexKey = new byte[INDEX_KEY_BYTES];
        new SecureRandom().nextBytes(indexKey);
        if (!session.insertIfAbsent("insert into daraja_secret (key_id, index_key) values (?, ?)", CHECK, check(indexKey))) {
            return;
        }
        if (session.first(row -> row.getString(1), "select key_hash from daraja_key fetch first 1 rows only") != null
                || session.first(row -> row.getString(1), "select reference from daraja_payment fetch first 1 rows only") != null) {
            throw new IllegalStateException("daraja_secret is empty and payments are stored: with it the key has gone under which"
                    + " idempotency keys are known, and payments could be made twice; restore it from a backup");
        }
        session.update("insert into daraja_secret (key_id, index_key) values (?, ?)", current.id(),
                current.seal(indexKey, row(current.id())).value());
    }

    // a secret that is not given any more must not be needed any more
    private static void leave(Session session, String keyId) throws SQLException {
        for (String table : SEALED_TABLES) {
            if (session.first(row -> 1, "select 1 from " + table + " where key_id = ? fetch first 1 rows only", keyId) != null) {
                throw new IllegalStateException("some of what is stored was encrypted with another secret than those given, whose key"
                        + " is " + keyId + " (" + table + "); give it as previousSecret until the log says that it can be taken out");
            }
        }
        session.update("delete from daraja_secret where key_id = ?", keyId);
        LOG.info("Nothing is encrypted any more with the secret whose key is {}", keyId);
    }

    private static void check(List<Entry> entries, byte[] indexKey) {
        Entry check = entries.stream().filter(entry -> entry.keyId().equals(CHECK)).findFirst().orElseThrow();
        if (!MessageDigest.isEqual(check.value(), check(indexKey))) {
            throw new IllegalStateException("the rows of daraja_secret do not belong together; restore it from a backup");
        }
    }

    private static byte[] check(byte[] indexKey) {
        return Hkdf.hmac(indexKey, CHECK.getBytes(StandardCharsets.UTF_8));
    }

    private static String row(String keyId) {
        return "secret/" + keyId;
    }
}
