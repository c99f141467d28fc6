package io.github.cameldaraja.transaction;

/** Where an outcome is on its way to a route. */
public enum DeliveryState {
    /** Nobody has it; whoever wants it takes it when it is due. */
    FREE,
    /** Meant for a node on which an exchange waits; it has not taken it yet. */
    OFFERED,
    /** A node is about it. Whoever outlives that node may take it from it. */
    HELD,
    /** It failed as often as allowed; a person releases it. */
    PARKED,
    /** A route has taken it. */
    DELIVERED
}
