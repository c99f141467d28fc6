package io.github.cameldaraja.transaction.jdbc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import org.junit.jupiter.api.Test;

class DialectTest {

    @Test
    void anotherDatabaseIsRefusedByName() {
        DatabaseMetaData metaData = proxy(DatabaseMetaData.class, "MariaDB");
        Connection connection = proxy(Connection.class, metaData);

        assertThatThrownBy(() -> Dialect.of(connection))
                .hasMessage("payments cannot be kept in MariaDB: only in H2 or PostgreSQL");
    }

    private static <T> T proxy(Class<T> type, Object answer) {
        return type.cast(Proxy.newProxyInstance(DialectTest.class.getClassLoader(), new Class<?>[] {type},
                (proxy, method, arguments) -> answer));
    }
}
