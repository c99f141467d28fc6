package io.github.cameldaraja.examples.chaos.node;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The application's own tables, beside the component's. */
public final class Tables {

    private static final String[] DDL = {
            // each message that a route received, never deduplicated
            "create table if not exists chaos_heard (id bigserial primary key, order_id varchar, reference varchar, operation varchar,"
                    + " status varchar, receipt varchar, amount numeric, result_code varchar, source varchar, verdict varchar,"
                    + " via varchar, node varchar, at timestamptz)",
            // what the application believes
            "create table if not exists chaos_ledger (reference varchar, direction varchar, order_id varchar, amount numeric,"
                    + " receipt varchar, node varchar, at timestamptz, primary key (reference, direction))",
            // what it has answered to its client
            "create table if not exists chaos_order (order_id varchar primary key, reference varchar, answered varchar, at timestamptz)",
            // what is to go back; done once the request is acknowledged, or its outcome is known
            "create table if not exists chaos_return (order_id varchar primary key, receipt varchar not null, amount numeric not null,"
                    + " taken_until timestamptz not null default '-infinity', done boolean not null default false)",
            "create index if not exists chaos_return_due on chaos_return (taken_until) where not done"
    };

    private Tables() {
    }

    /** Once, before the first node starts. */
    public static void create(DataSource database) {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            for (String sql : DDL) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
