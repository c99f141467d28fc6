package io.github.cameldaraja.suite;

import io.github.cameldaraja.Ports;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Camel Main, and callbacks where they come by default: netty-http. */
class MainPaymentsTest extends PaymentSuite {

    private static SuiteMain main;

    @BeforeAll
    static void start() {
        int port = Ports.free();
        Map<String, String> settings = settings("http://127.0.0.1:" + port);
        settings.put("camel.component.daraja.callback-port", Integer.toString(port));
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
