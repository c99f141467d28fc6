package io.github.cameldaraja.examples.hawtio;

import java.io.IOException;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Camel Main with Jolokia. */
class AgentTest extends DeskAccess {

    private static Main main;
    private static int port;

    @BeforeAll
    static void start() throws IOException {
        port = free();
        int callbacks = free();
        main = AgentApp.create();
        main.addOverrideProperty("camel.management.port", Integer.toString(port));
        main.addOverrideProperty("camel.component.daraja.baseUrl", safaricom.baseUrl());
        main.addOverrideProperty("camel.component.daraja.callbackPort", Integer.toString(callbacks));
        main.addOverrideProperty("camel.component.daraja.callbackBaseUrl", "http://127.0.0.1:" + callbacks);
        main.start();
    }

    @AfterAll
    static void stop() {
        main.stop();
    }

    @Override
    Jolokia jolokia() {
        return new Jolokia("http://127.0.0.1:" + port + "/observe/jolokia");
    }
}
