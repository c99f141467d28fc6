package io.github.cameldaraja.examples.gateway;

import io.github.cameldaraja.simulator.DarajaSimulator;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.springframework.jdbc.core.JdbcTemplate;

/** The gateway, started on this machine beside a simulated Safaricom. */
final class LocalGateway implements AutoCloseable {

    /** As in application.properties. */
    static final String SECRET = "ThisSecretIsPublicAndProtectsNobody0001";

    private final Main main;
    private final String url;

    private LocalGateway(DarajaSimulator safaricom, GatewayApp.Dsl dsl, Path data, Map<String, String> more) {
        int port = Program.freePort();
        url = "http://127.0.0.1:" + port;
        main = GatewayApp.create(dsl);
        // no shutdown hook: who opened it closes it
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        // the gateway lives in Safaricom's time, which a test moves
        main.bind("clock", safaricom.clock());
        settings(safaricom, port, Program.freePort(), data).forEach(main::addOverrideProperty);
        more.forEach(main::addOverrideProperty);
    }

    /** Opens it with settings that overrule {@code application.properties}. */
    static LocalGateway open(DarajaSimulator safaricom, GatewayApp.Dsl dsl, Path data, Map<String, String> settings) {
        LocalGateway gateway = new LocalGateway(safaricom, dsl, data, settings);
        try {
            gateway.main.start();
        } catch (Exception e) {
            gateway.close();
            throw new IllegalStateException(e);
        }
        return gateway;
    }

    /** What a test sets, here or for a process of its own. */
    static Map<String, String> settings(DarajaSimulator safaricom, int port, int callbacks, Path data) {
        Map<String, String> settings = new HashMap<>();
        settings.put("gateway.data", data.toAbsolutePath().toString());
        settings.put("gateway.webhookPeriod", "20");
        settings.put("gateway.pull", "200");
        settings.put("gateway.firstPull", "500");
        settings.put("gateway.client.shop.perMinute", "100000");
        settings.put("camel.rest.port", String.valueOf(port));
        // stopping waits that long for threads that take longer anyway
        settings.put("camel.component.netty-http.shutdownTimeout", "20");
        settings.put("camel.component.daraja.baseUrl", safaricom.baseUrl());
        settings.put("camel.component.daraja.callbackBaseUrl", "http://127.0.0.1:" + callbacks);
        settings.put("camel.component.daraja.callbackPort", String.valueOf(callbacks));
        // the simulator stands any pace; what it shows still follows its own clock
        settings.put("camel.component.daraja.querySpacing", "0");
        settings.put("camel.main.shutdownTimeout", "5");
        return settings;
    }

    String url() {
        return url;
    }

    CamelContext context() {
        return main.getCamelContext();
    }

    JdbcTemplate database() {
        return new JdbcTemplate(main.lookup("dataSource", DataSource.class));
    }

    @Override
    public void close() {
        main.stop();
    }
}
