package io.github.cameldaraja.examples.hawtio;

import org.apache.camel.main.Main;

/** Camel Main with Jolokia on a port of its own, for a Hawtio that runs elsewhere. Settings are in {@code agent.properties}. */
public final class AgentApp {

    private AgentApp() {
    }

    /** The program, not started. */
    public static Main create() {
        Main main = new Main();
        main.setPropertyPlaceholderLocations("classpath:agent.properties");
        main.configure().addRoutesBuilder(new DeskRoutes());
        return main;
    }

    /** Runs until the process is ended. */
    public static void main(String[] args) throws Exception {
        Parent.endWith();
        create().run(args);
    }
}
