package io.github.cameldaraja.crash;

class PostgresStoreDownTest extends StoreDown {

    @Override
    Ground ground() {
        return Grounds.postgres();
    }
}
