package io.github.cameldaraja.examples.checkout;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cameldaraja.transaction.jdbc.JdbcTransactionRepository;
import java.time.Clock;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;

/** Binds the shop's orders, and the component's payments, each in a database of its own. */
public class CheckoutBeans implements CamelConfiguration {

    @Override
    public void configure(CamelContext camelContext) {
        Registry registry = camelContext.getRegistry();
        // one connection: if the shop is killed while two change its file, H2 may keep half of what either has done
        HikariDataSource orders = bind(camelContext, "dataSource", "{{shop.database}}", 1);
        HikariDataSource forPayments = bind(camelContext, "paymentsDataSource", "{{shop.payments}}", 8);

        JdbcTransactionRepository payments = new JdbcTransactionRepository(forPayments);
        payments.setSecret(camelContext.resolvePropertyPlaceholders("{{shop.secret}}"));
        Clock clock = registry.findSingleByType(Clock.class);
        if (clock != null) {
            payments.setClock(clock);
        }
        registry.bind("payments", payments);
        registry.bind("orders", new Orders(orders));
    }

    private static HikariDataSource bind(CamelContext camelContext, String name, String url, int connections) {
        HikariDataSource dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(camelContext.resolvePropertyPlaceholders(url));
        dataSource.setMaximumPoolSize(connections);
        dataSource.setMinimumIdle(1);
        camelContext.getRegistry().bind(name, HikariDataSource.class, dataSource, null, "close");
        return dataSource;
    }
}
