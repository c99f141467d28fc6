package io.github.cameldaraja.suite;

import io.github.cameldaraja.Ports;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.servlet.CamelHttpTransportServlet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A servlet container that was there before us, as in an ESB: callbacks come to Camel's servlet, at the container's port and path. */
class ServletPaymentsTest extends PaymentSuite {

    private static Server container;
    private static SuiteMain main;

    @BeforeAll
    static void start() throws Exception {
        int port = Ports.free();
        container = new Server();
        ServerConnector connector = new ServerConnector(container);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        container.addConnector(connector);
        ServletContextHandler application = new ServletContextHandler("/bank");
        ServletHolder servlet = new ServletHolder("CamelServlet", new CamelHttpTransportServlet());
        servlet.setInitOrder(1);
        application.addServlet(servlet, "/pay/*");
        container.setHandler(application);
        container.start();
        Map<String, String> settings = settings("http://127.0.0.1:" + port + "/bank/pay");
        settings.put("camel.component.daraja.callback-component-name", "servlet");
        // what is left of the URL when the container has taken its part
        settings.put("camel.component.daraja.callback-path", "/");
        main = new SuiteMain(settings);
    }

    @AfterAll
    static void stop() throws Exception {
        main.close();
        container.stop();
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
