package io.github.cameldaraja.transaction.jdbc;

import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Our tables, beside whatever else lives in that schema; brought up to date at start, by one node at a time. */
final class Schema {

    private static final String MIGRATIONS = "classpath:io/github/cameldaraja/transaction/jdbc";
    private static final String HISTORY = "daraja_schema_history";

    private Schema() {
    }

    /**
     * Brings the tables up to date.
     *
     * @param types what differs in the scripts
     */
    static void migrate(DataSource dataSource, Map<String, String> types) {
        Flyway.configure(Schema.class.getClassLoader())
                .dataSource(dataSource)
                .locations(MIGRATIONS)
                .table(HISTORY)
                .placeholders(types)
                // the user's own tables may be there already
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }
}
