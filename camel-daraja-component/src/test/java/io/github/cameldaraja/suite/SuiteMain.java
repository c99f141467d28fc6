package io.github.cameldaraja.suite;

import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;

/** Camel Main with the routes of {@link PaymentSuite}. */
final class SuiteMain implements AutoCloseable {

    private final SuiteRoutes routes = new SuiteRoutes();
    private final Main main = new Main();

    SuiteMain(Map<String, String> settings) {
        Properties properties = new Properties();
        properties.putAll(settings);
        main.setDefaultPropertyPlaceholderLocation("false");
        main.setOverrideProperties(properties);
        main.configure().addRoutesBuilder(routes);
        main.start();
    }

    CamelContext camelContext() {
        return main.getCamelContext();
    }

    SuiteRoutes routes() {
        return routes;
    }

    @Override
    public void close() {
        main.stop();
    }
}
