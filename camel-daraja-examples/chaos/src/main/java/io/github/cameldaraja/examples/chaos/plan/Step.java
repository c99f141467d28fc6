package io.github.cameldaraja.examples.chaos.plan;

/** How far a payment has come in a node. */
public enum Step {
    /** The intent is stored, nothing was sent. */
    INTENT_STORED,
    /** Safaricom has the request, and has not answered. */
    SENT,
    /** The acknowledgement is stored. */
    ACKNOWLEDGED,
    /** The outcome that a callback told is stored, and the callback not answered. */
    CALLBACK_STORED,
    /** A route has booked it, and the delivery is not marked. */
    ROUTED,
    /** The delivery is marked. */
    MARKED
}
