package io.github.cameldaraja.examples.wallet;

import java.util.stream.Stream;

/** In which languages the routes are tested. */
final class Dsls {

    private Dsls() {
    }

    /** In each of them with all tests ({@code -Pfull}), in Java else. */
    static Stream<WalletApp.Dsl> tested() {
        return Boolean.getBoolean("tests.full") ? Stream.of(WalletApp.Dsl.values()) : Stream.of(WalletApp.Dsl.JAVA);
    }
}
