package io.github.cameldaraja.crash;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The database itself is killed, and what comes before it is back waits on the disk. */
class DatabaseKillTest extends Killing {

    @TempDir
    Path directory;

    private KillableServer server;

    @Override
    Duration storeTimeout() {
        return Duration.ofSeconds(1);
    }

    @Override
    String url() {
        return server.url();
    }

    @Override
    Ground open() {
        if (server == null) {
            server = new KillableServer(directory);
            server.start();
        }
        return new Ground(server.database());
    }

    @AfterEach
    void stopServer() {
        server.kill();
    }

    @Test
    void whatWasAnsweredIsFoundAfterAKillOfTheDatabase() {
        killDatabase(new Random().nextLong(), 1_000, server, false);
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({"1, false", "2, true", "3, true"})
    void whatWasAnsweredIsFoundAfterAKillOfTheDatabaseAndItsClient(long seed, boolean childToo) {
        killDatabase(seed, 4_000, server, childToo);
    }
}
