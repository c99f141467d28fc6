package io.github.cameldaraja;

import io.github.cameldaraja.transaction.Transaction;
import io.github.cameldaraja.transaction.jdbc.JdbcTransactionRepository;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The same over one database that outlives every shop, and that several may share. */
abstract class DatabaseEndToEnd extends EndToEnd {

    @TempDir
    Path directory;

    private JdbcConnectionPool connections;

    @BeforeEach
    void createPool() {
        connections = JdbcConnectionPool.create("jdbc:h2:file:" + directory.resolve("payments"), "sa", "");
        connections.setMaxConnections(20);
    }

    @AfterEach
    void disposePool() {
        connections.dispose();
    }

    DataSource connections() {
        return connections;
    }

    /** One node over the database. */
    Shop newNode() {
        JdbcTransactionRepository repository = Databases.repository(connections);
        repository.setClock(safaricom.clock());
        return newShop().with(component -> component.setRepository(repository));
    }

    static Transaction stored(Shop node, String reference) {
        return node.component().getRepository().find(reference).join();
    }
}
