package io.github.cameldaraja.examples.chaos.audit;

/** Which way money goes, as the business sees it. */
public enum Direction {
    IN, OUT
}
