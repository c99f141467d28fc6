package io.github.cameldaraja.crash;

import org.junit.jupiter.api.Tag;

@Tag("long")
class PostgresPayoutCrashesTest extends PayoutCrashes {

    @Override
    Ground ground() {
        return Grounds.postgres();
    }
}
