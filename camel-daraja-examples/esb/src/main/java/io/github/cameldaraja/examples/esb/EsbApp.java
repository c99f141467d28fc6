package io.github.cameldaraja.examples.esb;

import java.util.Locale;
import org.apache.camel.main.Main;

/** The bus as a program. Settings are in {@code application.properties}; {@code -Ddsl=yaml} takes the routes from YAML. */
public final class EsbApp {

    /** The language that the routes are written in. */
    public enum Dsl {
        JAVA, YAML
    }

    private EsbApp() {
    }

    /** The bus, not started. */
    public static Main create(Dsl dsl) {
        Main main = new Main();
        main.configure().addConfiguration(EsbBeans.class);
        if (dsl == Dsl.JAVA) {
            main.configure().addRoutesBuilder(new EsbRoutes());
        } else {
            main.configure().withRoutesIncludePattern("classpath:esb.camel.yaml");
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
