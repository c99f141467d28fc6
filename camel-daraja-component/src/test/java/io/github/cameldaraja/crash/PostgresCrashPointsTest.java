package io.github.cameldaraja.crash;

class PostgresCrashPointsTest extends CrashPoints {

    @Override
    Ground ground() {
        return Grounds.postgres();
    }
}
