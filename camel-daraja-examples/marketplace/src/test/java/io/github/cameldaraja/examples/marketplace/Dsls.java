package io.github.cameldaraja.examples.marketplace;

import java.util.stream.Stream;

/** In which languages the routes are tested. */
final class Dsls {

    private Dsls() {
    }

    /** In each of them with all tests ({@code -Pfull}), in Java else. */
    static Stream<MarketApp.Dsl> tested() {
        return Boolean.getBoolean("tests.full") ? Stream.of(MarketApp.Dsl.values()) : Stream.of(MarketApp.Dsl.JAVA);
    }
}
