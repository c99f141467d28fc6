package io.github.cameldaraja.crash;

class PostgresTwoNodesTest extends TwoNodes {

    @Override
    Ground ground() {
        return Grounds.postgres();
    }
}
