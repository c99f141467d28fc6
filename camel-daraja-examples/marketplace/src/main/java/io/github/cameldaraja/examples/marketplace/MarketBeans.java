package io.github.cameldaraja.examples.marketplace;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cameldaraja.transaction.jdbc.JdbcTransactionRepository;
import io.github.cameldaraja.transaction.jdbc.TurnTransactionManager;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;
import org.apache.camel.util.TimeUtils;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Binds what the routes and the component use. One {@code DataSource} for all: else what a route writes and the mark that it was
 * told could not be one transaction.
 */
public class MarketBeans implements CamelConfiguration {

    // the component's own threads, those that run routes, those that send, and a few for pages
    private static final int CONNECTIONS = 36;

    @Override
    public void configure(CamelContext camelContext) {
        Registry registry = camelContext.getRegistry();
        HikariDataSource dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(setting(camelContext, "market.database"));
        dataSource.setMaximumPoolSize(CONNECTIONS);
        dataSource.setMinimumIdle(1);
        registry.bind("dataSource", HikariDataSource.class, dataSource, null, "close");

        JdbcTransactionRepository payments = new JdbcTransactionRepository(dataSource);
        payments.setSecret(setting(camelContext, "market.secret"));
        Clock bound = registry.findSingleByType(Clock.class);
        Clock clock = bound == null ? Clock.systemUTC() : bound;
        payments.setClock(clock);
        registry.bind("payments", payments);
        TurnTransactionManager transactions = new TurnTransactionManager(payments);
        registry.bind("transactions", transactions);

        TransactionTemplate transaction = new TransactionTemplate(transactions);
        OrderTable table = OrderTable.open(dataSource, transaction);
        registry.bind("orders", new Orders(table, transaction, clock,
                new BigDecimal(setting(camelContext, "market.commission"))));
        registry.bind("legs", new Legs(table, clock,
                Duration.ofMillis(TimeUtils.toMilliSeconds(setting(camelContext, "market.pause")))));
        registry.bind("outcomes", new Outcomes(table, clock));
    }

    private static String setting(CamelContext camelContext, String name) {
        return camelContext.resolvePropertyPlaceholders("{{" + name + "}}");
    }
}
