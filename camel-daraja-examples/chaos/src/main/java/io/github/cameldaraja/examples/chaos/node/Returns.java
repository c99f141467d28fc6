package io.github.cameldaraja.examples.chaos.node;

import java.math.BigDecimal;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Payments that are to go back. Each is taken again and again, by whichever node, until the request is known to have arrived. */
final class Returns {

    /** One of them. */
    record Return(String order, String receipt, BigDecimal amount) {

        String key() {
            return "R" + order;
        }
    }

    private static final int AT_ONCE = 50;
    // by the database's clock: nodes may be killed at any moment
    private static final String TAKE = "update chaos_return set taken_until = now() + interval '5 seconds' where order_id in"
            + " (select order_id from chaos_return where not done and taken_until < now() order by taken_until limit " + AT_ONCE
            + " for update skip locked) returning order_id, receipt, amount";

    private final JdbcTemplate sql;

    Returns(DataSource database) {
        this.sql = new JdbcTemplate(database);
    }

    /** What nobody has taken for a while. */
    List<Return> take() {
        return sql.query(TAKE, (row, number) -> new Return(row.getString(1), row.getString(2), row.getBigDecimal(3)));
    }

    /** The request has arrived, or its outcome is known. */
    void done(Return back) {
        sql.update("update chaos_return set done = true where order_id = ?", back.order());
    }
}
