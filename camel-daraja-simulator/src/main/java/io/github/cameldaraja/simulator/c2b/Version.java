package io.github.cameldaraja.simulator.c2b;

/**
 * The two versions of C2B; they differ in the merchant's view of the customer's number.
 */
public enum Version {
    V1, V2
}
