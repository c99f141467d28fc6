package io.github.cameldaraja.crash;

import org.junit.jupiter.api.Tag;

@Tag("long")
class PostgresTwoNodesTest extends TwoNodes {

    @Override
    Ground ground() {
        return Grounds.postgres();
    }
}
