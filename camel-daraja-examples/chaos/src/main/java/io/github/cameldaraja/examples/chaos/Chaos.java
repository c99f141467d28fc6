package io.github.cameldaraja.examples.chaos;

import io.github.cameldaraja.examples.chaos.audit.Report;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Lets everything go wrong that can, and looks at the books afterwards: {@code mvn -q -Pchaos -Dpayments=3000 -Dseed=1}. Exits with 0
 * only if nothing is lost, twice, wrong or unresolved without reason.
 */
public final class Chaos {

    private Chaos() {
    }

    public static void main(String[] args) throws Exception {
        Settings settings;
        try {
            settings = Settings.fromSystem();
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        Path directory = Files.createTempDirectory("chaos");
        boolean clean = run(settings, directory).isClean();
        System.out.println((clean ? "The books agree." : "The books do NOT agree.") + " The nodes' logs are in " + directory);
        System.exit(clean ? 0 : 1);
    }

    static Report run(Settings settings, Path directory) throws Exception {
        try (ChaosRun run = new ChaosRun(settings, directory)) {
            return run.run();
        }
    }
}
