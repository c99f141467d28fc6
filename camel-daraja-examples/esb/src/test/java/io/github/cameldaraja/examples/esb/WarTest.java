package io.github.cameldaraja.examples.esb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.SimulatorSettings;
import jakarta.jms.Message;
import jakarta.servlet.ServletContextListener;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bus in a servlet container: what web.xml names is started there, and Safaricom calls the container's port. */
class WarTest {

    @TempDir
    Path data;

    @Test
    void theContainerStartsItAndTakesTheCallbacks() throws Exception {
        int port = Program.freePort();
        int broker = Program.freePort();
        Server container = new Server();
        ServerConnector connector = new ServerConnector(container);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        container.addConnector(connector);
        ServletContextHandler application = new ServletContextHandler("/bank");
        application.addEventListener(listener());
        container.setHandler(application);
        try (DarajaSimulator safaricom = DarajaSimulator.start(SimulatorSettings.defaults())) {
            safaricom.books().deposit(safaricom.credentials().shortCode(), "Utility Account", BigDecimal.valueOf(1_000));
            Map<String, String> settings = LocalEsb.settings(safaricom, broker, port, data);
            settings.put("camel.component.daraja.callbackBaseUrl", "http://127.0.0.1:" + port + "/bank" + EsbListener.PATH);
            settings.remove("camel.component.daraja.callbackPort");
            // as in a container, which has no other way to say them
            settings.forEach(System::setProperty);
            try {
                container.start();
                try (Queues queues = new Queues("tcp://127.0.0.1:" + broker)) {
                    queues.send("payouts", "{\"phoneNumber\": \"0722000001\", \"amount\": 300}", Map.of());
                    List<Message> told = new ArrayList<>();
                    await().until(() -> told.addAll(queues.take("payout-outcomes")));
                    assertThat(told.get(0).getStringProperty("DarajaStatus")).isEqualTo("COMPLETED");
                }
                assertThat(safaricom.callbacks()).isNotEmpty().allSatisfy(callback -> assertThat(callback.status()).isEqualTo(200));
            } finally {
                container.stop();
                settings.keySet().forEach(System::clearProperty);
            }
        }
    }

    private static ServletContextListener listener() throws Exception {
        String name = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(Path.of("src", "main", "webapp", "WEB-INF", "web.xml").toFile())
                .getElementsByTagName("listener-class").item(0).getTextContent();
        return (ServletContextListener) Class.forName(name).getConstructor().newInstance();
    }
}
