package io.github.cameldaraja.transaction.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DialectTest {

    @ParameterizedTest
    @ValueSource(strings = {"Apache Derby", "Oracle", "Microsoft SQL Server", "HSQL Database Engine", "DB2/LINUXX8664", "SQLite"})
    void anotherDatabaseIsRefusedByName(String name) {
        assertThatThrownBy(() -> Dialect.of(database(name, 1, 0)))
                .hasMessage("payments cannot be kept in " + name + ": only in H2, PostgreSQL, MariaDB");
    }

    @Test
    void mySqlIsRefusedAndItsDriverToo() {
        assertThatThrownBy(() -> Dialect.of(database("MySQL", 8, 0))).hasMessageStartingWith("payments cannot be kept in MySQL")
                .hasMessageContaining("to reach a MariaDB server use its own driver, org.mariadb.jdbc");
    }

    @ParameterizedTest
    @CsvSource({"MariaDB,10,5,10.6", "MariaDB,5,5,10.6", "PostgreSQL,11,3,12", "H2,2,1,2.2", "H2,1,4,2.2"})
    void anOldVersionIsRefused(String name, int major, int minor, String needed) throws SQLException {
        Connection connection = database(name, major, minor, "REGULAR");
        Dialect dialect = Dialect.of(connection);

        assertThatThrownBy(() -> {
            dialect.prepare(connection);
            dialect.checkGround(connection);
        }).hasMessageContaining("its version is " + major).hasMessageContaining(", and " + needed + " is the first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CockroachDB CCL v23.1.11", "PostgreSQL 11.2-YB-2.19.0.0-b0 on x86_64",
        "PostgreSQL 8.0.2 on i686-pc-linux-gnu, Redshift 1.0.48805", "PostgreSQL 12.12 (Greenplum Database 7.0.0) on x86_64"})
    void aRelativeOfPostgresIsRefused(String version) throws SQLException {
        Connection connection = database("PostgreSQL", 15, 0, version);
        Dialect dialect = Dialect.of(connection);

        assertThatThrownBy(() -> dialect.checkGround(connection)).hasMessageContaining(version);
    }

    @Test
    void whatMayHaveBeenStoredIsNotDoneAgain() {
        for (Dialect dialect : List.of(new H2Dialect(), new PostgresDialect(), new MariaDbDialect())) {
            assertThat(dialect.hasLostARace(new SQLException("deadlock", "40001"))).isTrue();
            assertThat(dialect.hasLostARace(new SQLException("unknown", "40003"))).isFalse();
            assertThat(dialect.hasLostARace(new SQLException("gone", "08006"))).isFalse();
            assertThat(dialect.hasLostARace(new SQLException("no state"))).isFalse();
        }
    }

    /** One that answers each query with one row of that value. */
    private static Connection database(String name, int major, int minor, String... values) {
        DatabaseMetaData metaData = proxy(DatabaseMetaData.class, Map.of("getDatabaseProductName", name,
                "getDatabaseMajorVersion", major, "getDatabaseMinorVersion", minor, "getDatabaseProductVersion", major + "." + minor));
        return (Connection) Proxy.newProxyInstance(DialectTest.class.getClassLoader(), new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getMetaData" -> metaData;
                    case "prepareStatement" -> statement(values);
                    default -> null;
                });
    }

    private static PreparedStatement statement(String... values) {
        Iterator<String> rows = List.of(values).iterator();
        ResultSet result = (ResultSet) Proxy.newProxyInstance(DialectTest.class.getClassLoader(), new Class<?>[] {ResultSet.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "next" -> rows.hasNext();
                    case "getString" -> rows.next();
                    case "getInt" -> {
                        rows.next();
                        yield 2000;
                    }
                    default -> null;
                });
        return proxy(PreparedStatement.class, Map.of("executeQuery", result));
    }

    private static <T> T proxy(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(DialectTest.class.getClassLoader(), new Class<?>[] {type},
                (proxy, method, arguments) -> answers.get(method.getName())));
    }
}
