package io.github.cameldaraja.transaction.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Our tables, beside whatever else lives in that schema; brought up to date at start, by one node at a time. */
final class Schema {

    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);
    private static final String MIGRATIONS = "classpath:io/github/cameldaraja/transaction/jdbc";
    private static final int ATTEMPTS = 5;
    private static final String HISTORY = "daraja_schema_history";
    private static final List<MigrationState> NEWER = List.of(MigrationState.FUTURE_SUCCESS, MigrationState.FUTURE_FAILED);

    private Schema() {
    }

    /**
     * Brings the tables up to date.
     *
     * @throws IllegalStateException if a newer version of this component has upgraded them
     */
    static void migrate(DataSource dataSource, Dialect dialect) throws SQLException {
        migrate(dataSource, dialect, "latest");
    }

    /**
     * @param target the version to stop at
     */
    static void migrate(DataSource dataSource, Dialect dialect, String target) throws SQLException {
        Flyway flyway = Flyway.configure(Schema.class.getClassLoader())
                .dataSource(dataSource)
                .locations(MIGRATIONS)
                .table(HISTORY)
                .placeholders(dialect.types())
                .target(target)
                // the user's own tables may be there already
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load();
        MigrationInfo[] known = known(flyway, dialect);
        Arrays.stream(known).filter(one -> NEWER.contains(one.getState())).reduce((older, newer) -> newer).ifPresent(newer -> {
            throw new IllegalStateException("the tables of payments are at version " + newer.getVersion() + ", and this version of"
                    + " camel-daraja knows them up to " + Arrays.stream(known).filter(one -> !NEWER.contains(one.getState()))
                            .reduce((older, newest) -> newest).map(MigrationInfo::getVersion).orElse(null)
                    + ": a newer one has upgraded them; start that one, they cannot go back");
        });
        if (dialect.keepsHalfOfAScript() && hasFailed(flyway)) {
            forgetFailure(dataSource);
        }
        migrate(flyway);
    }

    private static MigrationInfo[] known(Flyway flyway, Dialect dialect) {
        try {
            return flyway.info().all();
        } catch (FlywayException e) {
            if (dialect.flywayModule() != null && String.valueOf(e.getMessage()).contains("Unsupported Database")) {
                throw new IllegalStateException("Flyway, which makes the tables of payments, does not know " + dialect.product()
                        + ": add " + dialect.flywayModule() + " to the class path", e);
            }
            throw e;
        }
    }

    // several nodes that make the first tables at once may meet while Flyway looks whether there are any; after that it has locks
    private static void migrate(Flyway flyway) {
        for (int attempt = 1; ; attempt++) {
            boolean first = flyway.info().applied().length == 0;
            try {
                flyway.migrate();
                return;
            } catch (FlywayException e) {
                if (!first || attempt == ATTEMPTS || hasFailed(flyway)) {
                    throw e;
                }
                LOG.debug("Another node makes the tables, too", e);
            }
        }
    }

    private static boolean hasFailed(Flyway flyway) {
        return Arrays.stream(flyway.info().all()).anyMatch(one -> one.getState() == MigrationState.FAILED);
    }

    // our scripts go on where they stopped, but Flyway waits for a person
    private static void forgetFailure(DataSource dataSource) throws SQLException {
        LOG.warn("An upgrade of the tables of payments has failed half way, and is gone on with");
        try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
            String quote = connection.getMetaData().getIdentifierQuoteString();
            statement.executeUpdate("delete from " + quote + HISTORY + quote + " where " + quote + "success" + quote + " = false");
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
    }
}
