package io.github.cameldaraja.examples.payroll;

import java.util.stream.Stream;

/** In which languages the routes are tested. */
final class Dsls {

    private Dsls() {
    }

    /** In each of them with all tests ({@code -Pfull}), in Java else. */
    static Stream<PayrollApp.Dsl> tested() {
        return Boolean.getBoolean("tests.full") ? Stream.of(PayrollApp.Dsl.values()) : Stream.of(PayrollApp.Dsl.JAVA);
    }
}
