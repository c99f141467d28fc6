package io.github.cameldaraja.examples.chaos.plan;

/** What a kill strikes. */
public enum Target {
    /** SIGKILL to the node that reaches a step. */
    NODE,
    /** SIGKILL to all processes of the database, which comes back later. */
    DATABASE,
    /** The database answers nobody for a while. */
    STALL
}
