package io.github.cameldaraja.simulator.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What is to become of a callback.
 *
 * @param edits changes of the usual text
 * @param body  a text instead of the usual one, or null
 */
public record CallbackFate(DeliveryPlan delivery, BodyEdits edits, String body) {

    /** Nothing out of the ordinary. */
    public static final CallbackFate USUAL = new CallbackFate(DeliveryPlan.ONCE, BodyEdits.NONE, null);

    /** The same delivered in another way. */
    public CallbackFate with(DeliveryPlan other) {
        return new CallbackFate(other, edits, body);
    }

    /** The same with other changes. */
    public CallbackFate with(BodyEdits other) {
        return new CallbackFate(delivery, other, body);
    }

    /** The same with another text. */
    public CallbackFate saying(String text) {
        return new CallbackFate(delivery, edits, text);
    }

    /** The text to be sent. */
    public String dress(ObjectNode usual, Json json) {
        return body == null ? json.write(edits.apply(usual)) : body;
    }
}
