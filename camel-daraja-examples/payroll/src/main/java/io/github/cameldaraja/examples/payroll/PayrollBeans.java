package io.github.cameldaraja.examples.payroll;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cameldaraja.transaction.jdbc.JdbcTransactionRepository;
import io.github.cameldaraja.transaction.jdbc.TurnTransactionManager;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Binds what the routes and the component use. One {@code DataSource} for all: else what a route writes and the mark that it was
 * told could not be one transaction.
 */
public class PayrollBeans implements CamelConfiguration {

    // the component's own threads, those that run routes, those that send, and a few for pages
    private static final int CONNECTIONS = 40;

    @Override
    public void configure(CamelContext camelContext) {
        Registry registry = camelContext.getRegistry();
        HikariDataSource dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(camelContext.resolvePropertyPlaceholders("{{payroll.database}}"));
        dataSource.setMaximumPoolSize(CONNECTIONS);
        dataSource.setMinimumIdle(1);
        registry.bind("dataSource", HikariDataSource.class, dataSource, null, "close");

        Clock clock = registry.findSingleByType(Clock.class);
        JdbcTransactionRepository payments = new JdbcTransactionRepository(dataSource);
        payments.setSecret(camelContext.resolvePropertyPlaceholders("{{payroll.secret}}"));
        if (clock != null) {
            payments.setClock(clock);
        }
        registry.bind("payments", payments);
        TurnTransactionManager transactions = new TurnTransactionManager(payments);
        registry.bind("transactions", transactions);

        new ResourceDatabasePopulator(new ClassPathResource("payroll.sql")).execute(dataSource);
        TransactionTemplate transaction = new TransactionTemplate(transactions);
        JdbcTemplate sql = new TurnTemplate(dataSource, transaction);
        Path out = Path.of(camelContext.resolvePropertyPlaceholders("{{payroll.folder}}"), "out");
        Runs runs = new Runs(sql, clock == null ? Clock.systemUTC() : clock);
        registry.bind("intake", new Intake(sql, transaction, runs, new Traces(out)));
        registry.bind("reports", new Reports(sql, out));
        registry.bind("payroll", new Payroll(new Lines(sql, transaction, UUID.randomUUID().toString()), runs,
                camelContext.resolvePropertyPlaceholders("{{payroll.account}}"),
                setting(camelContext, Duration.class, "{{payroll.balancePeriod}}"),
                setting(camelContext, Integer.class, "{{payroll.attempts}}")));
    }

    private static <T> T setting(CamelContext camelContext, Class<T> type, String placeholder) {
        return camelContext.getTypeConverter().convertTo(type, camelContext.resolvePropertyPlaceholders(placeholder));
    }
}
