package io.github.cameldaraja.transaction.jdbc;

import io.github.cameldaraja.transaction.Transaction;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals anew, with the present secret, what was sealed with the one before: some rows at a time, from table to table, round after
 * round, until a round has found nothing. Then the secret before can be taken out.
 */
final class Renewal {

    private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);

    @FunctionalInterface
    private interface Step {
        void renew(Session session, String id) throws SQLException;
    }

    private record Scan(String sql, Step step) {
    }

    private final Vault vault;
    private final PaymentTable payments;
    private final DeliveryTable deliveries;
    private final RawCallbackTable callbacks;
    private final List<Scan> scans;
    // where this round stands; each row is looked at once in a round
    private int table;
    private String position = "";
    private int found;

    Renewal(Vault vault) {
        this.vault = vault;
        this.payments = new PaymentTable(vault);
        this.deliveries = new DeliveryTable(vault);
        this.callbacks = new RawCallbackTable(vault);
        this.scans = List.of(new Scan(scan("daraja_payment", "reference"), this::renewPayment),
                new Scan(scan("daraja_personal", "reference"), this::renewPayment),
                new Scan(scan("daraja_delivery", "reference"), (session, id) -> deliveries.renew(session, id, vault.previousId())),
                new Scan(scan("daraja_raw_callback", "id"), callbacks::renew));
    }

    private static String scan(String table, String id) {
        return "select distinct " + id + " from " + table + " where key_id = ? and " + id + " > ? order by " + id
                + " fetch first ? rows only";
    }

    /** How many rows it was about; 0 at the end of a round. */
    int renew(Session session, int limit) throws SQLException {
        if (vault.previousId() == null) {
            return 0;
        }
        while (table < scans.size()) {
            Scan scan = scans.get(table);
            List<String> ids = session.all(row -> row.getString(1), scan.sql(), vault.previousId(), position, limit);
            for (String id : ids) {
                scan.step().renew(session, id);
                position = id;
            }
            found += ids.size();
            if (ids.size() == limit) {
                return limit;
            }
            table++;
            position = "";
        }
        return endRound();
    }

    // what a round has found may have been written again meanwhile by a node that still has the other secret
    private int endRound() {
        int renewed = found;
        table = 0;
        found = 0;
        if (renewed == 0) {
            LOG.info("Nothing is encrypted with previousSecret any more: take it out when all nodes have the new secret");
        }
        return renewed;
    }

    private void renewPayment(Session session, String reference) throws SQLException {
        Transaction payment = payments.lock(session, reference);
        if (payment != null) {
            payments.renew(session, payment);
        }
    }
}
