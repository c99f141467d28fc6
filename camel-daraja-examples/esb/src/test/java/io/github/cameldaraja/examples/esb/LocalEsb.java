package io.github.cameldaraja.examples.esb;

import io.github.cameldaraja.simulator.DarajaSimulator;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;

/** The bus, started on this machine beside a simulated Safaricom. */
final class LocalEsb implements AutoCloseable {

    private final Main main;
    private final String broker;

    private LocalEsb(DarajaSimulator safaricom, EsbApp.Dsl dsl, Path data, Payouts payouts) {
        int port = Program.freePort();
        broker = "tcp://127.0.0.1:" + port;
        main = EsbApp.create(dsl);
        // no shutdown hook: who opened it closes it
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        // it lives in Safaricom's time, which a test moves
        main.bind("clock", safaricom.clock());
        main.bind("payouts", payouts);
        settings(safaricom, port, Program.freePort(), data).forEach(main::addOverrideProperty);
    }

    /** Opens it. */
    static LocalEsb open(DarajaSimulator safaricom, EsbApp.Dsl dsl, Path data, Payouts payouts) {
        LocalEsb esb = new LocalEsb(safaricom, dsl, data, payouts);
        try {
            esb.main.start();
        } catch (Exception e) {
            esb.close();
            throw new IllegalStateException(e);
        }
        return esb;
    }

    /** What a test sets, here or for a process of its own. */
    static Map<String, String> settings(DarajaSimulator safaricom, int broker, int callbacks, Path data) {
        Map<String, String> settings = new HashMap<>();
        settings.put("esb.data", data.toAbsolutePath().toString());
        settings.put("esb.broker", "tcp://127.0.0.1:" + broker);
        settings.put("esb.redeliveryDelay", "20");
        settings.put("esb.deliveries", "4");
        settings.put("camel.component.netty-http.shutdownTimeout", "20");
        settings.put("camel.component.daraja.baseUrl", safaricom.baseUrl());
        settings.put("camel.component.daraja.callbackBaseUrl", "http://127.0.0.1:" + callbacks);
        settings.put("camel.component.daraja.callbackPort", String.valueOf(callbacks));
        // the simulator stands any pace; what it shows still follows its own clock
        settings.put("camel.component.daraja.querySpacing", "0");
        settings.put("camel.main.shutdownTimeout", "5");
        return settings;
    }

    String broker() {
        return broker;
    }

    @Override
    public void close() {
        main.stop();
    }
}
