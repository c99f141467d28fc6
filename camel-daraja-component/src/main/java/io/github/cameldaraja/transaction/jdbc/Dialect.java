package io.github.cameldaraja.transaction.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** What differs between databases. Nothing else may: a database that needs more than this is not supported. */
interface Dialect {

    /** Of the database behind the connection; any other than those we test is refused, however well it speaks SQL. */
    static Dialect of(Connection connection) throws SQLException {
        String found = connection.getMetaData().getDatabaseProductName();
        List<Dialect> known = List.of(new H2Dialect(), new PostgresDialect(), new MariaDbDialect());
        return known.stream().filter(dialect -> dialect.product().equals(found)).findFirst().orElseThrow(() ->
                new IllegalStateException("payments cannot be kept in " + found + ": only in "
                        + String.join(", ", known.stream().map(Dialect::product).toList())
                        + (found.equals("MySQL") ? "; to reach a MariaDB server use its own driver, org.mariadb.jdbc" : "")));
    }

    /** The name by which its driver knows it. */
    String product();

    /**
     * What differs in the scripts: {@code text} of any length, {@code decimal} of any scale, {@code bytes}, {@code time} to the
     * microsecond, and {@code table}, what ends the definition of a table.
     */
    Map<String, String> types();

    /** What Flyway needs to know it, or null. */
    default String flywayModule() {
        return null;
    }

    /** Sets for the whole database what must be set. */
    default void prepare(Connection connection) throws SQLException {
    }

    /** Sets what must hold for the transaction that begins on that connection. */
    default void begin(Connection connection) throws SQLException {
    }

    /** Whether a crash may leave half of a transaction if another one has written meanwhile. */
    default boolean changesOneByOne() {
        return false;
    }

    /**
     * Makes sure that what is committed survives a crash, and that the database is one that we test.
     *
     * @throws IllegalStateException if it would not, with the cure
     */
    void checkGround(Connection connection) throws SQLException;

    /**
     * Makes sure that the tables are as the scripts have made them.
     *
     * @throws IllegalStateException if they are not, with the cure
     */
    default void checkTables(Connection connection) throws SQLException {
    }

    /** Whether what a script has done stays when it fails half way. */
    default boolean keepsHalfOfAScript() {
        return false;
    }

    /** A time as the driver takes it. */
    default Object time(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    /** The insert that does no harm where the row is taken: it changes nothing, or fails as {@link #isTaken} tells. */
    String insertIfAbsent(String insert);

    /** Whether an insert failed because the row is taken, and the transaction can go on. */
    boolean isTaken(SQLException failure);

    /** Whether somebody else was in the way: nothing was stored, and the next time nobody may be. */
    boolean hasLostARace(SQLException failure);

    /** Whether the database has undone the transaction, as after a deadlock; not 40003: that one may have been stored. */
    static boolean isUndone(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && state.startsWith("40") && !state.equals("40003");
    }
}
