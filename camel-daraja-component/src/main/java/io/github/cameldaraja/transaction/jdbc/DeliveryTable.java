package io.github.cameldaraja.transaction.jdbc;

import io.github.cameldaraja.api.Alerts;
import io.github.cameldaraja.api.Outcome;
import io.github.cameldaraja.transaction.Delivery;
import io.github.cameldaraja.transaction.DeliveryState;
import io.github.cameldaraja.transaction.Interest;
import io.github.cameldaraja.transaction.Node;
import io.github.cameldaraja.transaction.OutboxCounts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Outcomes on their way to routes, one row for each taker; each change of hands is one conditional update. */
final class DeliveryTable {

    private static final String INSERT = "insert into daraja_delivery (outcome, key_id, attempt, state, node, due_at, application,"
            + " operation, account, since, reference, number, group_name) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String THIS = " where reference = ? and number = ? and group_name = ?";
    private static final String OURS = THIS + " and state = 'HELD' and node = ? and attempt = ?";
    private static final String IS_LOST = "d.node <> ? and not exists (select 1 from daraja_node n where n.id = d.node"
            + " and n.alive_until > ?)";
    private static final String EARLIER = "select 1 from daraja_delivery e where e.reference = %s and e.number < %s"
            + " and e.group_name = %s and e.state in ('FREE', 'OFFERED', 'HELD')";
    private static final String UNREADABLE = "unreadable";
    private static final String IS_NEXT = "not exists (" + EARLIER.formatted("d.reference", "d.number", "d.group_name") + ")";

    private final Vault vault;

    DeliveryTable(Vault vault) {
        this.vault = vault;
    }

    /**
     * Takes it in.
     *
     * @return it as it is now: free if it must wait for an earlier one
     */
    Delivery insert(Session session, Delivery told) throws SQLException {
        Delivery delivery = told.state() == DeliveryState.HELD && told.number() > 1 && isBehind(session, told)
                ? told.letGo(told.dueAt()) : told;
        Outcome outcome = delivery.outcome();
        Sealed sealed = vault.seal(StoredJson.write(outcome), row(delivery.reference(), delivery.number()));
        session.update(INSERT, sealed.value(), sealed.keyId(), delivery.attempt(), delivery.state().name(), delivery.node(),
                delivery.dueAt(), delivery.application(), outcome.operation(), outcome.account(), delivery.since(),
                delivery.reference(), delivery.number(), group(delivery));
        return delivery;
    }

    // an earlier outcome of the payment is not told yet
    private static boolean isBehind(Session session, Delivery delivery) throws SQLException {
        return session.first(row -> true, EARLIER.formatted("?", "?", "?"), delivery.reference(), delivery.number(),
                group(delivery)) != null;
    }

    /** Locks what this node may take, and takes it. What cannot be read is parked. */
    Claimed<Delivery> claim(Session session, Node node, Collection<Interest> interests, Instant now, int limit) throws SQLException {
        List<Object> values = new ArrayList<>(List.of(node.application(), now, node.id()));
        String free = "false";
        if (!interests.isEmpty()) {
            values.add(node.id());
            values.add(now);
            free = "(d.state = 'FREE' or d.state in ('OFFERED', 'HELD') and " + IS_LOST + ") and (" + interests.stream()
                    .map(interest -> concerns(interest, values)).collect(Collectors.joining(" or ")) + ")";
        }
        values.add(limit);
        List<Outcome> unreadable = new ArrayList<>();
        List<Delivery> due = session.all(this::readOrStandIn, "select * from daraja_delivery d where d.application = ?"
                + " and d.due_at <= ? and (d.state = 'OFFERED' and d.node = ? or " + free + ") and " + IS_NEXT
                + " order by d.due_at, d.reference fetch first ? rows only for update skip locked", values.toArray());
        List<Delivery> held = new ArrayList<>();
        for (Delivery found : due) {
            Delivery one = found.heldBy(node.id());
            if (isStandIn(found)) {
                session.update("update daraja_delivery set state = 'PARKED', node = null, due_at = null" + THIS, one.reference(),
                        one.number(), group(one));
                unreadable.add(found.outcome());
                continue;
            }
            held.add(one);
            session.update("update daraja_delivery set state = 'HELD', node = ?, attempt = ?" + THIS, node.id(), one.attempt(),
                    one.reference(), one.number(), group(one));
        }
        return new Claimed<>(held, unreadable);
    }

    private static String concerns(Interest interest, List<Object> values) {
        values.add(interest.operation());
        values.add(interest.group());
        if (interest.account() == null) {
            return "d.operation = ? and d.group_name in ('', ?)";
        }
        values.add(interest.account());
        return "d.operation = ? and d.group_name in ('', ?) and d.account = ?";
    }

    List<Delivery> heldBy(Session session, Node node) throws SQLException {
        return session.all(this::readOrStandIn, "select * from daraja_delivery where application = ? and state = 'HELD' and node = ?"
                + " order by since", node.application(), node.id()).stream().filter(one -> !isStandIn(one)).toList();
    }

    /** Takes it away if it is its holder's still. */
    boolean remove(Session session, Delivery held) throws SQLException {
        return session.update("delete from daraja_delivery" + OURS, held.reference(), held.number(), group(held), held.node(),
                held.attempt()) == 1;
    }

