package io.github.cameldaraja.examples.reconciliation;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cameldaraja.transaction.jdbc.JdbcTransactionRepository;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;
import org.apache.camel.util.TimeUtils;

/** Binds what the routes and the component use: one database for the ledger, the balances and the tables of a run. */
public class ReconciliationBeans implements CamelConfiguration {

    // the component's own threads, and a few for routes
    private static final int CONNECTIONS = 12;

    @Override
    public void configure(CamelContext camelContext) {
        Registry registry = camelContext.getRegistry();
        HikariDataSource dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(camelContext.resolvePropertyPlaceholders("{{reconciliation.database}}"));
        dataSource.setMaximumPoolSize(CONNECTIONS);
        dataSource.setMinimumIdle(1);
        registry.bind("dataSource", HikariDataSource.class, dataSource, null, "close");

        JdbcTransactionRepository payments = new JdbcTransactionRepository(dataSource);
        payments.setSecret(camelContext.resolvePropertyPlaceholders("{{reconciliation.secret}}"));
        Clock clock = registry.findSingleByType(Clock.class);
        if (clock == null) {
            clock = Clock.systemUTC();
        } else {
            payments.setClock(clock);
        }
        registry.bind("payments", payments);

        WorkTables tables = WorkTables.open(dataSource);
        String shortCode = camelContext.resolvePropertyPlaceholders("{{camel.component.daraja.shortCode}}");
        Duration lag = Duration.ofMillis(TimeUtils.toMilliSeconds(camelContext.resolvePropertyPlaceholders("{{reconciliation.lag}}")));
        Balances balances = new Balances(dataSource, clock);
        registry.bind("balances", balances);
        registry.bind("statement", new Statement(tables));
        registry.bind("reconciliation", new Reconciliation(clock, lag, tables, new LedgerCopy(payments, shortCode, tables), balances,
                Path.of(camelContext.resolvePropertyPlaceholders("{{reconciliation.folder}}")), shortCode));
    }
}
