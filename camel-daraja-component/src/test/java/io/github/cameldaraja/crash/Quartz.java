package io.github.cameldaraja.crash;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.quartz.impl.jdbcjobstore.JobStoreSupport;

/** Quartz on its tables in a PostgreSQL, for several processes. */
final class Quartz {

    private Quartz() {
    }

    /** Makes its tables, without triggers. */
    static void makeTables(Ground ground) {
        try (Connection connection = ground.connections().getConnection(); Statement statement = connection.createStatement();
             InputStream script = JobStoreSupport.class.getResourceAsStream("tables_postgres.sql")) {
            statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its settings in that database. */
    static Map<String, String> clustered(String database) {
        Map<String, String> settings = new TreeMap<>();
        Map.ofEntries(
                Map.entry("scheduler.instanceName", "shop"),
                Map.entry("scheduler.instanceId", "AUTO"),
                Map.entry("threadPool.threadCount", "2"),
                Map.entry("jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX"),
                Map.entry("jobStore.driverDelegateClass", "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate"),
                Map.entry("jobStore.isClustered", "true"),
                Map.entry("jobStore.clusterCheckinInterval", "1000"),
                Map.entry("jobStore.dataSource", "shop"),
                Map.entry("dataSource.shop.provider", "hikaricp"),
                Map.entry("dataSource.shop.driver", "org.postgresql.Driver"),
                Map.entry("dataSource.shop.URL", database),
                Map.entry("dataSource.shop.maxConnections", "4"))
                .forEach((name, value) -> settings.put("org.quartz." + name, value));
        return settings;
    }
}