    /** Writes what has become of it if it is its holder's still. */
    boolean replace(Session session, Delivery held, Delivery after) throws SQLException {
        if (held.isAlert() && after.state() == DeliveryState.DELIVERED) {
            // that it was raised is known elsewhere
            return remove(session, held);
        }
        // its outcome changes only when it goes
        return session.update("update daraja_delivery set group_name = ?, attempt = ?, state = ?, node = ?, due_at = ?"
                + (after.outcome() == null ? ", outcome = null, key_id = null" : "") + OURS, group(after), after.attempt(),
                after.state().name(), after.node(), after.dueAt(), held.reference(), held.number(), group(held), held.node(), held.attempt()) == 1;
    }

    List<Delivery> parked(Session session, String application, int limit) throws SQLException {
        return session.all(this::readOrStandIn, "select * from daraja_delivery where application = ? and state = 'PARKED'"
                + " order by since, reference fetch first ? rows only", application, limit);
    }

    boolean release(Session session, Delivery.Id id, Instant now) throws SQLException {
        return session.update("update daraja_delivery set state = 'FREE', attempt = 1, due_at = ?" + THIS + " and state = 'PARKED'",
                now, id.reference(), id.number(), id.group() == null ? "" : id.group()) == 1;
    }

    /** Frees what it holds or is offered. */
    void free(Session session, Node node) throws SQLException {
        session.update("update daraja_delivery set state = 'FREE', node = null where application = ?"
                + " and state in ('HELD', 'OFFERED') and node = ?", node.application(), node.id());
    }

    /** How many of that group were not delivered and are gone. */
    int forget(Session session, String application, String group) throws SQLException {
        return session.update("delete from daraja_delivery where application = ? and group_name = ?"
                + " and state in ('FREE', 'OFFERED', 'PARKED')", application, group);
    }

    /** Those of a payment that a route has not taken yet. */
    List<Delivery> undelivered(Session session, String reference) throws SQLException {
        return session.all(this::read, "select * from daraja_delivery where reference = ? and state <> 'DELIVERED'"
                + " order by number, group_name", reference);
    }

    /** Whether every route that is concerned has taken everything. */
    boolean isTold(Session session, String reference) throws SQLException {
        return session.first(row -> 1, "select 1 from daraja_delivery where reference = ? and state <> 'DELIVERED'"
                + " fetch first 1 rows only", reference) == null;
    }

    /** Forgets those of a payment. */
    void delete(Session session, String reference) throws SQLException {
        session.update("delete from daraja_delivery where reference = ?", reference);
    }

    /** Seals with the present secret what was sealed with that other one. */
    void renew(Session session, String reference, String keyId) throws SQLException {
        for (Delivery old : session.all(this::read, "select * from daraja_delivery where reference = ? and key_id = ?", reference,
                keyId)) {
            Sealed sealed = vault.seal(StoredJson.write(old.outcome()), row(reference, old.number()));
            // unless it was delivered meanwhile, or given to a group: then the next time
            session.update("update daraja_delivery set outcome = ?, key_id = ?" + THIS + " and key_id = ?", sealed.value(),
                    sealed.keyId(), reference, old.number(), group(old), keyId);
        }
    }

    OutboxCounts count(Session session, String application, Instant now) throws SQLException {
        return session.first(row -> new OutboxCounts(row.getInt(1), row.getInt(2), Session.instant(row, "oldest")),
                "select count(case when state <> 'PARKED' then 1 end), count(case when state = 'PARKED' then 1 end),"
                        + " min(case when state = 'FREE' and due_at <= ? then due_at end) oldest from daraja_delivery"
                        + " where application = ? and operation <> ? and state in ('FREE', 'OFFERED', 'HELD', 'PARKED')", now, application,
                Alerts.NAME);
    }

    private Delivery read(ResultSet row) throws SQLException {
        String outcome = vault.open(Sealed.of(row, "outcome"), row(row.getString("reference"), row.getInt("number")));
        return read(row, StoredJson.read(outcome, Outcome.class));
    }

    // with what stands in clear in the place of what cannot be read
    private Delivery readOrStandIn(ResultSet row) throws SQLException {
        try {
            return read(row);
        } catch (UnreadableException e) {
            return read(row, Outcome.builder().reference(row.getString("reference")).operation(row.getString("operation"))
                    .account(row.getString("account")).resultCode(UNREADABLE).resultDescription(e.getMessage()).build());
        }
    }

    private static boolean isStandIn(Delivery delivery) {
        Outcome outcome = delivery.outcome();
        return outcome != null && outcome.status() == null && UNREADABLE.equals(outcome.resultCode());
    }

    private static Delivery read(ResultSet row, Outcome outcome) throws SQLException {
        String group = row.getString("group_name");
        return new Delivery(row.getString("reference"), row.getInt("number"), group.isEmpty() ? null : group,
                row.getString("application"), outcome, row.getInt("attempt"),
                DeliveryState.valueOf(row.getString("state")), row.getString("node"), Session.instant(row, "due_at"),
                Session.instant(row, "since"));
    }

    // not of a group: what is shared out stays the same, and may get a group in its place
    private static String row(String reference, int number) {
        return "delivery/" + reference + '/' + number;
    }

    private static String group(Delivery delivery) {
        return delivery.group() == null ? "" : delivery.group();
    }
}
