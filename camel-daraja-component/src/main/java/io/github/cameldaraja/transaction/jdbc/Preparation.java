package io.github.cameldaraja.transaction.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at a database before payments are kept there, and makes its tables. */
final class Preparation {

    private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);
    private static final int MOST_WAITS = 6;

    private final DataSource dataSource;
    private final Duration patience;
    private volatile boolean connected;
    private volatile boolean givenUp;

    /**
     * @param patience how long nothing is said; a connection is waited for six times as long
     */
    Preparation(DataSource dataSource, Duration patience) {
        this.dataSource = dataSource;
        this.patience = patience;
    }

    /**
     * Does it on a thread of its own, for a pool may keep it waiting for ever.
     *
     * @return of the database
     */
    Dialect run(CamelContext camelContext) throws Exception {
        ExecutorService thread = camelContext.getExecutorServiceManager().newSingleThreadExecutor(this, "DarajaStoreStart");
        try {
            Future<Dialect> dialect = thread.submit(this::prepare);
            for (int waits = 1; ; waits++) {
                try {
                    return dialect.get(patience.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    tellWhy(waits);
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NoClassDefFoundError missing && String.valueOf(missing.getMessage()).contains("flyway")) {
                throw new IllegalStateException("Flyway makes the tables of payments: add org.flywaydb:flyway-core to the class path", e);
            }
            throw e.getCause() instanceof Exception failure ? failure : e;
        } finally {
            givenUp = true;
            // never interrupted: that would close the file of an H2 database under whoever else uses it
            camelContext.getExecutorServiceManager().shutdown(thread);
        }
    }

    private void tellWhy(int waits) {
        Duration waited = patience.multipliedBy(waits);
        if (connected) {
            LOG.warn("The tables of payments are being made or upgraded since {}, here or by another node", waited);
        } else if (waits < MOST_WAITS) {
            LOG.warn("The start waits since {} for two connections to the payments' database; is its pool exhausted or too small?",
                    waited);
        } else {
            throw new IllegalStateException("the pool of the payments' database has not given two connections within " + waited
                    + ": it is exhausted or too small, or the database does not answer; give the pool room for them, and a limit for"
                    + " waiting (connectionTimeout or its like)");
        }
    }

    private Dialect prepare() throws SQLException {
        Dialect dialect = look();
        Schema.migrate(dataSource, dialect);
        Database database = new Database(dataSource, dialect);
        database.run(session -> {
            dialect.checkTables(session.connection());
            return probe(session);
        });
        return dialect;
    }

    /**
     * Looks, and makes no table.
     *
     * @return which database it is
     */
    String examine() throws SQLException {
        Dialect dialect = look();
        try (Connection connection = connect()) {
            String version = connection.getMetaData().getDatabaseProductVersion();
            leave(connection);
            return dialect.product() + " " + version + ": what it has committed survives a crash";
        }
    }

    private Dialect look() throws SQLException {
        try (Connection first = connect()) {
            Dialect dialect = Dialect.of(first);
            dialect.prepare(first);
            // a pool may set up each further one in its own way
            try (Connection further = connect()) {
                dialect.checkGround(further);
                leave(further);
            }
            leave(first);
            connected = true;
            return dialect;
        }
    }

    // reading has begun a transaction where the pool says so
    private static void leave(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
    }

    private Connection connect() throws SQLException {
        Connection connection;
        try {
            connection = dataSource.getConnection();
        } catch (SQLException e) {
            throw new SQLException("the pool of the payments' database gives no connection, and two are needed to start: "
                    + e.getMessage(), e.getSQLState(), e);
        }
        if (givenUp) {
            connection.close();
            throw new SQLException("too late");
        }
        return connection;
    }

    // whatever the settings say: that it writes, compares texts as we do, and counts the rows that it finds
    private static Void probe(Session session) throws SQLException {
        String name = "probe-" + UUID.randomUUID();
        Ground ground = new Ground(session.connection().getMetaData().getDatabaseProductName());
        for (String variant : List.of(name + "-a", name + "-A", name + "-a ")) {
            ground.must(session.insertIfAbsent("insert into daraja_cursor (name, reached) values (?, ?)", variant, ""),
                    "it takes '" + variant + "' for another text; drop the daraja_ tables and make them anew with a collation that"
                            + " compares every character");
        }
        ground.must(session.update("update daraja_cursor set reached = ? where name = ?", "", name + "-a") == 1,
                "it counts changed rows instead of found ones; take useAffectedRows out of the URL");
        session.connection().rollback();
        ground.check();
        return null;
    }
}
