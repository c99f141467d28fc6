package io.github.cameldaraja.transaction.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** PostgreSQL. */
final class PostgresDialect implements Dialect {

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    @Override
    public String product() {
        return "PostgreSQL";
    }

    @Override
    public Map<String, String> types() {
        return Map.of("decimal", "numeric", "bytes", "bytea");
    }

    @Override
    public void checkGround(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
             ResultSet settings = statement.executeQuery(
                     "select current_setting('fsync'), current_setting('synchronous_commit')")) {
            settings.next();
            String fsync = settings.getString(1);
            String synchronousCommit = settings.getString(2);
            // remote_apply and its like wait for the own disk as well
            if (!"on".equals(fsync) || "off".equals(synchronousCommit)) {
                throw new IllegalStateException("PostgreSQL may lose what it has committed: fsync is " + fsync
                        + " and synchronous_commit is " + synchronousCommit + "; both must be on");
            }
        }
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
