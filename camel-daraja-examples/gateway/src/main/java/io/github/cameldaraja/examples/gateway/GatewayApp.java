package io.github.cameldaraja.examples.gateway;

import java.util.HexFormat;
import java.util.Locale;
import org.apache.camel.main.Main;

/** The gateway as a program. Settings are in {@code application.properties}; {@code -Ddsl=yaml} takes the routes from YAML. */
public final class GatewayApp {

    /** The language that the routes are written in. */
    public enum Dsl {
        JAVA, YAML
    }

    private GatewayApp() {
    }

    /** The gateway, not started. */
    public static Main create(Dsl dsl) {
        Main main = new Main();
        main.configure().addConfiguration(GatewayBeans.class);
        if (dsl == Dsl.JAVA) {
            main.configure().addRoutesBuilder(new GatewayRoutes());
        } else {
            main.configure().withRoutesIncludePattern("classpath:gateway.camel.yaml");
        }
        return main;
    }

    /** Runs until the process is ended; with the arguments {@code client} and a name it makes a token for that client instead. */
    public static void main(String[] args) throws Exception {
        if (args.length == 2 && args[0].equals("client")) {
            System.out.println(client(args[1], System.getProperty("gateway.secret", System.getenv("GATEWAY_SECRET"))));
            return;
        }
        if (Boolean.getBoolean("endWithParent")) {
            ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(0)));
        }
        create(Dsl.valueOf(System.getProperty("dsl", "java").toUpperCase(Locale.ROOT))).run(args);
    }

    /**
     * A new token of a client, for the client, and what of it goes into the settings.
     *
     * @param secret of the gateway; null leaves the webhook secret out
     */
    static String client(String name, String secret) {
        String token = Tokens.make(name);
        return "for the client, shown this once:\n  token          " + token
                + (secret == null ? "" : "\n  webhook secret " + Tokens.webhookSecret(secret, name))
                + "\nfor application.properties:\n  gateway.client." + name + ".tokens = "
                + HexFormat.of().formatHex(Tokens.hash(token));
    }
}
