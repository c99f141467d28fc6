package io.github.cameldaraja.transaction.jdbc;

import io.github.cameldaraja.account.SharedToken;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Access tokens, encrypted. They live for an hour: one that cannot be read is replaced, and none is encrypted anew. */
final class TokenTable {

    private static final Logger LOG = LoggerFactory.getLogger(TokenTable.class);

    private final Vault vault;

    TokenTable(Vault vault) {
        this.vault = vault;
    }

    SharedToken find(Session session, String app) throws SQLException {
        return session.first(this::read, "select * from daraja_token where app = ?", app);
    }

    private SharedToken read(ResultSet row) throws SQLException {
        try {
            return new SharedToken(vault.open(Sealed.of(row, "sealed"), row(row.getString("app"))), Session.instant(row, "issued_at"),
                    Session.instant(row, "expires_at"));
        } catch (IllegalStateException e) {
            LOG.info("A stored access token is left: {}", e.getMessage());
            return null;
        }
    }

    void put(Session session, String app, SharedToken token) throws SQLException {
        Sealed sealed = vault.seal(token.value(), row(app));
        if (session.update("update daraja_token set issued_at = ?, expires_at = ?, key_id = ?, sealed = ? where app = ?",
                token.issuedAt(), token.expiresAt(), sealed.keyId(), sealed.value(), app) == 0) {
            // who has the lease is alone
            session.update("insert into daraja_token (app, issued_at, expires_at, key_id, sealed) values (?, ?, ?, ?, ?)", app,
                    token.issuedAt(), token.expiresAt(), sealed.keyId(), sealed.value());
        }
    }

    private static String row(String app) {
        return "token/" + app;
    }
}
