package io.github.cameldaraja.transaction.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** PostgreSQL. */
final class PostgresDialect implements Dialect {

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final int FIRST_VERSION = 12;
    // they call themselves PostgreSQL, and keep, lock or skip in their own ways
    private static final List<String> RELATIVES = List.of("CockroachDB", "-YB-", "Redshift", "Greenplum");

    @Override
    public String product() {
        return "PostgreSQL";
    }

    @Override
    public Map<String, String> types() {
        return Map.of("text", "varchar", "decimal", "numeric", "bytes", "bytea", "time", "timestamp(6) with time zone",
                "table", "");
    }

    @Override
    public String flywayModule() {
        return "org.flywaydb:flyway-database-postgresql";
    }

    @Override
    public void checkGround(Connection connection) throws SQLException {
        Session session = new Session(connection, this);
        String version = session.first(row -> row.getString(1), "select version()");
        if (RELATIVES.stream().anyMatch(version::contains)) {
            throw new IllegalStateException("payments cannot be kept in " + version + ": it is a relative of PostgreSQL that is not"
                    + " tested");
        }
        int major = connection.getMetaData().getDatabaseMajorVersion();
        // of this session: a role, a database or the pool may have their own
        String fsync = setting(session, "fsync");
        String commit = setting(session, "synchronous_commit");
        String pages = setting(session, "full_page_writes");
        String readOnly = setting(session, "transaction_read_only");
        new Ground("PostgreSQL")
                .must(major >= FIRST_VERSION, "its version is " + major + ", and " + FIRST_VERSION + " is the first that is served")
                .must("on".equals(fsync), "fsync is " + fsync + ", so that a crash may lose what was committed; set fsync = on for"
                        + " the server")
                // remote_apply and its like wait for the own disk as well
                .must(!"off".equals(commit), "synchronous_commit is " + commit + ", so that it answers before it has written; set it"
                        + " to on for the server, the role, the database or the pool, wherever it was switched off")
                .must("on".equals(pages), "full_page_writes is " + pages + ", so that a crash may leave torn pages; set"
                        + " full_page_writes = on for the server")
                .must("off".equals(readOnly), "it is read-only here: a standby, or default_transaction_read_only; use the primary, and"
                        + " set that to off")
                .check();
    }

    private static String setting(Session session, String name) throws SQLException {
        return session.first(row -> row.getString(1), "select current_setting(?)", name);
    }

    @Override
    public void checkTables(Connection connection) throws SQLException {
        List<String> unlogged = new Session(connection, this).all(row -> row.getString(1), "select c.relname from pg_class c"
                + " where c.relkind = 'r' and c.relpersistence <> 'p' and c.relname like 'daraja\\_%'"
                + " and c.relnamespace = current_schema()::regnamespace");
        new Ground("PostgreSQL").must(unlogged.isEmpty(), "a crash empties the tables " + unlogged + "; run ALTER TABLE … SET LOGGED")
                .check();
    }

    @Override
    public String insertIfAbsent(String insert) {
        return insert + " on conflict do nothing";
    }

    @Override
    public boolean isTaken(SQLException failure) {
        // any failure ends its transaction
        return false;
    }

    @Override
    public boolean hasLostARace(SQLException failure) {
        return Dialect.isUndone(failure) || LOCK_NOT_AVAILABLE.equals(failure.getSQLState());
    }
}
