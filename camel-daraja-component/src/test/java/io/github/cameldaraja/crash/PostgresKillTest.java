package io.github.cameldaraja.crash;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresKillTest extends Killing {

    @TempDir
    static Path directory;

    // one for all tests: they leave it running
    private static KillableServer server;

    private static KillableServer server() {
        if (server == null) {
            server = new KillableServer(directory);
            server.start();
        }
        return server;
    }

    @AfterAll
    static void stopServer() {
        server.kill();
        server = null;
    }

    @Override
    String url() {
        return server().url();
    }

    @Override
    Ground open() {
        return new Ground(server().database());
    }

    @Test
    void whatWasAnsweredIsFoundAfterAKill() {
        killChildren(new Random().nextLong(), 1, 1_500);
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void whatWasAnsweredIsFoundAfterManyKills(long seed) {
        killChildren(seed, 4, 3_000);
    }

    @Test
    void whatWasAnsweredIsFoundAfterAKillOfTheDatabase() {
        killDatabase(new Random().nextLong(), 800, server(), false);
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({"1, false", "2, true", "3, true"})
    void whatWasAnsweredIsFoundAfterAKillOfTheDatabaseAndItsClient(long seed, boolean childToo) {
        killDatabase(seed, 4_000, server(), childToo);
    }
}
