package io.github.cameldaraja.examples.subscription;

import java.math.BigDecimal;
import java.time.Clock;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.spi.Registry;
import org.h2.jdbcx.JdbcConnectionPool;

/** What the routes call, put together from {@code application.properties}. */
public class SubscriptionBeans implements CamelConfiguration {

    @Override
    public void configure(CamelContext camelContext) {
        Registry registry = camelContext.getRegistry();
        Clock bound = registry.findSingleByType(Clock.class);
        Clock clock = bound == null ? Clock.systemUTC() : bound;
        Offer offer = new Offer(setting(camelContext, "camel.component.daraja.shortCode"),
                new BigDecimal(setting(camelContext, "subscription.price")),
                Integer.parseInt(setting(camelContext, "subscription.renewals")));
        Database database = new Database(dataSource(camelContext));
        Payments payments = new Payments(database);
        Subscribers subscribers = new Subscribers(database);
        StandingOrders orders = new StandingOrders(database);
        Plans plans = new Plans(clock, offer, payments, subscribers, orders);
        registry.bind("payments", payments);
        registry.bind("plans", plans);
        registry.bind("activations", new Activations(offer, payments, subscribers, plans));
        registry.bind("renewals", new Renewals(offer, subscribers, orders, plans));
    }

    private static DataSource dataSource(CamelContext camelContext) {
        return JdbcConnectionPool.create(setting(camelContext, "subscription.database.url"),
                setting(camelContext, "subscription.database.user"), setting(camelContext, "subscription.database.password"));
    }

    private static String setting(CamelContext camelContext, String name) {
        return camelContext.resolvePropertyPlaceholders("{{" + name + "}}");
    }
}
