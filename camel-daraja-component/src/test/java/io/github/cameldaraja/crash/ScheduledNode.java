package io.github.cameldaraja.crash;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cameldaraja.DarajaComponent;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import javax.sql.DataSource;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.main.Main;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.SchedulerException;
import org.quartz.listeners.JobListenerSupport;

/** A process that pulls when a clustered Quartz says so, every second, and writes down each time. */
final class ScheduledNode {

    private ScheduledNode() {
    }

    /**
     * @param args its name, URL of the database, URL of Safaricom, port for callbacks, cron, time zone
     */
    public static void main(String[] args) throws Exception {
        HikariDataSource connections = new HikariDataSource();
        connections.setJdbcUrl(args[1]);
        connections.setMaximumPoolSize(6);
        DarajaComponent component = ChildNode.component(args[2], Integer.parseInt(args[3]), Clock.systemUTC(), connections);
        Main main = new Main();
        // what a user writes into application.properties
        main.addInitialProperty("camel.main.name", "shop");
        main.addInitialProperty("camel.main.jmxEnabled", "false");
        main.addInitialProperty("camel.main.autoConfigurationLogSummary", "false");
        Quartz.clustered(args[1]).forEach((name, value) -> main.addInitialProperty("camel.component.quartz.properties[" + name + "]",
                value));
        main.bind("daraja", component);
        main.configure().addRoutesBuilder(routes(args[4], args[5], connections));
        main.init();
        main.getCamelContext().getComponent("quartz", QuartzComponent.class).getSchedulerFactory().getScheduler().getListenerManager()
                .addJobListener(new Book(args[0], connections));
        main.start();
        System.out.println("started");

        // until whoever has started it is gone
        System.in.transferTo(OutputStream.nullOutputStream());
        Runtime.getRuntime().halt(0);
    }

    private static RouteBuilder routes(String cron, String zone, DataSource connections) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("daraja:pullTransactions?lag=0s&scheduler=quartz&scheduler.cron=" + cron + "&scheduler.timeZone=" + zone
).routeId("statement")
                        .process(exchange -> CashBook.book(connections, "scheduled", "from", exchange.getMessage()));
            }
        };
    }

    /** Writes down which node did what was planned for when. */
    private static final class Book extends JobListenerSupport {

        private final String node;
        private final DataSource connections;

        private Book(String node, DataSource connections) {
            this.node = node;
            this.connections = connections;
        }

        @Override
        public String getName() {
            return "book";
        }

        @Override
        public void jobWasExecuted(JobExecutionContext job, JobExecutionException failure) {
            try (Connection connection = connections.getConnection(); PreparedStatement insert = connection.prepareStatement(
                    "insert into crash_fire (node, instance, planned, failure) values (?, ?, ?, ?)")) {
                insert.setString(1, node);
                insert.setString(2, instance(job));
                insert.setTimestamp(3, new Timestamp(job.getScheduledFireTime().getTime()));
                insert.setString(4, failure == null ? null : failure.toString());
                insert.executeUpdate();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private static String instance(JobExecutionContext job) {
            try {
                return job.getScheduler().getSchedulerInstanceId();
            } catch (SchedulerException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
