package io.github.cameldaraja.examples.paybill;

import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;
import org.h2.jdbcx.JdbcConnectionPool;

/** Binds what the routes use, by the names that they use. */
public class PaybillBeans implements CamelConfiguration {

    @Override
    public void configure(CamelContext camelContext) {
        String url = camelContext.resolvePropertyPlaceholders("{{paybill.database}}");
        JdbcConnectionPool dataSource = JdbcConnectionPool.create(url, "sa", "");
        AccountBook book = AccountBook.open(dataSource);

        Registry registry = camelContext.getRegistry();
        registry.bind("dataSource", JdbcConnectionPool.class, dataSource, null, "dispose");
        registry.bind("book", book);
        registry.bind("check", new AccountCheck(book));
        registry.bind("cashier", new Cashier(book));
        registry.bind("prompts", new Prompts(book));
    }
}
