package io.github.cameldaraja.crash;

import org.junit.jupiter.api.Tag;

@Tag("long")
class PostgresCrashPointsTest extends CrashPoints {

    @Override
    Ground ground() {
        return Grounds.postgres();
    }
}
