package io.github.cameldaraja.examples.gateway;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cameldaraja.transaction.jdbc.JdbcTransactionRepository;
import io.github.cameldaraja.transaction.jdbc.TurnTransactionManager;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.spi.Registry;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Binds what the routes and the component use. One {@code DataSource} for all: else a webhook and the mark that its route was told
 * could not be one transaction.
 */
public class GatewayBeans implements CamelConfiguration {

    // the component's own threads, those that run routes and send webhooks, and a few for requests
    private static final int CONNECTIONS = 40;

    @Override
    public void configure(CamelContext camelContext) {
        Registry registry = camelContext.getRegistry();
        HikariDataSource dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(camelContext.resolvePropertyPlaceholders("{{gateway.database}}"));
        dataSource.setMaximumPoolSize(CONNECTIONS);
        dataSource.setMinimumIdle(1);
        registry.bind("dataSource", HikariDataSource.class, dataSource, null, "close");

        String secret = camelContext.resolvePropertyPlaceholders("{{gateway.secret}}");
        JdbcTransactionRepository repository = new JdbcTransactionRepository(dataSource);
        repository.setSecret(secret);
        Clock bound = registry.findSingleByType(Clock.class);
        Clock clock = bound == null ? Clock.systemUTC() : bound;
        repository.setClock(clock);
        registry.bind("repository", repository);
        TurnTransactionManager transactions = new TurnTransactionManager(repository);
        registry.bind("transactions", transactions);

        new ResourceDatabasePopulator(new ClassPathResource("gateway.sql")).execute(dataSource);
        TurnTemplate sql = new TurnTemplate(dataSource, new TransactionTemplate(transactions));
        Clients clients = new Clients(name -> camelContext.resolvePropertyPlaceholders("{{" + name + ":}}").strip(), clock);
        registry.bind("clients", clients);
        registry.bind("payments", new Payments(repository, clock));
        registry.bind("webhooks", new Webhooks(sql, clients, secret, clock, setting(camelContext, Duration.class, "webhookPause"),
                setting(camelContext, Integer.class, "webhookAttempts"), setting(camelContext, Duration.class, "webhookRetention")));
        // it is the table that says when to try again
        registry.bind("onlyOnce", (HttpClientConfigurer) HttpClientBuilder::disableAutomaticRetries);
    }

    private static <T> T setting(CamelContext camelContext, Class<T> type, String name) {
        return camelContext.getTypeConverter().convertTo(type, camelContext.resolvePropertyPlaceholders("{{gateway." + name + "}}"));
    }
}
