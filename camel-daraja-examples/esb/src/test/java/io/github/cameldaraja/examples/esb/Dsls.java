package io.github.cameldaraja.examples.esb;

import java.util.stream.Stream;

/** In which languages the routes are tested. */
final class Dsls {

    private Dsls() {
    }

    /** In each of them with all tests ({@code -Pfull}), in Java else. */
    static Stream<EsbApp.Dsl> tested() {
        return Boolean.getBoolean("tests.full") ? Stream.of(EsbApp.Dsl.values()) : Stream.of(EsbApp.Dsl.JAVA);
    }
}
