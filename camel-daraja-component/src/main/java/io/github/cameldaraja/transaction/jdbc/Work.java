package io.github.cameldaraja.transaction.jdbc;

import java.sql.SQLException;

/** What is done in one database transaction; may run more than once, but only one run is committed. */
@FunctionalInterface
interface Work<T> {

    T in(Session session) throws SQLException;
}
