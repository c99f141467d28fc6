package io.github.cameldaraja.examples.marketplace;

import static org.awaitility.Awaitility.await;

import io.github.cameldaraja.management.PaymentsDesk;
import io.github.cameldaraja.simulator.DarajaSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.springframework.jdbc.core.JdbcTemplate;

/** The marketplace, started on this machine beside a simulated Safaricom. */
final class LocalMarket implements AutoCloseable {

    private final ShopWindow window;
    private final Main main;

    private LocalMarket(DarajaSimulator safaricom, MarketApp.Dsl dsl, Map<String, String> settings) {
        window = new ShopWindow("http://127.0.0.1:" + settings.get("camel.rest.port"));
        main = MarketApp.create(dsl);
        // no shutdown hook: who opened it closes it
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        // the marketplace lives in Safaricom's time, which a test moves
        main.bind("clock", safaricom.clock());
        settings.forEach(main::addOverrideProperty);
    }

    /** Opens it, and returns when it is registered. The simulator stays the caller's to close. */
    static LocalMarket open(DarajaSimulator safaricom, MarketApp.Dsl dsl, Path data) {
        return open(safaricom, dsl, settings(safaricom, freePort(), freePort(), data));
    }

    /** The same with settings that a process had before. */
    static LocalMarket open(DarajaSimulator safaricom, MarketApp.Dsl dsl, Map<String, String> settings) {
        int before = safaricom.counters().count("pull.registrations");
        LocalMarket market = new LocalMarket(safaricom, dsl, settings);
        try {
            market.main.start();
            await().until(() -> safaricom.counters().count("pull.registrations") > before);
        } catch (Exception e) {
            market.close();
            throw new IllegalStateException("the marketplace cannot be opened: " + e.getMessage(), e);
        }
        return market;
    }

    /** What a test sets, here or for a process of its own. */
    static Map<String, String> settings(DarajaSimulator safaricom, int port, int callbacks, Path data) {
        Map<String, String> settings = new HashMap<>();
        settings.put("market.data", data.toAbsolutePath().toString());
        settings.put("market.pace", "20");
        settings.put("market.pull", "100");
        settings.put("market.firstPull", "50");
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

    ShopWindow window() {
        return window;
    }

    /** The orders' own table, outside of every transaction of a route. */
    OrderTable table() {
        return new OrderTable(database());
    }

    /** Money that came for no order, by its receipt. */
    Map<String, BigDecimal> strays() {
        return strays(database());
    }

    static Map<String, BigDecimal> strays(JdbcTemplate database) {
        Map<String, BigDecimal> strays = new HashMap<>();
        database.query("select receipt, amount from stray", row -> {
            strays.put(row.getString(1), row.getBigDecimal(2));
        });
        return strays;
    }

    JdbcTemplate database() {
        return new JdbcTemplate(main.lookup("dataSource", DataSource.class));
    }

    /** Where a person decides. */
    PaymentsDesk desk() {
        return main.getCamelContext().hasService(PaymentsDesk.class);
    }

    @Override
    public void close() {
        main.stop();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
