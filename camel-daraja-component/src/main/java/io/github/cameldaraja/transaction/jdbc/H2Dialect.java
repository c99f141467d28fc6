package io.github.cameldaraja.transaction.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** H2 in a file or on a server: safe against the death of the process, not against a power cut. */
final class H2Dialect implements Dialect {

    private static final String UNIQUE_VIOLATION = "23505";
    private static final String LOCK_TIMEOUT = "HYT00";
    private static final String SETTING = "select setting_value from information_schema.settings where setting_name = ?";
    private static final String DEFAULT_WRITE_DELAY = "500";
    private static final int SHORTEST_WAIT_MILLIS = 500;

    @Override
    public String product() {
        return "H2";
    }

    @Override
    public Map<String, String> types() {
        // its numeric has no fixed point of its own: without a scale it cuts the cents off
        return Map.of("text", "varchar", "decimal", "decfloat", "bytes", "varbinary", "time", "timestamp(6) with time zone",
                "table", "");
    }

    @Override
    public void prepare(Connection connection) throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        Session session = new Session(connection, this);
        String path = session.first(row -> row.getString(1), "select database_path()");
        String delay = setting(session, "WRITE_DELAY");
        String mode = setting(session, "MODE");
        int wait = session.first(row -> row.getInt(1), "select lock_timeout()");
        new Ground("H2")
                .must(metaData.getDatabaseMajorVersion() > 2 || metaData.getDatabaseMajorVersion() == 2
                        && metaData.getDatabaseMinorVersion() >= 2, "its version is " + metaData.getDatabaseProductVersion()
                        + ", and 2.2 is the first that can skip what is locked")
                .must(path != null && !isInMemory(path), "it is in memory, and forgets them with the process; use a file"
                        + " (jdbc:h2:file:…)")
                .must("REGULAR".equals(mode), "its mode is " + mode + ", and only REGULAR is tested; take MODE out of the URL")
                .must(wait >= SHORTEST_WAIT_MILLIS, "LOCK_TIMEOUT is " + wait + " ms, too short for two that change one payment; take"
                        + " it out of the URL")
                // one that a URL sets is set again by each new connection of a pool
                .must(DEFAULT_WRITE_DELAY.equals(delay) || "0".equals(delay), writeDelay(delay))
                .check();
        try {
            begin(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("payments cannot be kept in this H2: its user may not change WRITE_DELAY; make it an"
                    + " administrator with ALTER USER … ADMIN TRUE", e);
        }
    }

    // By default H2 writes up to half a second after it has answered a commit. It shows the setting also after it has closed its file,
    // as it does when a pool is empty for a moment, and opened it again; but then it does not heed it.
    @Override
    public void begin(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set write_delay 0");
        }
    }

    @Override
    public boolean changesOneByOne() {
        return true;
    }

    @Override
    public void checkGround(Connection connection) throws SQLException {
        String delay = setting(new Session(connection, this), "WRITE_DELAY");
        new Ground("H2").must("0".equals(delay), writeDelay(delay)).check();
    }

    private static String writeDelay(String delay) {
        return "WRITE_DELAY is " + delay + " ms, so that it answers before it has written; take it out of the URL, or, if it is not"
                + " there, run SET WRITE_DELAY 0 once";
    }

    private static String setting(Session session, String name) throws SQLException {
        return session.first(row -> row.getString(1), SETTING, name);
    }

    private static boolean isInMemory(String path) {
        String system = path.substring(0, path.indexOf(':') + 1);
        return system.equals("memFS:") || system.equals("memLZF:") || system.equals("nioMemFS:") || system.equals("nioMemLZF:");
    }

    @Override
    public boolean keepsHalfOfAScript() {
        return true;
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
