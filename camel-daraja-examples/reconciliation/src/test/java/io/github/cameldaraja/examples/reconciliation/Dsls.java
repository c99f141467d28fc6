package io.github.cameldaraja.examples.reconciliation;

import java.util.stream.Stream;

/** In which languages the routes are tested. */
final class Dsls {

    private Dsls() {
    }

    /** In each of them with all tests ({@code -Pfull}), in Java else. */
    static Stream<ReconciliationApp.Dsl> tested() {
        return Boolean.getBoolean("tests.full") ? Stream.of(ReconciliationApp.Dsl.values()) : Stream.of(ReconciliationApp.Dsl.JAVA);
    }
}
