package io.github.cameldaraja.crash;

import java.nio.file.Path;
import java.util.Random;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class H2KillTest extends Killing {

    @TempDir
    Path directory;

    @Override
    String url() {
        return "jdbc:h2:file:" + directory.resolve("payments");
    }

    @Override
    Ground open() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL(url());
        return new Ground(database);
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
}
