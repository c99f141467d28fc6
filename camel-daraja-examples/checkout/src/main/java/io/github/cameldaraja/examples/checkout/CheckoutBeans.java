package io.github.cameldaraja.examples.checkout;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cameldaraja.transaction.jdbc.JdbcTransactionRepository;
import java.time.Clock;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;

/** Binds the shop's orders, and the component's payments, in one database. */
public class CheckoutBeans implements CamelConfiguration {

    // the component's own threads, those that book, and those that take orders
    private static final int CONNECTIONS = 24;

    @Override
    public void configure(CamelContext camelContext) {
        Registry registry = camelContext.getRegistry();
        HikariDataSource dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(camelContext.resolvePropertyPlaceholders("{{shop.database}}"));
        dataSource.setMaximumPoolSize(CONNECTIONS);
        dataSource.setMinimumIdle(1);
        registry.bind("dataSource", HikariDataSource.class, dataSource, null, "close");

        JdbcTransactionRepository payments = new JdbcTransactionRepository(dataSource);
        payments.setSecret(camelContext.resolvePropertyPlaceholders("{{shop.secret}}"));
        Clock clock = registry.findSingleByType(Clock.class);
        if (clock != null) {
            payments.setClock(clock);
        }
        registry.bind("payments", payments);
        registry.bind("orders", new Orders(dataSource));
    }
}
