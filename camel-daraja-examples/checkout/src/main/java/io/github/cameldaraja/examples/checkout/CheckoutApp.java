package io.github.cameldaraja.examples.checkout;

import java.util.Locale;
import org.apache.camel.main.Main;

/** The shop as a program. Settings are in {@code application.properties}; {@code -Ddsl=yaml} takes the routes from YAML. */
public final class CheckoutApp {

    /** The language that the routes are written in. */
    public enum Dsl {
        JAVA, YAML
    }

    private CheckoutApp() {
    }

    /** The shop, not started. */
    public static Main create(Dsl dsl) {
        Main main = new Main();
        main.configure().addConfiguration(CheckoutBeans.class);
        main.configure().addRoutesBuilder(new ShopPages());
        if (dsl == Dsl.JAVA) {
            main.configure().addRoutesBuilder(new CheckoutRoutes());
        } else {
            main.configure().withRoutesIncludePattern("classpath:checkout.camel.yaml");
        }
        return main;
    }

    /** Runs until the process is ended. */
    public static void main(String[] args) throws Exception {
        if (Boolean.getBoolean("endWithParent")) {
            ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(0)));
        }
        create(Dsl.valueOf(System.getProperty("dsl", "java").toUpperCase(Locale.ROOT))).run(args);
    }
}
