package io.github.cameldaraja.transaction.jdbc;

import io.github.cameldaraja.api.PaymentIds;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Safaricom's ids of requests, hashed, for some end with a phone number; and whose they are. */
final class RequestIdTable {

    private final Vault vault;

    RequestIdTable(Vault vault) {
        this.vault = vault;
    }

    /** These ids lead to that payment, whoever had them. */
    void put(Session session, PaymentIds ids, String reference) throws SQLException {
        for (String id : sorted(ids)) {
            boolean put = false;
            while (!put) {
                // first the update: an insert that fails holds the row with others in MariaDB, and then all want to change it
                put = session.update("update daraja_request_id set reference = ? where id = ?", reference, id) == 1
                        || insert(session, id, reference);
            }
        }
    }

    /** These ids lead to that payment if they lead nowhere yet. */
    void add(Session session, PaymentIds ids, String reference) throws SQLException {
        for (String id : sorted(ids)) {
            insert(session, id, reference);
        }
    }

    /** The reference of the payment that the first known of the ids leads to, or null. */
    String holder(Session session, PaymentIds ids) throws SQLException {
        for (String id : keys(ids).toList()) {
            String reference = session.first(row -> row.getString(1), "select reference from daraja_request_id where id = ?", id);
            if (reference != null) {
                return reference;
            }
        }
        return null;
    }

    /** Nothing leads to that payment any more. */
    void forget(Session session, String reference) throws SQLException {
        session.update("delete from daraja_request_id where reference = ?", reference);
    }

    private static boolean insert(Session session, String id, String reference) throws SQLException {
        return session.insertIfAbsent("insert into daraja_request_id (id, reference) values (?, ?)", id, reference);
    }

    // two that add the same ids must not wait for each other
    private List<String> sorted(PaymentIds ids) {
        return keys(ids).distinct().sorted().toList();
    }

    private Stream<String> keys(PaymentIds ids) {
        return Stream.of(ids.checkoutRequestId(), ids.conversationId(), ids.originatorConversationId()).filter(Objects::nonNull)
                .map(id -> vault.index("id", id));
    }
}
