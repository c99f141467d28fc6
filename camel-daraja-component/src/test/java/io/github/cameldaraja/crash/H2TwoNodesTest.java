package io.github.cameldaraja.crash;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

@Tag("long")
class H2TwoNodesTest extends TwoNodes {

    @TempDir
    static Path directory;

    private static Ground ground;

    @BeforeAll
    static void openDatabase() {
        ground = Grounds.h2(directory);
    }

    @AfterAll
    static void closeDatabase() {
        ground.close();
    }

    @Override
    Ground ground() {
        return ground;
    }
}
