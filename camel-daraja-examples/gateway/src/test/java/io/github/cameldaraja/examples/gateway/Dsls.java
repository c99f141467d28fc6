package io.github.cameldaraja.examples.gateway;

import java.util.stream.Stream;

/** In which languages the routes are tested. */
final class Dsls {

    private Dsls() {
    }

    /** In each of them with all tests ({@code -Pfull}), in Java else. */
    static Stream<GatewayApp.Dsl> tested() {
        return Boolean.getBoolean("tests.full") ? Stream.of(GatewayApp.Dsl.values()) : Stream.of(GatewayApp.Dsl.JAVA);
    }
}
