package io.github.cameldaraja.examples.checkout;

import java.util.stream.Stream;

/** In which languages the routes are tested. */
final class Dsls {

    private Dsls() {
    }

    /** In each of them with all tests ({@code -Pfull}), in Java else. */
    static Stream<CheckoutApp.Dsl> tested() {
        return Boolean.getBoolean("tests.full") ? Stream.of(CheckoutApp.Dsl.values()) : Stream.of(CheckoutApp.Dsl.JAVA);
    }
}
