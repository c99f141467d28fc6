package io.github.cameldaraja.examples.paybill;

import java.util.stream.Stream;

/** In which languages the routes are tested. */
final class Dsls {

    private Dsls() {
    }

    /** In each of them with all tests ({@code -Pfull}), in Java else. */
    static Stream<PaybillApp.Dsl> tested() {
        return Boolean.getBoolean("tests.full") ? Stream.of(PaybillApp.Dsl.values()) : Stream.of(PaybillApp.Dsl.JAVA);
    }
}
