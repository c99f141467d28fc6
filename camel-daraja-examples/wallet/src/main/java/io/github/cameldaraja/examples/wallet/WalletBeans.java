package io.github.cameldaraja.examples.wallet;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cameldaraja.transaction.jdbc.JdbcTransactionRepository;
import io.github.cameldaraja.transaction.jdbc.TurnTransactionManager;
import java.time.Clock;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;

/**
 * Binds what the routes and the component use. One {@code DataSource} for all: else what a route writes and the mark that it was
 * told could not be one transaction.
 */
public class WalletBeans implements CamelConfiguration {

    // the component's own threads, those that run routes, and a few for pages
    private static final int CONNECTIONS = 24;

    @Override
    public void configure(CamelContext camelContext) {
        Registry registry = camelContext.getRegistry();
        HikariDataSource dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(camelContext.resolvePropertyPlaceholders("{{wallet.database}}"));
        dataSource.setMaximumPoolSize(CONNECTIONS);
        dataSource.setMinimumIdle(1);
        registry.bind("dataSource", HikariDataSource.class, dataSource, null, "close");

        JdbcTransactionRepository payments = new JdbcTransactionRepository(dataSource);
        payments.setSecret(camelContext.resolvePropertyPlaceholders("{{wallet.secret}}"));
        Clock clock = registry.findSingleByType(Clock.class);
        if (clock != null) {
            payments.setClock(clock);
        }
        registry.bind("payments", payments);
        registry.bind("transactions", new TurnTransactionManager(payments));
        registry.bind("wallets", Wallets.open(dataSource));
        registry.bind("topUps", new TopUps());
    }
}
