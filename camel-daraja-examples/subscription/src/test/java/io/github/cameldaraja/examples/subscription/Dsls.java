package io.github.cameldaraja.examples.subscription;

import java.util.stream.Stream;

/** In which languages the routes are tested. */
final class Dsls {

    private Dsls() {
    }

    /** In each of them with all tests ({@code -Pfull}), in Java else. */
    static Stream<SubscriptionApp.Dsl> tested() {
        return Boolean.getBoolean("tests.full") ? Stream.of(SubscriptionApp.Dsl.values()) : Stream.of(SubscriptionApp.Dsl.JAVA);
    }
}
