package io.github.cameldaraja.examples.reconciliation;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cameldaraja.transaction.jdbc.JdbcTransactionRepository;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;
import org.apache.camel.util.TimeUtils;

/**
 * Binds what the routes and the component use. Two databases: the ledger, in which nothing is written here, and a small one of our own
 * for balances and the tables of a run, so that these burden nobody.
 */
public class ReconciliationBeans implements CamelConfiguration {

    // the component's own threads, and a few for routes
    private static final int CONNECTIONS = 12;

    @Override
    public void configure(CamelContext camelContext) {
        Registry registry = camelContext.getRegistry();
        DataSource ledger = bind(camelContext, "ledger", "{{reconciliation.ledger}}");
        DataSource own = bind(camelContext, "own", "{{reconciliation.own}}");

        JdbcTransactionRepository payments = new JdbcTransactionRepository(ledger);
        payments.setSecret(camelContext.resolvePropertyPlaceholders("{{reconciliation.secret}}"));
        Clock clock = registry.findSingleByType(Clock.class);
        if (clock == null) {
            clock = Clock.systemUTC();
        } else {
            payments.setClock(clock);
        }
        registry.bind("payments", payments);

        WorkTables tables = WorkTables.open(own);
        String shortCode = camelContext.resolvePropertyPlaceholders("{{camel.component.daraja.shortCode}}");
        Duration lag = Duration.ofMillis(TimeUtils.toMilliSeconds(camelContext.resolvePropertyPlaceholders("{{reconciliation.lag}}")));
        Balances balances = new Balances(own, clock);
        registry.bind("balances", balances);
        registry.bind("statement", new Statement(tables));
        registry.bind("reconciliation", new Reconciliation(clock, lag, tables, new LedgerCopy(payments, shortCode, tables), balances,
                Path.of(camelContext.resolvePropertyPlaceholders("{{reconciliation.folder}}")), shortCode));
    }

    private static DataSource bind(CamelContext camelContext, String name, String url) {
        HikariDataSource dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(camelContext.resolvePropertyPlaceholders(url));
        dataSource.setMaximumPoolSize(CONNECTIONS);
        dataSource.setMinimumIdle(1);
        camelContext.getRegistry().bind(name, HikariDataSource.class, dataSource, null, "close");
        return dataSource;
    }
}
