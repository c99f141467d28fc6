package io.github.cameldaraja.examples.chaos.plan;

/** How a customer is paid. */
public enum Product {
    V3, V1, POCHI
}
