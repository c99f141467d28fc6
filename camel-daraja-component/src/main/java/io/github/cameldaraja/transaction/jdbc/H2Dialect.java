package io.github.cameldaraja.transaction.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** H2 in a file or on a server: safe against the death of the process, not against a power cut. */
final class H2Dialect implements Dialect {

    private static final String UNIQUE_VIOLATION = "23505";
    private static final String LOCK_TIMEOUT = "HYT00";

    @Override
    public String product() {
        return "H2";
    }

    @Override
    public Map<String, String> types() {
        // its numeric has no fixed point of its own: without a scale it cuts the cents off
        return Map.of("decimal", "decfloat", "bytes", "varbinary");
    }

    @Override
    public void checkGround(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet path = statement.executeQuery("select database_path()")) {
                if (!path.next() || path.getString(1) == null) {
                    throw new IllegalStateException("payments cannot be kept in an H2 database in memory, which forgets them"
                            + " with the process: use a file (jdbc:h2:file:…)");
                }
            }
            // by default H2 writes up to half a second after it has answered a commit
            statement.execute("set write_delay 0");
        }
    }

    @Override
    public String insertIfAbsent(String insert) {
        return insert;
    }

    @Override
    public boolean isTaken(SQLException failure) {
        // only the statement is undone
        return UNIQUE_VIOLATION.equals(failure.getSQLState());
    }

    @Override
    public boolean hasLostARace(SQLException failure) {
        return Dialect.isUndone(failure) || LOCK_TIMEOUT.equals(failure.getSQLState());
    }
}
