package io.github.cameldaraja.transaction.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** MariaDB with InnoDB. Times are kept in UTC, and texts are compared as they are written, byte by byte. */
final class MariaDbDialect implements Dialect {

    private static final int DUPLICATE_KEY = 1062;
    private static final int LOCK_WAIT_TIMEOUT = 1205;
    private static final int DEADLOCK = 1213;

    @Override
    public String product() {
        return "MariaDB";
    }

    @Override
    public Map<String, String> types() {
        // without nopad a blank at the end would be none
        return Map.of("text", "longtext", "decimal", "decimal(65,30)", "bytes", "longblob", "time", "datetime(6)",
                "table", "engine = InnoDB character set utf8mb4 collate utf8mb4_nopad_bin");
    }

    @Override
    public String flywayModule() {
        return "org.flywaydb:flyway-mysql";
    }

    @Override
    public void checkGround(Connection connection) throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        int major = metaData.getDatabaseMajorVersion();
        int minor = metaData.getDatabaseMinorVersion();
        new Ground(product()).must(major > 10 || major == 10 && minor >= 6, "its version is " + metaData.getDatabaseProductVersion()
                + ", and 10.6 is the first that can skip what is locked").check();
        Map<String, String> is = new TreeMap<>();
        new Session(connection, this).all(row -> is.put(row.getString(1).toLowerCase(), row.getString(2)), "show variables where"
                + " variable_name in ('innodb_flush_log_at_trx_commit', 'innodb_doublewrite', 'log_bin', 'sync_binlog',"
                + " 'binlog_format', 'read_only', 'sql_mode')");
        boolean logs = "ON".equals(is.get("log_bin"));
        String flush = is.get("innodb_flush_log_at_trx_commit");
        new Ground(product())
                // 3 writes even once more
                .must("1".equals(flush) || "3".equals(flush), "innodb_flush_log_at_trx_commit is " + flush + ", so that a crash may lose"
                        + " what was committed; set it to 1 for the server")
                .must(!"OFF".equals(is.get("innodb_doublewrite")), "innodb_doublewrite is OFF, so that a crash may leave torn pages;"
                        + " set it to ON for the server")
                .must(!logs || "1".equals(is.get("sync_binlog")), "it writes a binary log, and sync_binlog is " + is.get("sync_binlog")
                        + ", so that a crash may lose what was committed; set it to 1 for the server")
                .must(!logs || !"STATEMENT".equals(is.get("binlog_format")), "it writes a binary log of statements, which READ COMMITTED"
                        + " forbids; set binlog_format to ROW or MIXED for the server")
                .must(is.get("sql_mode").contains("STRICT_"), "its sql_mode is not strict, so that it cuts what is too long; add"
                        + " STRICT_TRANS_TABLES to sql_mode, for the server or in the URL (sessionVariables)")
                .must("OFF".equals(is.get("read_only")), "it is read-only: a replica; use the primary")
                .check();
    }

    @Override
    public void checkTables(Connection connection) throws SQLException {
        List<String> others = new Session(connection, this).all(row -> row.getString(1), "select table_name from"
                + " information_schema.tables where table_schema = database() and table_name like 'daraja\\_%'"
                + " and engine <> 'InnoDB'");
        new Ground(product()).must(others.isEmpty(), "the tables " + others + " have no transactions; run ALTER TABLE … ENGINE = InnoDB")
                .check();
    }

    @Override
    public boolean keepsHalfOfAScript() {
        return true;
    }

    @Override
    public Object time(Instant time) {
        return LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    }

    @Override
    public String insertIfAbsent(String insert) {
        // no "insert ignore", which also ignores what does not fit
        return insert;
    }

    @Override
    public boolean isTaken(SQLException failure) {
        // only the statement is undone
        return failure.getErrorCode() == DUPLICATE_KEY;
    }

    @Override
    public boolean hasLostARace(SQLException failure) {
        return Dialect.isUndone(failure) || failure.getErrorCode() == LOCK_WAIT_TIMEOUT || failure.getErrorCode() == DEADLOCK;
    }
}
