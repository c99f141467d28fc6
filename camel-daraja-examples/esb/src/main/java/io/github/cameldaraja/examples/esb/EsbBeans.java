package io.github.cameldaraja.examples.esb;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cameldaraja.transaction.jdbc.JdbcTransactionRepository;
import java.time.Clock;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.spi.Registry;
import org.springframework.jms.connection.CachingConnectionFactory;

/** Starts the broker, and binds what the routes and the component use. */
public class EsbBeans implements CamelConfiguration {

    // the component's own threads, and those that run routes
    private static final int CONNECTIONS = 30;

    @Override
    public void configure(CamelContext camelContext) throws Exception {
        Registry registry = camelContext.getRegistry();
        int deliveries = Integer.parseInt(setting(camelContext, "esb.deliveries"));
        Broker broker = new Broker(setting(camelContext, "esb.broker"), setting(camelContext, "esb.data") + "/broker",
                setting(camelContext, "esb.payouts"), setting(camelContext, "esb.outcomes"), setting(camelContext, "esb.dead"),
                deliveries, Long.parseLong(setting(camelContext, "esb.redeliveryDelay")));
        registry.bind("broker", Broker.class, broker, null, "close");
        // one factory for queues and dead letters: else they could not be one transaction
        CachingConnectionFactory connections =
                new CachingConnectionFactory(new ActiveMQConnectionFactory(setting(camelContext, "esb.broker")));
        registry.bind("connections", CachingConnectionFactory.class, connections, null, "destroy");
        JmsComponent jms = new JmsComponent();
        jms.setConnectionFactory(connections);
        camelContext.addComponent("jms", jms);

        HikariDataSource dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(setting(camelContext, "esb.database"));
        dataSource.setMaximumPoolSize(CONNECTIONS);
        dataSource.setMinimumIdle(1);
        registry.bind("dataSource", HikariDataSource.class, dataSource, null, "close");
        JdbcTransactionRepository repository = new JdbcTransactionRepository(dataSource);
        repository.setSecret(setting(camelContext, "esb.secret"));
        Clock clock = registry.findSingleByType(Clock.class);
        if (clock != null) {
            repository.setClock(clock);
        }
        registry.bind("repository", repository);
        if (registry.lookupByName("payouts") == null) {
            registry.bind("payouts", new Payouts(deliveries));
        }
    }

    private static String setting(CamelContext camelContext, String name) {
        return camelContext.resolvePropertyPlaceholders("{{" + name + "}}");
    }
}
