package io.github.cameldaraja.transaction.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** What differs between databases. Nothing else may: a database that needs more than this is not supported. */
interface Dialect {

    /** Of the database behind the connection; any other than those we test is refused, however well it speaks SQL. */
    static Dialect of(Connection connection) throws SQLException {
        String found = connection.getMetaData().getDatabaseProductName();
        List<Dialect> known = List.of(new H2Dialect(), new PostgresDialect());
        return known.stream().filter(dialect -> dialect.product().equals(found)).findFirst().orElseThrow(() ->
                new IllegalStateException("payments cannot be kept in " + found + ": only in "
                        + String.join(" or ", known.stream().map(Dialect::product).toList())));
    }

    /** The name by which its driver knows it. */
    String product();

    /** The types whose names differ: {@code decimal}, of any scale, and {@code bytes}. */
    Map<String, String> types();

    /**
     * Makes sure that what is committed survives a crash.
     *
     * @throws IllegalStateException if it would not, with the cure
     */
    void checkGround(Connection connection) throws SQLException;

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
