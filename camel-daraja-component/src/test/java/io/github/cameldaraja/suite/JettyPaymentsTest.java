package io.github.cameldaraja.suite;

import io.github.cameldaraja.Ports;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Callbacks come to Jetty, which the component opens. */
class JettyPaymentsTest extends PaymentSuite {

    private static SuiteMain main;

    @BeforeAll
    static void start() {
        int port = Ports.free();
        Map<String, String> settings = settings("http://127.0.0.1:" + port);
        settings.put("camel.component.daraja.callback-port", Integer.toString(port));
        settings.put("camel.component.daraja.callback-component-name", "jetty");
        main = new SuiteMain(settings);
    }

    @AfterAll
    static void stop() {
        main.close();
    }

    @Override
    protected CamelContext camelContext() {
        return main.camelContext();
    }

    @Override
    protected SuiteRoutes routes() {
        return main.routes();
    }
}
