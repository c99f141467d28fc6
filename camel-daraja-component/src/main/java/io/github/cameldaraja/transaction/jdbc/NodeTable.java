package io.github.cameldaraja.transaction.jdbc;

import io.github.cameldaraja.transaction.Node;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** Which nodes live. */
final class NodeTable {

    private static final Duration KEPT = Duration.ofHours(1);

    void alive(Session session, Node node, Instant until) throws SQLException {
        if (session.update("update daraja_node set alive_until = ? where id = ?", until, node.id()) == 0) {
            session.insertIfAbsent("insert into daraja_node (id, application, alive_until) values (?, ?, ?)", node.id(),
                    node.application(), until);
            // the dead ones hold nothing: who is not here is not alive either
            session.update("delete from daraja_node where alive_until < ?", until.minus(KEPT));
        }
    }

    void leave(Session session, Node node) throws SQLException {
        session.update("delete from daraja_node where id = ?", node.id());
    }
}
