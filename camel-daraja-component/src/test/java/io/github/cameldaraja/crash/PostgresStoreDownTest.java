package io.github.cameldaraja.crash;

import org.junit.jupiter.api.Tag;

@Tag("long")
class PostgresStoreDownTest extends StoreDown {

    @Override
    Ground ground() {
        return Grounds.postgres();
    }
}
